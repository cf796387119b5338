"""Where an element stands: its line in the file, its path in the tree, and back.

libxml2 keeps lines in 16 bits and guesses beyond them, and counts siblings anew for each path it is asked for. A file
may have 22,000 findings, so both are worked out once per file and once per parent here.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from itertools import accumulate
from typing import Final

from lxml import etree

from tiss_schemas.espacos import ANS, DS
from tiss_schemas.lembranca import lembrar_curtos

_INICIO: Final = re.compile(rb"<(?=[^/!?])")
_INICIO_ENTRE_MARCAS: Final = re.compile(rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|(<)(?=[^/!?])", re.DOTALL)
_POUCOS_FILHOS: Final = 40
_PASSOS_DEMAIS: Final = 300
_PREFIXOS: Final = {ANS: "ans:", DS: "ds:"}


class Posicoes:
    """Lines and paths of the elements of one document. Made on first use, true while the tree is not changed."""

    def __init__(self, raiz: etree._Element, conteudo: bytes) -> None:
        self._raiz = raiz
        self._conteudo = conteudo
        self._ordem: dict[etree._Element, int] | None = None
        self._inicios = array("Q")
        self._linhas = array("Q")
        self._passos_de: dict[etree._Element, dict[etree._Element, str]] = {}
        self._filhos_de: dict[etree._Element, dict[str, etree._Element]] = {}
        self._caminhos: dict[etree._Element, str] = {}
        self._pais: dict[str, etree._Element] = {}

    def linha(self, elemento: etree._Element) -> int:
        """The line, from 1, on which the element's start tag begins."""
        inicio = self.deslocamento(elemento)
        return bisect_right(self._linhas, inicio) + 1

    def deslocamento(self, elemento: etree._Element) -> int:
        """The byte at which the element's start tag begins."""
        if self._ordem is None:
            self._ordem = self._mede()
        return self._inicios[self._ordem[elemento]]

    def caminho(self, elemento: etree._Element) -> str:
        """Absolute XPath that selects exactly this element, with the prefixes of `espacos.NS`."""
        pais = []
        atual: etree._Element | None = elemento
        while atual is not None and atual not in self._caminhos:
            pais.append(atual)
            atual = atual.getparent()
        caminho = self._caminhos[atual] if atual is not None else ""
        for no in reversed(pais):
            caminho = f"{caminho}/{self._passo(no)}"
            if no is not elemento:
                self._caminhos[no] = caminho
        return caminho

    def no(self, caminho: str) -> etree._Element | None:
        """The element at a path as `caminho` writes it; None where there is none or the text is no such path."""
        if caminho.count("/") > _PASSOS_DEMAIS:
            return None
        acima, barra, passo = caminho.rpartition("/")
        if not acima:
            return self._raiz if barra and passo.removesuffix("[1]") == _nome(self._raiz).removesuffix("[1]") else None
        pai = self._pais.get(acima)
        if pai is None and (pai := self.no(acima)) is not None:
            self._pais[acima] = pai
        return None if pai is None else self._filho(pai, passo)

    def _mede(self) -> dict[etree._Element, int]:
        if re.search(rb"<[!?](?!xml\s)", self._conteudo):
            achados = _INICIO_ENTRE_MARCAS.finditer(self._conteudo)
            self._inicios = array("Q", [achado.start() for achado in achados if achado[1]])
        else:
            self._inicios = array("Q", [achado.start() for achado in _INICIO.finditer(self._conteudo)])
        self._linhas = array("Q", accumulate(map(len, self._conteudo.splitlines(keepends=True))))
        return {elemento: ordem for ordem, elemento in enumerate(self._raiz.iter(etree.Element))}

    def _passo(self, elemento: etree._Element) -> str:
        pai = elemento.getparent()
        if pai is None:
            return _nome(elemento)
        if pai not in self._passos_de and len(pai) <= _POUCOS_FILHOS:
            passo = _passo_entre_poucos(elemento)
            if passo is not None:
                return passo
        return self._passos_dos_filhos(pai)[elemento]

    def _passos_dos_filhos(self, pai: etree._Element) -> dict[etree._Element, str]:
        passos = self._passos_de.get(pai)
        if passos is None:
            passos = self._passos_de[pai] = _passos(pai)
        return passos

    def _filho(self, pai: etree._Element, passo: str) -> etree._Element | None:
        filhos = self._filhos_de.get(pai)
        if filhos is None:
            filhos = self._filhos_de[pai] = {nome: filho for filho, nome in self._passos_dos_filhos(pai).items()}
        if (filho := filhos.get(passo)) is not None:
            return filho
        if passo.endswith("[1]"):
            return filhos.get(passo.removesuffix("[1]"))
        return None


def _passo_entre_poucos(elemento: etree._Element) -> str | None:
    """The step to an element with few siblings, of which only those of its name are counted."""
    tag = elemento.tag
    passo = _passo_sem_posicao(tag)
    if passo is None:
        return None
    antes = len(list(elemento.itersiblings(tag, preceding=True)))
    if antes or next(elemento.itersiblings(tag), None) is not None:
        return f"{passo}[{antes + 1}]"
    return passo


def _nome(elemento: etree._Element) -> str:
    """The step of the root: no siblings, so no position, unless only its position can be said."""
    passo = _passo_sem_posicao(elemento.tag)
    return passo if passo is not None else "*[1]"


@lembrar_curtos(4_096)
def _passo_sem_posicao(tag: str) -> str | None:
    """`ans:nome`, `ds:nome` or `nome`; None for a namespace that has no prefix of ours."""
    if not tag.startswith("{"):
        return tag
    espaco, _, local = tag[1:].partition("}")
    prefixo = _PREFIXOS.get(espaco)
    return None if prefixo is None else prefixo + local


def _passos(pai: etree._Element) -> dict[etree._Element, str]:
    """The step to each child element, in document order."""
    filhos = list(pai.iterchildren(etree.Element))
    tags = [filho.tag for filho in filhos]
    repetidas = Counter(tags) if len(set(tags)) < len(tags) else {}
    vistos: dict[str, int] = {}
    passos = {}
    for ordem, (filho, tag) in enumerate(zip(filhos, tags, strict=True), start=1):
        passo = _passo_sem_posicao(tag)
        if passo is None:
            passo = f"*[{ordem}]"
        elif repetidas.get(tag, 1) > 1:
            vistos[tag] = vistos.get(tag, 0) + 1
            passo = f"{passo}[{vistos[tag]}]"
        passos[filho] = passo
    return passos
