"""A guide between its two shapes: its XML element, and the flat values that a form types.

Flat values map the path of a leaf below the guide's element ("cabecalhoGuia/numeroGuiaPrestador") to its text as the
XML holds it. An element that may repeat always carries its position from 1, also where there is one:
"procedimentosExecutados/procedimentoExecutado[2]/dataExecucao". Order, groups and which element stands where come from
the XSD of the version, so that nothing here knows a field by name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
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


@dataclass(frozen=True, slots=True)
class _Molde:
    """What `Campo` says of an element, as far as writing and reading it need it, with all that stands below."""

    nome: str
    tag: str
    grupo: bool
    repete: bool
    filhos: Mapping[str, _Molde]
    """By name, in the order of the XSD."""


@dataclass(slots=True)
class _No:
    """What was filled in at and below one element: its text, or its children by name and position."""

    texto: str = ""
    filhos: dict[str, dict[int, _No]] = field(default_factory=dict)


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
    molde = _molde_da_guia(versao, tipo)
    elemento = etree.Element(molde.tag, nsmap=_NSMAP)
    _escrever_filhos(elemento, molde, _arvore(valores))
    return elemento


def ler_guia(versao: str, elemento: etree._Element) -> dict[str, str]:
    """The flat values of a guide's element, in document order; texts as they are. What the version does not have is
    left out, and so are empty leaves: the inverse of `escrever_guia` for whatever the schema calls valid."""
    valores: dict[str, str] = {}
    _ler_filhos(elemento, _molde_da_guia(versao, nome_local(str(elemento.tag))), "", valores)
    return valores


def nome_do_campo(tipo: str, caminho: str, versao: str, valores: Valores) -> str:
    """The key among `valores` that an absolute path of a finding speaks of; "" for a place outside of a guide.

    Positions in the document count what was written, keys may have gaps: the second line written may be line 5. The
    place of a group, or of something missing, is a key that `valores` need not have.
    """
    return Nomeador(tipo, versao, valores).nome(caminho)


class Nomeador:
    """`nome_do_campo` for many paths of one guide, whose values are gone through once."""

    def __init__(self, tipo: str, versao: str, valores: Valores) -> None:
        self._tipo = tipo
        self._guia = _molde_da_guia(versao, tipo)
        self._valores = _arvore(valores)

    def nome(self, caminho: str) -> str:
        """The key, as `nome_do_campo` says."""
        passos = [(achado[1], int(achado[2] or 1)) for achado in _PASSO.finditer(caminho)]
        nomes = [nome for nome, _ in passos]
        if self._tipo not in nomes:
            return ""
        molde: _Molde | None = self._guia
        arvore: _No | None = self._valores
        partes: list[str] = []
        for nome, posicao in passos[nomes.index(self._tipo) + 1 :]:
            molde = molde.filhos.get(nome) if molde else None
            presentes = sorted(arvore.filhos[nome]) if arvore and nome in arvore.filhos else []
            chave = presentes[posicao - 1] if posicao <= len(presentes) else posicao
            partes.append(f"{nome}[{chave}]" if molde is not None and molde.repete else nome)
            arvore = arvore.filhos[nome].get(chave) if presentes and arvore else None
        return "/".join(partes)


@lru_cache(maxsize=64)
def _molde_da_guia(versao: str, tipo: str) -> _Molde:
    """Of a type of guide in a version, worked out once: asked for each guide, its fields cost more than all else."""
    return _molde(descrever_guia(versao, tipo))


def _molde(campo: Campo) -> _Molde:
    return _Molde(
        nome=campo.nome_xml,
        tag=TAG_ANS + campo.nome_xml,
        grupo=campo.tipo is TipoDeCampo.GRUPO,
        repete=repete(campo),
        filhos={filho.nome_xml: _molde(filho) for filho in campo.filhos},
    )


def _arvore(valores: Valores) -> _No:
    raiz = _No()
    # The leaves of a line have all but their last step in common: what holds them is looked up by its path.
    grupos: dict[str, _No | None] = {"": raiz}
    for caminho, texto in valores.items():
        if not texto:
            continue
        acima, _, folha = caminho.rpartition("/")
        if acima not in grupos:
            grupos[acima] = _abaixo(raiz, acima.split("/"))
        grupo = grupos[acima]
        no = None if grupo is None else _abaixo(grupo, (folha,))
        if no is not None:
            no.texto = texto
    return raiz


def _abaixo(no: _No, passos: Iterable[str]) -> _No | None:
    """The node at these steps, made where it is new; None where one of them is no name of an element."""
    for passo in passos:
        lido = _passo(passo)
        if lido is None:
            return None
        no = no.filhos.setdefault(lido[0], {}).setdefault(lido[1], _No())
    return no


@lru_cache(maxsize=4096)
def _passo(passo: str) -> tuple[str, int] | None:
    achado = _PASSO.fullmatch(passo)
    return None if achado is None else (achado[1], int(achado[2] or 1))


def _escrever_filhos(pai: etree._Element, molde: _Molde, arvore: _No) -> None:
    for filho in molde.filhos.values():
        presentes = arvore.filhos.get(filho.nome)
        if not presentes:
            continue
        for posicao in sorted(presentes):
            no = presentes[posicao]
            if filho.grupo:
                grupo = etree.SubElement(pai, filho.tag)
                _escrever_filhos(grupo, filho, no)
                if not len(grupo):
                    pai.remove(grupo)
            elif no.texto:
                etree.SubElement(pai, filho.tag).text = no.texto


def _ler_filhos(elemento: etree._Element, molde: _Molde, prefixo: str, valores: dict[str, str]) -> None:
    vistos: dict[str, int] = defaultdict(int)
    for no, nome in _elementos(elemento):
        filho = molde.filhos.get(nome)
        if filho is None:
            continue
        vistos[nome] += 1
        caminho = f"{prefixo}{nome}[{vistos[nome]}]" if filho.repete else f"{prefixo}{nome}"
        if filho.grupo:
            _ler_filhos(no, filho, f"{caminho}/", valores)
        elif no.text:
            valores[caminho] = no.text


def _elementos(pai: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    for no in pai.iterchildren(f"{TAG_ANS}*"):
        yield no, nome_local(str(no.tag))
