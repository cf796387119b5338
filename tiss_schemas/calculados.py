"""Fields whose content arithmetic or order decide: what should stand where one of them is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, cast

from lxml import etree

from tiss_schemas.espacos import NS, TAG_ANS, nome_local
from tiss_schemas.hash import calcular
from tiss_schemas.valores import decimal_de, inteiro_de

_CENTAVO: Final = Decimal("0.01")
_FATORES: Final = ("quantidadeExecutada", "valorUnitario", "reducaoAcrescimo")
_NOMES_DE_LINHA: Final = ("procedimentoExecutado", "procedimentoRealizado", "despesa", "procedimentosExecutados")
_ITENS: Final = etree.XPath(
    "ans:procedimentosExecutados/ans:procedimentoExecutado/ans:valorTotal"
    "|ans:procedimentosRealizados/ans:procedimentoRealizado/ans:valorTotal"
    "|ans:outrasDespesas/ans:despesa/ans:servicosExecutados/ans:valorTotal"
    "|ans:procedimentosExecutados/ans:valorProc",
    namespaces=NS,
)


def valor_calculado(pai: etree._Element, tag: str) -> str | None:
    """The text of the child `tag` that is missing in `pai`; None where only a person can know it."""
    calcular = _CALCULOS.get(nome_local(tag))
    return None if calcular is None else calcular(pai)


def _sequencial(item: etree._Element) -> str | None:
    """The number between those of the lines before and after it in the guide, or the first that is free."""
    numeros = {linha: inteiro_de(linha.findtext("ans:sequencialItem", namespaces=NS)) for linha in _linhas(item)}
    tomados = {numero for numero in numeros.values() if numero is not None}
    linhas = list(numeros)
    posicao = linhas.index(item)
    vizinhos = [linhas[posicao - 1 : posicao], linhas[posicao + 1 : posicao + 2]]
    for vizinho, passo in zip(vizinhos, (1, -1), strict=True):
        numero = numeros[vizinho[0]] if vizinho else None
        if numero is not None and numero + passo > 0 and numero + passo not in tomados:
            return str(numero + passo)
    return str(max(tomados, default=0) + 1)


def _linhas(item: etree._Element) -> Iterator[etree._Element]:
    """The lines of the guide that `item` is one of: procedures and expenses."""
    guia = next(acima for acima in (item, *item.iterancestors()) if _e_guia(acima))
    return guia.iter(*(f"{TAG_ANS}{nome}" for nome in _NOMES_DE_LINHA))


def _e_guia(elemento: etree._Element) -> bool:
    pai = elemento.getparent()
    return pai is None or pai.tag == f"{TAG_ANS}guiasTISS"


def _registro_do_destino(elemento: etree._Element) -> str | None:
    texto = elemento.getroottree().getroot().findtext("ans:cabecalho/ans:destino/ans:registroANS", namespaces=NS)
    return (texto or "").strip() or None


def _produto(item: etree._Element) -> str | None:
    produto = Decimal(1)
    for nome in _FATORES:
        fator = decimal_de(item.findtext(f"{TAG_ANS}{nome}"))
        if fator is None:
            return None
        produto *= fator
    return f"{produto.quantize(_CENTAVO, ROUND_HALF_UP):f}"


def _soma(elemento: etree._Element) -> str | None:
    """The sum of the lines of the guide that `elemento` is, or stands in."""
    guia = next(acima for acima in (elemento, *elemento.iterancestors()) if _e_guia(acima))
    linhas = [decimal_de(linha.text) for linha in cast("list[etree._Element]", _ITENS(guia))]
    certas = [linha for linha in linhas if linha is not None]
    return f"{sum(certas, Decimal(0)).quantize(_CENTAVO):f}" if linhas and len(certas) == len(linhas) else None


def _hash(epilogo: etree._Element) -> str | None:
    try:
        return calcular(epilogo.getroottree().getroot())
    except UnicodeEncodeError:
        return None


_CALCULOS: Final[dict[str, Callable[[etree._Element], str | None]]] = {
    "hash": _hash,
    "sequencialItem": _sequencial,
    "registroANS": _registro_do_destino,
    "valorTotal": _produto,
    "valorTotalGeral": _soma,
    "valorTotalHonorarios": _soma,
    "valorTotalProc": _soma,
}
