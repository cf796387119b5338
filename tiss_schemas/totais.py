"""The arithmetic of the guides: what items, categories and guides should add up to, worked out anew.

An item is quantity × unit price × factor, rounded half up to cents; a category and a guide are sums of items. Only
elements that are there are changed, and only where the numbers that they depend on can be read.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from lxml import etree

from tiss_schemas.espacos import NS, TAG_ANS, nome_local

CENTAVO: Final = Decimal("0.01")

CATEGORIA_DA_DESPESA: Final = {
    "01": "valorGasesMedicinais",
    "02": "valorMedicamentos",
    "03": "valorMateriais",
    "05": "valorDiarias",
    "07": "valorTaxasAlugueis",
    "08": "valorOPME",
}
"""Field of the block valorTotal by código da despesa (table 25)."""

_FATORES: Final = ("quantidadeExecutada", "valorUnitario", "reducaoAcrescimo")
_NUMERO: Final = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)
_MAIOR_NUMERO: Final = 24
_PRECISAO: Final = 4 * _MAIOR_NUMERO
"""Enough digits for the product of three numbers and for the sum of all items, without rounding on the way."""


@dataclass(frozen=True, slots=True)
class Ajuste:
    """A total that was wrong: its element, the text that was there and the one that is there now."""

    elemento: etree._Element
    de: str
    para: str


def numero(texto: str | None) -> Decimal | None:
    """The decimal number of an element's text (decimal point, blanks around it allowed); None where it is none."""
    limpo = (texto or "").strip()
    if len(limpo) > _MAIOR_NUMERO or not _NUMERO.fullmatch(limpo):
        return None
    return Decimal(limpo)


def recalcular(raiz: etree._Element) -> list[Ajuste]:
    """Put every total of every guide of the message right, in place; what was changed, in document order of guides."""
    ajustes: list[Ajuste] = []
    with localcontext(prec=_PRECISAO, rounding=ROUND_HALF_UP):
        for guia in raiz.iterfind("ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/*", NS):
            recalcular_guia = _POR_GUIA.get(nome_local(str(guia.tag)))
            if recalcular_guia is not None:
                ajustes.extend(recalcular_guia(guia))
    return ajustes


def _conta(guia: etree._Element) -> Iterator[Ajuste]:
    """SP/SADT and resumo de internação: procedures, expenses by category, and the block of totals."""
    parcelas: list[tuple[str, Decimal | None]] = []
    for item in guia.iterfind("ans:procedimentosExecutados/ans:procedimentoExecutado", NS):
        parcelas.append(("valorProcedimentos", (yield from _item(item))))
    for despesa in guia.iterfind("ans:outrasDespesas/ans:despesa", NS):
        codigo = (despesa.findtext("ans:codigoDespesa", namespaces=NS) or "").strip()
        servico = despesa.find("ans:servicosExecutados", NS)
        total = None if servico is None else (yield from _item(servico))
        parcelas.append((CATEGORIA_DA_DESPESA.get(codigo, ""), total))
    bloco = guia.find("ans:valorTotal", NS)
    if bloco is None or not parcelas:
        return
    for campo in ("valorProcedimentos", *CATEGORIA_DA_DESPESA.values()):
        yield from _corrigir(bloco, campo, _soma(total for categoria, total in parcelas if categoria == campo))
    yield from _corrigir(bloco, "valorTotalGeral", _soma(total for _, total in parcelas))


def _honorarios(guia: etree._Element) -> Iterator[Ajuste]:
    totais: list[Decimal | None] = []
    for item in guia.iterfind("ans:procedimentosRealizados/ans:procedimentoRealizado", NS):
        totais.append((yield from _item(item)))
    if totais:
        yield from _corrigir(guia, "valorTotalHonorarios", _soma(totais))


def _odonto(guia: etree._Element) -> Iterator[Ajuste]:
    """The lines of a GTO carry their total only; an absent franquia or quantity of US counts as nothing."""
    itens = guia.findall("ans:procedimentosExecutados", NS)
    if not itens:
        return
    for campo, total in (
        ("qtdUS", "qtdTotalUS"),
        ("valorProc", "valorTotalProc"),
        ("valorFranquia", "valorTotalFranquia"),
    ):
        textos = (item.findtext(f"ans:{campo}", namespaces=NS) for item in itens)
        yield from _corrigir(guia, total, _soma(numero(texto) for texto in textos if texto is not None))


_POR_GUIA: Final = {
    "guiaSP-SADT": _conta,
    "guiaResumoInternacao": _conta,
    "guiaHonorarios": _honorarios,
    "guiaOdonto": _odonto,
}
"""The guia de consulta is missing: its one value is a price, and nothing adds up to it."""


def _item(item: etree._Element) -> Generator[Ajuste, None, Decimal | None]:
    """Put an item's valorTotal right; its total, or None where neither the product nor the total can be read."""
    fatores = [numero(item.findtext(f"{TAG_ANS}{nome}")) for nome in _FATORES]
    produto = _produto(fatores)
    if produto is None:
        return numero(item.findtext(f"{TAG_ANS}valorTotal"))
    yield from _corrigir(item, "valorTotal", produto)
    return produto


def _produto(fatores: Iterable[Decimal | None]) -> Decimal | None:
    produto = Decimal(1)
    for fator in fatores:
        if fator is None:
            return None
        produto *= fator
    return produto.quantize(CENTAVO)


def _soma(parcelas: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, or None where one of the numbers is not known."""
    soma = Decimal(0)
    for parcela in parcelas:
        if parcela is None:
            return None
        soma += parcela
    return soma.quantize(CENTAVO)


def _corrigir(pai: etree._Element, nome: str, valor: Decimal | None) -> Iterator[Ajuste]:
    """Write `valor` with two places into the child `nome` where it is there and holds another number."""
    elemento = pai.find(f"{TAG_ANS}{nome}")
    if valor is None or elemento is None or numero(elemento.text) == valor:
        return
    de, para = elemento.text or "", f"{valor:f}"
    elemento.text = para
    yield Ajuste(elemento, de, para)
