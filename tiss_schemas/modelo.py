"""What the schema says about an element of a message: its declaration, and the children that it may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from lxml import etree

from tiss_schemas import campos_xsd
from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.versoes import Versao

_FACETA: Final = "{http://www.w3.org/2001/XMLSchema}"


@dataclass(frozen=True, slots=True)
class Filho:
    """A child that the schema allows: its tag, how often, and whether it is one of several alternatives."""

    tag: str
    obrigatorio: bool
    maximo: int | None
    alternativa: bool


@dataclass(frozen=True, slots=True)
class Valor:
    """What the schema asks of a text: `primitivo` is the XSD name ("date", "decimal", "integer", "string" …)."""

    primitivo: str
    lista: tuple[str, ...] = ()
    padroes: tuple[str, ...] = ()
    minimo: int | None = None
    maximo: int | None = None
    digitos: int | None = None
    decimais: int | None = None
    opcional: bool = False


class Modelo:
    """Answers about one version, each worked out once."""

    def __init__(self, versao: Versao) -> None:
        raiz = campos_xsd.raiz(versao.numero)
        self._declaracoes: dict[tuple[str, ...], Any] = {
            (f"{TAG_ANS}mensagemTISS",): None if raiz is None else raiz.elemento,
        }
        self._filhos: dict[tuple[str, ...], tuple[Filho, ...]] = {}
        self._valores: dict[tuple[str, ...], Valor | None] = {}
        self._tipos: dict[tuple[str, ...], Any] = {}

    def filhos(self, elemento: etree._Element) -> tuple[Filho, ...]:
        """The children allowed inside this element, in their order; none where the schema does not know it."""
        trilha = trilha_de(elemento)
        if trilha not in self._filhos:
            self._filhos[trilha] = tuple(_filho(declarado) for declarado in self._conteudo(trilha))
        return self._filhos[trilha]

    def valor(self, elemento: etree._Element) -> Valor | None:
        """What is asked of this element's text; None where it has none or the schema does not know it."""
        trilha = trilha_de(elemento)
        if trilha not in self._valores:
            declaracao = self._declaracao(trilha)
            self._valores[trilha] = None if declaracao is None else _valor(declaracao)
        return self._valores[trilha]

    def aceita(self, trilha: tuple[str, ...], texto: str) -> bool:
        """Whether the XSD takes `texto` for the element at `trilha`, its tags from the root down."""
        if trilha not in self._tipos:
            declaracao = self._declaracao(trilha)
            self._tipos[trilha] = None if declaracao is None else _tipo_simples(declaracao)
        tipo = self._tipos[trilha]
        return tipo is not None and bool(tipo.is_valid(texto))

    def _declaracao(self, trilha: tuple[str, ...]) -> Any:
        if trilha not in self._declaracoes:
            self._declaracoes[trilha] = next(
                (declarado for declarado in self._conteudo(trilha[:-1]) if declarado.name == trilha[-1]), None
            )
        return self._declaracoes[trilha]

    def _conteudo(self, trilha: tuple[str, ...]) -> Iterator[Any]:
        declaracao = self._declaracao(trilha) if trilha else None
        if declaracao is not None and declaracao.type.has_complex_content():
            yield from declaracao.type.content.iter_elements()


@cache
def modelo(versao: Versao) -> Modelo:
    """The model of a version, read once per process (about half a second)."""
    return Modelo(versao)


def trilha_de(elemento: etree._Element) -> tuple[str, ...]:
    """The tags from the root of the message down to the element."""
    tags = [elemento.tag]
    tags.extend(pai.tag for pai in elemento.iterancestors())
    return tuple(reversed(tags))


def _filho(declarado: Any) -> Filho:
    grupos = list(_grupos(declarado))
    return Filho(
        tag=declarado.name or "",
        obrigatorio=declarado.min_occurs > 0 and all(grupo.min_occurs > 0 for grupo in grupos),
        maximo=declarado.max_occurs,
        alternativa=any(grupo.model == "choice" for grupo in grupos),
    )


def _grupos(declarado: Any) -> Iterator[Any]:
    grupo = declarado.parent
    while grupo is not None and hasattr(grupo, "model"):
        yield grupo
        grupo = grupo.parent


def _valor(declaracao: Any) -> Valor | None:
    simples = _tipo_simples(declaracao)
    if simples is None:
        return None
    return Valor(
        primitivo=_primitivo(simples),
        lista=tuple(str(opcao) for opcao in simples.enumeration or ()),
        padroes=tuple(simples.patterns.regexps) if simples.patterns is not None else (),
        minimo=simples.min_length,
        maximo=simples.max_length,
        digitos=_faceta(simples, "totalDigits"),
        decimais=_faceta(simples, "fractionDigits"),
        opcional=declaracao.min_occurs == 0,
    )


def _tipo_simples(declaracao: Any) -> Any:
    """The type of the element's text; None where it has none."""
    tipo = declaracao.type
    if tipo.is_simple():
        return tipo
    return tipo.content if tipo.has_simple_content() else None


def _primitivo(simples: Any) -> str:
    base = simples
    while base is not None:
        if base.local_name == "integer":
            return "integer"
        base = base.base_type
    return str(getattr(simples.primitive_type, "local_name", None) or "string")


def _faceta(simples: Any, nome: str) -> int | None:
    base = simples
    while base is not None:
        faceta = (getattr(base, "facets", None) or {}).get(_FACETA + nome)
        if faceta is not None and getattr(faceta, "value", None) is not None:
            return int(faceta.value)
        base = base.base_type
    return None
