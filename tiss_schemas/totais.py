"""The arithmetic of the guides: what items, categories and guides should add up to, worked out anew.

An item is quantity × unit price × factor, rounded half up to cents; a category and a guide are sums of items. Only
elements that are there are changed, and only where the numbers that they depend on can be read.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast

from lxml import etree

from tiss_schemas.espacos import NS, TAG_ANS, nome_local
from tiss_schemas.valores import contas_exatas, decimal_de, produto, soma

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
_PROCEDIMENTOS: Final = "ans:procedimentosExecutados/ans:procedimentoExecutado"
_DESPESAS: Final = "ans:outrasDespesas/ans:despesa"
_SERVICO: Final = "ans:servicosExecutados"
_REALIZADOS: Final = "ans:procedimentosRealizados/ans:procedimentoRealizado"
_DA_ODONTO: Final = "ans:procedimentosExecutados"
_TOTAIS_DAS_LINHAS: Final = etree.XPath(
    f"{_PROCEDIMENTOS}/ans:valorTotal|{_REALIZADOS}/ans:valorTotal|{_DESPESAS}/{_SERVICO}/ans:valorTotal"
    f"|{_DA_ODONTO}/ans:valorProc",
    namespaces=NS,
)


@dataclass(frozen=True, slots=True)
class Ajuste:
    """A total that was wrong: its element, the text that was there and the one that is there now."""

    elemento: etree._Element
    de: str
    para: str


@contas_exatas()
def recalcular(raiz: etree._Element) -> list[Ajuste]:
    """Put every total of every guide of the message right, in place; what was changed, in document order of guides."""
    ajustes: list[Ajuste] = []
    for guia in raiz.iterfind("ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/*", NS):
        recalcular_guia = _POR_GUIA.get(nome_local(str(guia.tag)))
        if recalcular_guia is not None:
            ajustes.extend(recalcular_guia(guia))
    return ajustes


def produto_da_linha(linha: etree._Element) -> Decimal | None:
    """Quantity × unit price × factor; None where one of them cannot be read."""
    return produto(decimal_de(linha.findtext(f"{TAG_ANS}{nome}")) for nome in _FATORES)


def soma_das_linhas(guia: etree._Element) -> Decimal | None:
    """What the written totals of the lines add up to; None where there is no line, or one that cannot be read."""
    linhas = cast("list[etree._Element]", _TOTAIS_DAS_LINHAS(guia))
    return soma(decimal_de(linha.text) for linha in linhas) if linhas else None


def _conta(guia: etree._Element) -> Iterator[Ajuste]:
    """SP/SADT and resumo de internação: procedures, expenses by category, and the block of totals."""
    parcelas: list[tuple[str, Decimal | None]] = []
    for item in guia.iterfind(_PROCEDIMENTOS, NS):
        parcelas.append(("valorProcedimentos", (yield from _item(item))))
    for despesa in guia.iterfind(_DESPESAS, NS):
        codigo = (despesa.findtext("ans:codigoDespesa", namespaces=NS) or "").strip()
        servico = despesa.find(_SERVICO, NS)
        total = None if servico is None else (yield from _item(servico))
        parcelas.append((CATEGORIA_DA_DESPESA.get(codigo, ""), total))
    bloco = guia.find("ans:valorTotal", NS)
    if bloco is None or not parcelas:
        return
    for campo in ("valorProcedimentos", *CATEGORIA_DA_DESPESA.values()):
        yield from _corrigir(bloco, campo, soma(total for categoria, total in parcelas if categoria == campo))
    yield from _corrigir(bloco, "valorTotalGeral", soma(total for _, total in parcelas))


def _honorarios(guia: etree._Element) -> Iterator[Ajuste]:
    totais: list[Decimal | None] = []
    for item in guia.iterfind(_REALIZADOS, NS):
        totais.append((yield from _item(item)))
    if totais:
        yield from _corrigir(guia, "valorTotalHonorarios", soma(totais))


def _odonto(guia: etree._Element) -> Iterator[Ajuste]:
    """The lines of a GTO carry their total only; an absent franquia or quantity of US counts as nothing."""
    itens = guia.findall(_DA_ODONTO, NS)
    if not itens:
        return
    for campo, total in (
        ("qtdUS", "qtdTotalUS"),
        ("valorProc", "valorTotalProc"),
        ("valorFranquia", "valorTotalFranquia"),
    ):
        textos = (item.findtext(f"ans:{campo}", namespaces=NS) for item in itens)
        yield from _corrigir(guia, total, soma(decimal_de(texto) for texto in textos if texto is not None))


_POR_GUIA: Final = {
    "guiaSP-SADT": _conta,
    "guiaResumoInternacao": _conta,
    "guiaHonorarios": _honorarios,
    "guiaOdonto": _odonto,
}
"""The guia de consulta is missing: its one value is a price, and nothing adds up to it."""


def _item(item: etree._Element) -> Generator[Ajuste, None, Decimal | None]:
    """Put an item's valorTotal right; its total, or None where neither the product nor the total can be read."""
    total = produto_da_linha(item)
    if total is None:
        return decimal_de(item.findtext(f"{TAG_ANS}valorTotal"))
    yield from _corrigir(item, "valorTotal", total)
    return total


def _corrigir(pai: etree._Element, nome: str, valor: Decimal | None) -> Iterator[Ajuste]:
    """Write `valor` with two places into the child `nome` where it is there and holds another number."""
    elemento = pai.find(f"{TAG_ANS}{nome}")
    if valor is None or elemento is None or decimal_de(elemento.text) == valor:
        return
    de, para = elemento.text or "", f"{valor:f}"
    elemento.text = para
    yield Ajuste(elemento, de, para)
