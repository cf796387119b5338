"""A guide between its two shapes: its XML element, and the flat values that a form types.

Flat values map the path of a leaf below the guide's element ("cabecalhoGuia/numeroGuiaPrestador") to its text as the
XML holds it. An element that may repeat always carries its position from 1, also where there is one:
"procedimentosExecutados/procedimentoExecutado[2]/dataExecucao". Order, groups and which element stands where come from
the XSD of the version, so that nothing here knows a field by name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from lxml import etree

from tiss_schemas.campos import Campo, TipoDeCampo, descrever
from tiss_schemas.espacos import ANS, TAG_ANS, nome_local

Valores: TypeAlias = Mapping[str, str]
"""Path of a leaf below the guide → its text."""

GUIAS: Final = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS"
"""Where the guides of a lot stand in the message."""
_PASSO: Final = re.compile(r"(?:ans:)?([^/\[\]:]+)(?:\[(\d+)\])?")
_NSMAP: Final = {"ans": ANS}


@dataclass(slots=True)
class _No:
    """What was filled in at and below one element: its text, or its children by name and position."""

    texto: str = ""
    filhos: dict[str, dict[int, _No]] = field(default_factory=lambda: defaultdict(dict))


def descrever_guia(versao: str, tipo: str) -> Campo:
    """The description of a guide's element. ValueError for a type or a version that is not at hand."""
    campo = descrever(versao, f"{GUIAS}/ans:{tipo}")
    if campo is None:
        raise ValueError(f"não há guia {tipo!r} na versão {versao!r}")
    return campo


def repete(campo: Campo) -> bool:
    """Whether the element may stand more than once inside its parent, and so carries a position."""
    return campo.ocorrencias_max is None or campo.ocorrencias_max > 1


def escrever_guia(versao: str, tipo: str, valores: Valores) -> etree._Element:
    """The element of the guide with these values, in the order of the XSD.

    Empty texts are left out, and so is a group in which nothing was filled in: whether something is missing is the
    schema's to say. Positions need not be contiguous. Paths that the version does not have are left out too.
    """
    campo = descrever_guia(versao, tipo)
    elemento = etree.Element(TAG_ANS + tipo, nsmap=_NSMAP)
    _escrever_filhos(elemento, campo, _arvore(valores))
    return elemento


def ler_guia(versao: str, elemento: etree._Element) -> dict[str, str]:
    """The flat values of a guide's element, in document order; texts as they are. What the version does not have is
    left out, and so are empty leaves: the inverse of `escrever_guia` for whatever the schema calls valid."""
    valores: dict[str, str] = {}
    _ler_filhos(elemento, descrever_guia(versao, nome_local(str(elemento.tag))), "", valores)
    return valores


def nome_do_campo(tipo: str, caminho: str, versao: str, valores: Valores) -> str:
    """The key among `valores` that an absolute path of a finding speaks of; "" for a place outside of a guide.

    Positions in the document count what was written, keys may have gaps: the second line written may be line 5. The
    place of a group, or of something missing, is a key that `valores` need not have.
    """
    passos = [(achado[1], int(achado[2] or 1)) for achado in _PASSO.finditer(caminho)]
    nomes = [nome for nome, _ in passos]
    if tipo not in nomes:
        return ""
    campo: Campo | None = descrever_guia(versao, tipo)
    arvore: _No | None = _arvore(valores)
    partes: list[str] = []
    for nome, posicao in passos[nomes.index(tipo) + 1 :]:
        campo = next((filho for filho in campo.filhos if filho.nome_xml == nome), None) if campo else None
        presentes = sorted(arvore.filhos[nome]) if arvore and nome in arvore.filhos else []
        chave = presentes[posicao - 1] if posicao <= len(presentes) else posicao
        partes.append(f"{nome}[{chave}]" if campo is not None and repete(campo) else nome)
        arvore = arvore.filhos[nome].get(chave) if presentes and arvore else None
    return "/".join(partes)


def _arvore(valores: Valores) -> _No:
    raiz = _No()
    for caminho, texto in valores.items():
        if not texto:
            continue
        no = raiz
        for passo in caminho.split("/"):
            achado = _PASSO.fullmatch(passo)
            if achado is None:
                break
            no = no.filhos[achado[1]].setdefault(int(achado[2] or 1), _No())
        else:
            no.texto = texto
    return raiz


def _escrever_filhos(pai: etree._Element, campo: Campo, arvore: _No) -> None:
    for filho in campo.filhos:
        presentes = arvore.filhos.get(filho.nome_xml)
        if not presentes:
            continue
        for posicao in sorted(presentes):
            no = presentes[posicao]
            if filho.tipo is TipoDeCampo.GRUPO:
                grupo = etree.SubElement(pai, TAG_ANS + filho.nome_xml)
                _escrever_filhos(grupo, filho, no)
                if not len(grupo):
                    pai.remove(grupo)
            elif no.texto:
                etree.SubElement(pai, TAG_ANS + filho.nome_xml).text = no.texto


def _ler_filhos(elemento: etree._Element, campo: Campo, prefixo: str, valores: dict[str, str]) -> None:
    por_nome = {filho.nome_xml: filho for filho in campo.filhos}
    vistos: dict[str, int] = defaultdict(int)
    for no, nome in _elementos(elemento):
        filho = por_nome.get(nome)
        if filho is None:
            continue
        vistos[nome] += 1
        caminho = f"{prefixo}{nome}[{vistos[nome]}]" if repete(filho) else f"{prefixo}{nome}"
        if filho.tipo is TipoDeCampo.GRUPO:
            _ler_filhos(no, filho, f"{caminho}/", valores)
        elif no.text:
            valores[caminho] = no.text


def _elementos(pai: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for no in pai.iterchildren(f"{TAG_ANS}*"):
        yield no, nome_local(str(no.tag))
