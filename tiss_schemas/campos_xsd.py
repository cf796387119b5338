"""What the XSD itself says of an element, read through `xmlschema`: where it may stand, how often, and its facets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import xmlschema
from xmlschema.validators import XsdElement, XsdGroup
from xmlschema.validators.simple_types import XsdSimpleType

from tiss_schemas import catalogo
from tiss_schemas.espacos import ANS

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_TAMANHO_NO_PADRAO: Final = re.compile(r"(\[[^\]]+\]\{\d+\})+")
_REPETICAO: Final = re.compile(r"\{(\d+)\}")


@dataclass(frozen=True, slots=True)
class Vaga:
    """An element as its parent offers it: how often (`maximo` None: any number), and instead of which others."""

    elemento: XsdElement
    minimo: int
    maximo: int | None
    alternativas: tuple[str, ...]

    @property
    def nome(self) -> str:
        """The local name of the element."""
        return str(self.elemento.local_name)

    @property
    def tipo_simples(self) -> XsdSimpleType | None:
        """The type of its text; None for a group of elements."""
        tipo = self.elemento.type
        return tipo if isinstance(tipo, XsdSimpleType) else None


@lru_cache(maxsize=8)
def raiz(versao: str) -> Vaga | None:
    """The element mensagemTISS of the version; None if its files are not at hand. Half a second, once per process."""
    achada = catalogo.obter(versao)
    if achada is None:
        return None
    esquema = xmlschema.XMLSchema10(str(achada.raiz), allow="local", defuse="never")
    return Vaga(esquema.elements["mensagemTISS"], 1, 1, ())


@lru_cache(maxsize=4096)
def vaga(versao: str, passos: tuple[str, ...]) -> Vaga | None:
    """The element at the end of `passos`, local names from the root down; None where the schema has none such."""
    topo = raiz(versao)
    if topo is None or not passos or passos[0] != topo.nome:
        return None
    if len(passos) == 1:
        return topo
    pai = vaga(versao, passos[:-1])
    if pai is None:
        return None
    return next((filha for filha in vagas(pai.elemento) if filha.nome == passos[-1]), None)


def vagas(elemento: XsdElement) -> Iterator[Vaga]:
    """The elements of ANS that may stand directly inside, in the order of the XSD."""
    conteudo = getattr(elemento.type, "content", None)
    if isinstance(conteudo, XsdGroup):
        yield from _vagas_do_grupo(conteudo, minimo=1, repete=False)


def _vagas_do_grupo(grupo: XsdGroup, *, minimo: int, repete: bool) -> Iterator[Vaga]:
    escolha = grupo.model == "choice" and len(grupo) > 1
    minimo = 0 if escolha else minimo * grupo.min_occurs
    repete = repete or grupo.max_occurs is None or grupo.max_occurs > 1
    for particula in grupo:
        if isinstance(particula, XsdGroup):
            yield from _vagas_do_grupo(particula, minimo=minimo, repete=repete)
        elif isinstance(particula, XsdElement) and particula.target_namespace == ANS:
            maximo = None if repete else particula.max_occurs
            irmas = tuple(str(outra.local_name) for outra in grupo if outra is not particula) if escolha else ()
            yield Vaga(particula, minimo * particula.min_occurs, maximo, irmas)


@dataclass(frozen=True, slots=True)
class Facetas:
    """What a simple type says of a value."""

    tipo: XsdSimpleType = field(repr=False)

    @property
    def primitivo(self) -> str:
        """Name of the primitive type (string, decimal, date, time, boolean, base64Binary), or "integer"."""
        if any(ancestral.name == f"{_XS}integer" for ancestral in self._linhagem()):
            return "integer"
        primitivo = getattr(self.tipo, "primitive_type", None)
        return "" if primitivo is None else str(primitivo.local_name)

    @property
    def nome(self) -> str:
        """The name of the first named type, by which the lists are known."""
        return next((str(ancestral.local_name) for ancestral in self._linhagem() if ancestral.name), "")

    @property
    def codigos(self) -> tuple[str, ...]:
        """The codes of a list, in order and once each; a boolean is the list true, false."""
        if self.primitivo == "boolean":
            return ("true", "false")
        return tuple(dict.fromkeys(str(codigo) for codigo in self.tipo.enumeration or () if str(codigo)))

    @property
    def padrao(self) -> str | None:
        """The regular expression of the nearest type of ANS that has one."""
        for ancestral in self._linhagem():
            padroes = getattr(ancestral, "patterns", None)
            if padroes is not None and ancestral.target_namespace == ANS:
                return "|".join(padroes.regexps)
        return None

    @property
    def tamanhos(self) -> tuple[int | None, int | None]:
        """Least and greatest length, from the length facets or from a pattern of fixed length such as [0-9]{14}."""
        padrao = self.padrao
        if padrao and _TAMANHO_NO_PADRAO.fullmatch(padrao):
            fixo = sum(map(int, _REPETICAO.findall(padrao)))
            return fixo, fixo
        exato = self.inteiro("length")
        if exato is not None:
            return exato, exato
        return self.inteiro("minLength"), self.inteiro("maxLength")

    def inteiro(self, faceta: str) -> int | None:
        """The value of a facet that is a number, as totalDigits; None where the type has none."""
        achada = self.tipo.get_facet(f"{_XS}{faceta}")
        valor = getattr(achada, "value", None)
        return valor if isinstance(valor, int) else None

    def _linhagem(self) -> Iterator[XsdSimpleType]:
        atual: object = self.tipo
        while isinstance(atual, XsdSimpleType):
            yield atual
            atual = atual.base_type
