"""Why what was not authorised is not paid."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import quantidade as em_quantidade
from convenios.exigencias.regras import AutorizacaoConhecida
from demonstrativos.analise.criterios.caso import Caso
from demonstrativos.analise.criterios.registro import Excesso, Indicio, criterio
from uploads.regras import autorizacoes as regras
from uploads.regras.autorizacao import senha_vencida as senha_vencida_na_guia
from uploads.regras.convenio_numeros import sem_senha
from uploads.regras.exigencias import sem_autorizacao
from uploads.regras.exigidos import exigidos
from uploads.regras.linhas import graus_da_equipe
from uploads.regras.palavras import citado

_ZERO: Final = Decimal(0)
_SEM_AUTORIZACAO: Final = {"4.02.00": "1425"}


@criterio("senha_ausente", titulo="Guia sem senha", codigo="3306", regras=("A01",), antes=_SEM_AUTORIZACAO)
def senha_ausente(caso: Caso) -> Iterator[Indicio]:
    """A guia não tem a senha de autorização, e o convênio a exige."""
    for guia, _, _ in caso.achados(sem_senha):
        yield Indicio(guia=guia, motivo="O convênio exige a senha de autorização, e a guia não a tem.")


@criterio(
    "senha_nao_liberada",
    titulo="Senha que não é do beneficiário",
    codigo="3306",
    regras=("A02",),
    antes=_SEM_AUTORIZACAO,
)
def senha_nao_liberada(caso: Caso) -> Iterator[Indicio]:
    """A senha da guia não foi dada pela operadora a este prestador para este beneficiário."""
    for guia, _, _ in caso.achados(regras.senha_nao_liberada):
        yield Indicio(
            guia=guia,
            motivo=f"A senha {citado(guia.senha)} não foi dada a este prestador para este beneficiário.",
        )


@criterio("autorizacao_cancelada", titulo="Autorização cancelada", codigo="1437", regras=("A04",))
def autorizacao_cancelada(caso: Caso) -> Iterator[Indicio]:
    """A autorização da guia foi cancelada pela operadora."""
    for guia, _, apontamento in caso.achados(regras.autorizacao_cancelada):
        yield Indicio(guia=guia, motivo=f"A autorização {citado(apontamento.valor)} foi cancelada.")


@criterio("autorizacao_vencida", titulo="Senha vencida", codigo="1414", regras=("A05", "G08"))
def autorizacao_vencida(caso: Caso) -> Iterator[Indicio]:
    """A senha da guia já não valia quando o atendimento começou, pela guia ou pelo registro da operadora."""
    vistas = set()
    for funcao in (regras.autorizacao_vencida, senha_vencida_na_guia):
        for guia, _, _ in caso.achados(funcao):
            if guia not in vistas:
                vistas.add(guia)
                yield Indicio(
                    guia=guia,
                    motivo=f"A autorização {citado(guia.senha or guia.numero_operadora)} já estava vencida quando o "
                    "atendimento começou.",
                )


@criterio("sem_autorizacao_previa", titulo="Item sem autorização prévia", codigo="1425", regras=("A11",))
def sem_autorizacao_previa(caso: Caso) -> Iterator[Indicio]:
    """O item exige autorização prévia da operadora, e a guia eletiva não tem nenhuma."""
    for guia, _, _ in caso.achados(sem_autorizacao):
        for item, exigencia in exigidos(guia, caso.contexto):
            if exigencia.exige_autorizacao:
                yield Indicio(
                    guia=guia,
                    item=item,
                    motivo=f"O código {item.codigo} exige autorização prévia, e a guia não tem senha nem número da "
                    "guia na operadora.",
                )


@criterio("codigo_nao_autorizado", titulo="Procedimento não autorizado", codigo="1425", regras=("A07",))
def codigo_nao_autorizado(caso: Caso) -> Iterator[Indicio]:
    """O procedimento cobrado não está entre os da autorização da guia."""
    for guia, item, apontamento in caso.achados(regras.codigo_nao_autorizado):
        yield Indicio(guia=guia, item=item, motivo=f"O código {apontamento.valor} não está na autorização da guia.")


@criterio(
    "acima_do_autorizado",
    titulo="Quantidade acima da autorizada",
    codigo="3210",
    regras=("A08", "A09"),
    antes={"4.02.00": "1705"},
)
def acima_do_autorizado(caso: Caso) -> Iterator[Indicio]:
    """A quantidade do código, somada à das outras guias com a mesma autorização, passa da que foi autorizada."""
    usados: dict[tuple[object, ...], Decimal] = {}
    for guia in caso.lote.guias:
        autorizacao = regras.autorizacao_que_vale(guia, caso.contexto)
        if autorizacao is None or not autorizacao.itens:
            continue
        for item in guia.itens:
            codigo = (item.tabela or "", item.codigo or "")
            maximo = autorizacao.itens.get(codigo)
            if maximo is None or item.quantidade is None or item.quantidade <= _ZERO:
                continue
            # Lines of several professionals, each with its own part, do not charge the procedure several times.
            graus = graus_da_equipe(item)
            chave = (autorizacao.id, codigo, graus)
            usado = usados.get(chave, _ZERO if graus else _gasto(caso, autorizacao, codigo))
            aceita = min(item.quantidade, max(maximo - usado, _ZERO))
            usados[chave] = usado + aceita
            if aceita < item.quantidade:
                yield Indicio(
                    guia=guia,
                    item=item,
                    quanto=Excesso(item.quantidade - aceita),
                    motivo=f"Do código {item.codigo} a operadora autorizou {em_quantidade(maximo)}; com este item, são "
                    f"{em_quantidade(usado + item.quantidade)} com a mesma autorização.",
                )


def _gasto(caso: Caso, autorizacao: AutorizacaoConhecida, codigo: tuple[str, str]) -> Decimal:
    """How much of it earlier protocols bill with the same authorisation."""
    numero = autorizacao.senha or autorizacao.numero_guia_operadora
    return caso.gastos.get(numero, {}).get(codigo, _ZERO)
