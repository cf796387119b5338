"""Why care of a beneficiário is not paid: who it is, since when, until when, and what the plan covers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from conecta.interface.formatos import data as em_data
from demonstrativos.analise.criterios.caso import Caso, dia_do
from demonstrativos.analise.criterios.registro import Indicio, criterio
from demonstrativos.analise.estados import AcaoDoCriterio
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras import beneficiario as regras
from uploads.regras import convenio_beneficiario as do_convenio
from uploads.regras import convenio_cobertura as cobertura
from uploads.regras.contexto import Cobertura
from uploads.regras.palavras import citado


@criterio("carteira_desconhecida", titulo="Beneficiário desconhecido", codigo="1001", regras=("B01",))
def carteira_desconhecida(caso: Caso) -> Iterator[Indicio]:
    """A carteira da guia não é de um beneficiário da operadora."""
    for guia, _, _ in caso.achados(regras.carteira_desconhecida):
        yield Indicio(
            guia=guia, motivo=f"A carteira {citado(guia.numero_carteira)} não é de um beneficiário da operadora."
        )


@criterio("sem_odontologia", titulo="Plano sem odontologia", codigo="1025", regras=("B11",))
def sem_odontologia(caso: Caso) -> Iterator[Indicio]:
    """A guia é de tratamento odontológico, e o plano do beneficiário não tem essa cobertura."""
    for guia, _, _ in caso.achados(cobertura.sem_odontologia):
        yield Indicio(guia=guia, motivo="O plano do beneficiário não tem cobertura odontológica.")


@criterio("fora_da_segmentacao", titulo="Atendimento fora da segmentação do plano", codigo="3097", regras=("B10",))
def fora_da_segmentacao(caso: Caso) -> Iterator[Indicio]:
    """O tipo de atendimento da guia não está na segmentação do plano do beneficiário."""
    for guia, _, apontamento in caso.achados(cobertura.fora_da_segmentacao):
        yield Indicio(
            guia=guia,
            motivo=f"O plano do beneficiário não cobre este tipo de atendimento, que pede {apontamento.esperado}.",
        )


@criterio("plano_fora_da_vigencia", titulo="Plano fora de vigor", codigo="1024", regras=("C21",))
def plano_fora_da_vigencia(caso: Caso) -> Iterator[Indicio]:
    """O plano do beneficiário não estava ativo e em vigor no dia do atendimento."""
    for guia, _, apontamento in caso.achados(do_convenio.plano_fora_da_vigencia):
        yield Indicio(
            guia=guia,
            motivo=f"O plano do beneficiário não estava em vigor no dia do atendimento ({apontamento.esperado}).",
        )


@criterio("depois_do_desligamento", titulo="Atendimento depois do desligamento", codigo="1006", regras=("B03",))
def depois_do_desligamento(caso: Caso) -> Iterator[Indicio]:
    """O item é de depois do dia em que o beneficiário foi desligado."""
    for guia, item, fim in _itens_fora(caso, lambda dele: dele.desligamento, lambda dia, fim: dia > fim):
        yield Indicio(guia=guia, item=item, motivo=f"O beneficiário foi desligado em {em_data(fim)}.")


@criterio(
    "antes_da_inclusao",
    titulo="Atendimento antes da inclusão",
    codigo="3308",
    regras=("B04",),
    antes={"4.02.00": "1001"},
)
def antes_da_inclusao(caso: Caso) -> Iterator[Indicio]:
    """O item é de antes do dia em que o beneficiário entrou no plano."""
    for guia, item, inicio in _itens_fora(caso, lambda dele: dele.inclusao, lambda dia, inicio: dia < inicio):
        yield Indicio(guia=guia, item=item, motivo=f"O beneficiário só foi incluído no plano em {em_data(inicio)}.")


@criterio("beneficiario_suspenso", titulo="Beneficiário suspenso", codigo="1016", regras=("B05",))
def beneficiario_suspenso(caso: Caso) -> Iterator[Indicio]:
    """O item é de quando o atendimento do beneficiário estava suspenso."""
    for guia, item, desde in _itens_fora(caso, lambda dele: dele.suspenso_desde, lambda dia, desde: dia >= desde):
        yield Indicio(
            guia=guia, item=item, motivo=f"O atendimento do beneficiário está suspenso desde {em_data(desde)}."
        )


@criterio(
    "em_carencia",
    titulo="Item em carência",
    codigo="3171",
    regras=("B09",),
    antes={"4.02.00": "3142"},
)
def em_carencia(caso: Caso) -> Iterator[Indicio]:
    """O item é de antes do fim da carência que o plano do beneficiário tem para o código."""
    for guia, item, apontamento in caso.achados(cobertura.em_carencia):
        yield Indicio(
            guia=guia,
            item=item,
            motivo=f"O código {apontamento.valor} está em carência: o beneficiário o tem {apontamento.esperado}.",
        )


@criterio(
    "nao_coberto", titulo="Item sem cobertura no plano", codigo="3287", regras=("I28",), antes={"4.02.00": "3142"}
)
def nao_coberto(caso: Caso) -> Iterator[Indicio]:
    """O plano do beneficiário não cobre o código do item."""
    for guia, item, apontamento in caso.achados(cobertura.nao_coberto):
        yield Indicio(guia=guia, item=item, motivo=f"O plano do beneficiário não cobre o código {apontamento.valor}.")


@criterio(
    "pagamento_em_aberto", titulo="Beneficiário em atraso", codigo="1009", regras=("B06",), acao=AcaoDoCriterio.OBSERVAR
)
def pagamento_em_aberto(caso: Caso) -> Iterator[Indicio]:
    """O beneficiário estava com pagamento em aberto no dia do item."""
    for guia, item, desde in _itens_fora(caso, lambda dele: dele.inadimplente_desde, lambda dia, desde: dia >= desde):
        yield Indicio(
            guia=guia, item=item, motivo=f"O beneficiário está com pagamento em aberto desde {em_data(desde)}."
        )


@criterio("carteira_vencida", titulo="Carteira vencida", codigo="1017", regras=("B07",), acao=AcaoDoCriterio.OBSERVAR)
def carteira_vencida(caso: Caso) -> Iterator[Indicio]:
    """A carteira já não valia no dia do atendimento, onde o convênio confere a validade dela."""
    for guia, _, apontamento in caso.achados(do_convenio.carteira_vencida):
        yield Indicio(guia=guia, motivo=f"A carteira está vencida: o atendimento pede {apontamento.esperado}.")


def _itens_fora(
    caso: Caso, data_de: Callable[[Cobertura], date | None], fora: Callable[[date, date], bool]
) -> Iterator[tuple[GuiaLida, ItemLido, date]]:
    """The lines whose day is on the wrong side of a date of the beneficiário, with that date."""
    for guia in caso.lote.guias:
        pessoa = caso.contexto.beneficiarios.get(guia.numero_carteira or "")
        marco = None if pessoa is None else data_de(pessoa)
        if marco is None:
            continue
        for item in guia.itens:
            dia = dia_do(item, guia)
            if dia is not None and fora(dia, marco):
                yield guia, item, marco
