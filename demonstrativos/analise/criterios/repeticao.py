"""Why what was billed already, or too soon again, is not paid."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import date
from operator import itemgetter

from conecta.interface.formatos import data as em_data
from demonstrativos.analise.criterios.caso import Caso, Feito, dia_do
from demonstrativos.analise.criterios.registro import Indicio, criterio
from demonstrativos.analise.estados import AcaoDoCriterio
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Repeticao
from uploads.regras.convenio_retorno import consulta_no_prazo_de_retorno
from uploads.regras.intervalos import com_intervalo
from uploads.regras.itens_guia import item_em_duplicidade
from uploads.regras.linhas import graus_da_equipe

_SEM_QUEM_NEM_ONDE = frozenset({"guiaHonorarios", "guiaOdonto"})
"""Guides whose lines differ by professional or tooth, which the portal does not keep of earlier protocols."""


@criterio(
    "duplicado_na_guia", titulo="Item repetido na guia", codigo="3209", regras=("I19",), antes={"4.02.00": "1713"}
)
def duplicado_na_guia(caso: Caso) -> Iterator[Indicio]:
    """O procedimento é cobrado duas vezes na guia: no mesmo dia, à mesma hora e com a mesma equipe, ou no mesmo
    dente."""
    for guia, item, apontamento in caso.achados(item_em_duplicidade):
        yield Indicio(guia=guia, item=item, motivo=f"O código {apontamento.valor} está cobrado duas vezes na guia.")


@criterio("duplicado_em_outra_guia", titulo="Item cobrado em outra guia", codigo="1305")
def duplicado_em_outra_guia(caso: Caso) -> Iterator[Indicio]:
    """O mesmo procedimento do beneficiário, do mesmo dia, já foi cobrado pelo prestador em outra guia deste protocolo,
    à mesma hora e com a mesma equipe, ou de um protocolo anterior."""
    vistos: dict[Hashable, GuiaLida] = {}
    for guia, item, feito in _procedimentos(caso):
        antes = caso.feitos.get(feito)
        if antes is not None and antes.do_mesmo:
            yield _repetido(guia, item, feito, f"na guia {antes.guia} do protocolo {antes.protocolo}")
        elif item.hora_inicial is not None:
            outra = vistos.setdefault((feito, item.hora_inicial, item.hora_final, _quem(item)), guia)
            if outra is not guia:
                yield _repetido(guia, item, feito, f"na guia {outra.numero_prestador} deste protocolo")


@criterio(
    "cobrado_por_outro_prestador",
    titulo="Item cobrado por outro prestador",
    codigo="1741",
    acao=AcaoDoCriterio.OBSERVAR,
)
def cobrado_por_outro_prestador(caso: Caso) -> Iterator[Indicio]:
    """O mesmo procedimento do beneficiário, do mesmo dia, já foi cobrado por outro prestador em um protocolo
    anterior."""
    for guia, item, feito in _procedimentos(caso):
        antes = caso.feitos.get(feito)
        if antes is not None and not antes.do_mesmo:
            # The prestador is not told of the other's guides.
            yield _repetido(guia, item, feito, "por outro prestador")


@criterio("consulta_de_retorno", titulo="Consulta no prazo de retorno", codigo="1601", regras=("I29",))
def consulta_de_retorno(caso: Caso) -> Iterator[Indicio]:
    """A consulta é do mesmo beneficiário com o mesmo profissional dentro dos dias de retorno do convênio."""
    for apontamento in consulta_no_prazo_de_retorno(caso.lote, caso.contexto):
        guia, item = caso.lugar(apontamento.no)
        yield Indicio(
            guia=guia,
            item=item,
            motivo=f"A consulta é retorno de outra: o convênio paga a seguinte só {apontamento.esperado}.",
        )


@criterio("antes_do_intervalo", titulo="Item repetido antes do intervalo", codigo="1601", regras=("C30",))
def antes_do_intervalo(caso: Caso) -> Iterator[Indicio]:
    """O procedimento é repetido para o mesmo beneficiário antes do intervalo mínimo que a operadora pede."""
    ultimos: dict[Repeticao, date] = {}
    for dia, chave, item, intervalo in sorted(com_intervalo(caso.lote, caso.contexto), key=itemgetter(0)):
        anteriores = [outro for outro in caso.contexto.feitos.get(chave, ()) if outro < dia]
        if chave in ultimos:
            anteriores.append(ultimos[chave])
        ultimos[chave] = dia
        ultimo = max((outro for outro in anteriores if outro < dia), default=None)
        if ultimo is not None and (dia - ultimo).days < intervalo:
            yield Indicio(
                guia=caso.lugar(item.elemento)[0],
                item=item,
                motivo=f"O código {item.codigo} também foi feito em {em_data(ultimo)}, e a operadora pede {intervalo} "
                "dias entre um e outro.",
            )


def _procedimentos(caso: Caso) -> Iterator[tuple[GuiaLida, ItemLido, Feito]]:
    """The lines of which it can be told whether another one is the same, with what they have in common with it."""
    for guia in caso.lote.guias:
        carteira = guia.numero_carteira
        if not carteira or guia.tipo in _SEM_QUEM_NEM_ONDE:
            continue
        for item in guia.itens:
            dia = dia_do(item, guia)
            if item.especie == "procedimento" and item.codigo and dia is not None:
                yield guia, item, (carteira, item.tabela or "", item.codigo, dia)


def _quem(item: ItemLido) -> Hashable:
    return graus_da_equipe(item), tuple("|".join(map(str, membro.itertext())) for membro in item.equipe)


def _repetido(guia: GuiaLida, item: ItemLido, feito: Feito, onde: str) -> Indicio:
    return Indicio(
        guia=guia,
        item=item,
        motivo=f"O código {item.codigo}, de {em_data(feito[3])}, já foi cobrado {onde}.",
    )
