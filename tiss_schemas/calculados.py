"""Fields whose content arithmetic or order decide: what should stand where one of them is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from lxml import etree

from tiss_schemas.espacos import NS, TAG_ANS, nome_local
from tiss_schemas.hash import calcular
from tiss_schemas.totais import produto_da_linha, soma_das_linhas
from tiss_schemas.valores import inteiro_de

_LINHAS: Final = tuple(
    f"{TAG_ANS}{nome}"
    for nome in ("procedimentoExecutado", "procedimentoRealizado", "despesa", "procedimentosExecutados")
)
"""The last is a line in a dental guide, and holds the lines in others."""


class Calculos:
    """Works out what is missing in one tree, which must not change meanwhile: the lines of a guide are read once."""

    def __init__(self) -> None:
        self._numeradas: dict[etree._Element, _Linhas] = {}

    def valor(self, pai: etree._Element, tag: str) -> str | None:
        """The text of the child `tag` that is missing in `pai`; None where only a person can know it."""
        nome = nome_local(tag)
        if nome == "sequencialItem":
            return self._linhas_da_guia(pai).numero_de(pai)
        calcular = _CALCULOS.get(nome)
        return None if calcular is None else calcular(pai)

    def _linhas_da_guia(self, item: etree._Element) -> _Linhas:
        guia = _guia_de(item)
        if guia not in self._numeradas:
            self._numeradas[guia] = _Linhas(guia)
        return self._numeradas[guia]


class _Linhas:
    """The lines of a guide, procedures and expenses, by the numbers that they have, and are to get where they lack."""

    def __init__(self, guia: etree._Element) -> None:
        linhas = [linha for linha in guia.iter(*_LINHAS) if not any(dentro.tag in _LINHAS for dentro in linha)]
        numeros = [inteiro_de(linha.findtext("ans:sequencialItem", namespaces=NS)) for linha in linhas]
        self._numero_de = dict(zip(linhas, _completos(numeros), strict=True))

    def numero_de(self, item: etree._Element) -> str | None:
        """The number that it has, or one that no other line of the guide has or is to get; None for what is no line."""
        return str(self._numero_de[item]) if item in self._numero_de else None


def _completos(numeros: list[int | None]) -> list[int]:
    """The numbers with the missing ones put in: between those before and after, else above all."""
    tomados = {numero for numero in numeros if numero is not None}
    maior, anterior = max(tomados, default=0), 0
    completos = []
    for numero, seguinte in zip(numeros, (*numeros[1:], None), strict=True):
        if numero is None:
            vizinhos = (anterior + 1, (seguinte or 0) - 1, maior + 1)
            numero = next(vizinho for vizinho in vizinhos if vizinho > 0 and vizinho not in tomados)
            tomados.add(numero)
            maior = max(maior, numero)
        completos.append(numero)
        anterior = numero
    return completos


def _guia_de(elemento: etree._Element) -> etree._Element:
    """The guide that `elemento` is, or stands in."""
    return next(acima for acima in (elemento, *elemento.iterancestors()) if _e_guia(acima))


def _e_guia(elemento: etree._Element) -> bool:
    pai = elemento.getparent()
    return pai is None or pai.tag == f"{TAG_ANS}guiasTISS"


def _registro_do_destino(elemento: etree._Element) -> str | None:
    texto = elemento.getroottree().getroot().findtext("ans:cabecalho/ans:destino/ans:registroANS", namespaces=NS)
    return (texto or "").strip() or None


def _produto(item: etree._Element) -> str | None:
    produto = produto_da_linha(item)
    return None if produto is None else f"{produto:f}"


def _soma(elemento: etree._Element) -> str | None:
    """The sum of the lines of the guide that `elemento` is, or stands in."""
    soma = soma_das_linhas(_guia_de(elemento))
    return None if soma is None else f"{soma:f}"


def _hash(epilogo: etree._Element) -> str | None:
    try:
        return calcular(epilogo.getroottree().getroot())
    except UnicodeEncodeError:
        return None


_CALCULOS: Final[dict[str, Callable[[etree._Element], str | None]]] = {
    "hash": _hash,
    "registroANS": _registro_do_destino,
    "valorTotal": _produto,
    "valorTotalGeral": _soma,
    "valorTotalHonorarios": _soma,
    "valorTotalProc": _soma,
}
