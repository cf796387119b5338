"""Totals of a guide beside the sums of its lines.

The sums are over what each line should cost, in cents, so they must agree to the cent: the operadora's tolerance is for
the rounding of one line, and is given there. A line with a wrong total is said once, at the line, and what is suggested
there and here fits together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import reais
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from tiss_schemas.totais import CATEGORIA_DA_DESPESA
from tiss_schemas.valores import decimal_de
from uploads.regras.bases import Base
from uploads.regras.contexto import Contexto
from uploads.regras.item import total_devido
from uploads.regras.palavras import a_guia, campo, em_xml
from uploads.regras.registro import Apontamento, regra

_ZERO: Final = Decimal(0)
_TOTAL_DA_GUIA: Final = {
    "guiaSP-SADT": "valorTotalGeral",
    "guiaResumoInternacao": "valorTotalGeral",
    "guiaHonorarios": "valorTotalHonorarios",
    "guiaOdonto": "valorTotalProc",
}
"""The field with the guide's total; a consulta has no other amount than its one procedure's."""
_PROCEDIMENTOS: Final = "valorProcedimentos"
_CATEGORIAS: Final = (_PROCEDIMENTOS, *CATEGORIA_DA_DESPESA.values())
_COM_DESPESAS: Final = frozenset({"guiaSP-SADT", "guiaResumoInternacao"})


@regra(
    "S01",
    codigo="5042",
    alvo="guia",
    depende=(Base.VALORES_DA_GUIA,),
    exemplo="Os itens somam R$ 310,00, e o total da guia é R$ 300,00.",
)
def total_da_guia(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O total da guia é a soma dos valores totais dos seus itens."""
    no = guia.totais.get(_TOTAL_DA_GUIA.get(guia.tipo, ""))
    informado = guia.valor_total
    if no is None or informado is None or informado < _ZERO or not guia.itens:
        return
    soma = _soma(_devidos(guia.itens, contexto))
    if soma is None or informado == soma:
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é {reais(informado)}, mas os itens somam {reais(soma)}. "
            "Recalcule os totais, ou corrija o item errado."
        ),
        valor=no.text,
        esperado=em_xml(soma),
        sugestao=em_xml(soma),
    )


@regra(
    "S02",
    codigo="5042",
    alvo="guia",
    depende=(Base.VALORES_DA_GUIA,),
    exemplo="Os materiais somam R$ 90,00, e o total de materiais é R$ 80,00.",
)
def total_por_categoria(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Cada total informado por categoria é a soma dos itens dela."""
    if not guia.itens:
        return
    for nome, soma in _categorias(guia, contexto).items():
        no = guia.totais.get(nome)
        informado = None if no is None else decimal_de(no.text)
        if no is None or informado is None or informado < _ZERO or soma is None or informado == soma:
            continue
        yield Apontamento(
            no=no,
            mensagem=(
                f"O campo {campo(no)} da {a_guia(guia)} é {reais(informado)}, mas os itens dessa categoria somam "
                f"{reais(soma)}. Recalcule os totais, ou corrija o item errado."
            ),
            valor=no.text,
            esperado=em_xml(soma),
            sugestao=em_xml(soma),
        )


@regra("S03", codigo="5049", alvo="guia", exemplo="O total geral da guia é -120.00.")
def total_negativo(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Nenhum total da guia é negativo."""
    for nome, no in guia.totais.items():
        valor = decimal_de(no.text)
        if valor is None or valor >= _ZERO or guia.tipo == "guiaConsulta":
            continue
        soma = _somas(guia, contexto).get(nome)
        yield Apontamento(
            no=no,
            mensagem=f"O campo {campo(no)} da {a_guia(guia)} é {reais(valor)}, negativo. Corrija o total.",
            valor=no.text,
            esperado="zero ou mais" if soma is None else em_xml(soma),
            sugestao=None if soma is None else em_xml(soma),
        )


@regra(
    "S04",
    codigo="5040",
    alvo="guia",
    ignoravel=True,
    ajustavel=True,
    cadastro=True,
    exemplo="O tratamento odontológico tem total R$ 0,00.",
)
def total_zero(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """O total da guia não é zero onde o contrato não aceita zero."""
    no = guia.totais.get(_TOTAL_DA_GUIA.get(guia.tipo, ""))
    if no is None or guia.valor_total != _ZERO or contexto.parametros.valor_unitario_zero or not guia.itens:
        return
    if any(item.unitario == _ZERO for item in guia.itens) or any(item.total for item in guia.itens):
        return
    yield Apontamento(
        no=no,
        mensagem=(
            f"O campo {campo(no)} da {a_guia(guia)} é zero. Informe os valores; se a guia não tem mesmo cobrança, "
            "ignore com justificativa."
        ),
        valor=no.text,
        esperado="maior que zero",
    )


@regra(
    "S05",
    codigo="5007",
    alvo="guia",
    dispensavel=False,
    exemplo="A guia de SP/SADT não tem procedimentos nem outras despesas.",
)
def guia_sem_itens(guia: GuiaLida, contexto: Contexto) -> Iterator[Apontamento]:
    """Uma guia de SP/SADT ou de internação cobra ao menos um procedimento ou uma despesa."""
    if guia.tipo in _COM_DESPESAS and not guia.itens:
        yield Apontamento(
            no=guia.elemento,
            mensagem=(
                f"A {a_guia(guia)} não tem nenhum procedimento nem despesa. Inclua os itens cobrados, ou retire a guia."
            ),
            esperado="ao menos um item",
        )


def _somas(guia: GuiaLida, contexto: Contexto) -> dict[str, Decimal | None]:
    """What each total of the guide should be, by field; None where nobody knows."""
    if not guia.itens:
        return {}
    total = _soma(_devidos(guia.itens, contexto))
    return _categorias(guia, contexto) | {_TOTAL_DA_GUIA.get(guia.tipo, ""): total}


def _categorias(guia: GuiaLida, contexto: Contexto) -> dict[str, Decimal | None]:
    """What each category that a guide of this type may declare adds up to. One that it leaves out is optional."""
    if guia.tipo == "guiaOdonto":
        return {"valorTotalFranquia": _soma(_franquia(item) for item in guia.itens)}
    if guia.tipo not in _COM_DESPESAS:
        return {}
    categorias: dict[str | None, list[Decimal | None]] = {nome: [] for nome in (*_CATEGORIAS, None)}
    for item, devido in zip(guia.itens, _devidos(guia.itens, contexto), strict=True):
        nome = _PROCEDIMENTOS if item.especie == "procedimento" else CATEGORIA_DA_DESPESA.get(item.codigo_despesa or "")
        categorias[nome].append(devido)
    return {nome: _soma(categorias[nome]) for nome in _CATEGORIAS}


def _franquia(item: ItemLido) -> Decimal | None:
    return _ZERO if item.franquia is None else decimal_de(item.franquia)


def _devidos(itens: Iterable[ItemLido], contexto: Contexto) -> list[Decimal | None]:
    """What each of the lines should cost; a line that is right is not looked at any closer."""
    return [item.total if item.produto == item.total and item.total else total_devido(item, contexto) for item in itens]


def _soma(valores: Iterable[Decimal | None]) -> Decimal | None:
    """None where one of them cannot be read: then nobody knows the sum."""
    soma = _ZERO
    for valor in valores:
        if valor is None:
            return None
        soma += valor
    return soma
