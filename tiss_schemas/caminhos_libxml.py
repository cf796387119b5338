"""From the paths that libxml2 gives its errors to the elements of the document."""

from __future__ import annotations

from collections import Counter
from typing import Final

from lxml import etree

from tiss_schemas.espacos import ANS, nome_local
from tiss_schemas.leitura import Documento

_MAIOR_PASSO: Final = 98
"""Bytes of a name with its prefix that libxml2 writes into a path: what is longer is cut."""


class CaminhosDaLibxml:
    """libxml2 writes prefixes as the document has them, and `*` under a default namespace.

    Most files know only the prefix `ans`; there its paths are also ours, and the index of the `documento` serves. An
    error whose own element cannot be told is one of the nearest element around that can: none is lost.
    """

    def __init__(self, raiz: etree._Element, documento: Documento | None = None) -> None:
        self._documento = documento if documento is not None and _so_conhece_ans(documento) else None
        self._nos: dict[str, etree._Element] = dict.fromkeys(("", "/*", f"/{_nome(raiz)}"), raiz)
        self._filhos: dict[etree._Element, dict[str, etree._Element]] = {}

    def no(self, caminho: str) -> etree._Element:
        """The element at `caminho`; that of its element for the path of an attribute."""
        if self._documento is not None and (no := self._documento.no(caminho.partition("/@")[0])) is not None:
            return no
        if caminho not in self._nos:
            acima, _, passo = caminho.rpartition("/")
            pai = self.no(acima)
            self._nos[caminho] = self._filhos_de(pai).get(passo, pai)
        return self._nos[caminho]

    def _filhos_de(self, pai: etree._Element) -> dict[str, etree._Element]:
        if pai not in self._filhos:
            self._filhos[pai] = _passos_da_libxml(pai)
        return self._filhos[pai]


def _so_conhece_ans(documento: Documento) -> bool:
    return documento.raiz.nsmap == {"ans": ANS} and documento.conteudo.count(b"xmlns") == 1


def _nome(elemento: etree._Element) -> str:
    local = nome_local(elemento.tag)
    if elemento.prefix:
        return f"{elemento.prefix}:{local}".encode()[:_MAIOR_PASSO].decode(errors="ignore")
    return local if local == elemento.tag else "*"


def _passos_da_libxml(pai: etree._Element) -> dict[str, etree._Element]:
    filhos = list(pai.iterchildren(etree.Element))
    nomes = [_nome(filho) for filho in filhos]
    quantos, vistos = Counter(nomes), Counter[str]()
    passos = {}
    for ordem, (nome, filho) in enumerate(zip(nomes, filhos, strict=True), start=1):
        vistos[nome] += 1
        if nome == "*":
            passos["*" if len(filhos) == 1 else f"*[{ordem}]"] = filho
        else:
            passos[nome if quantos[nome] == 1 else f"{nome}[{vistos[nome]}]"] = filho
    return passos
