"""What the schema says about an element of a message: its declaration, and the children that it may have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

from lxml import etree

from tiss_schemas import campos_xsd
from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.versoes import Versao

_FACETA: Final = "{http://www.w3.org/2001/XMLSchema}"
_RAIZ: Final = f"{TAG_ANS}mensagemTISS"
_RAMOS: Final = (
    (_RAIZ, f"{TAG_ANS}cabecalho"),
    (_RAIZ, f"{TAG_ANS}prestadorParaOperadora", f"{TAG_ANS}loteGuias"),
    (_RAIZ, f"{TAG_ANS}epilogo"),
)
"""Where the elements of a message of guides are."""


Trilha: TypeAlias = tuple[str, ...]
"""The tags from the root of the message down to an element."""


@dataclass(frozen=True, slots=True)
class Vaga:
    """A place among the children of a group: one of `tags` may fill it, that many times (None: any number)."""

    tags: tuple[str, ...]
    maximos: tuple[int | None, ...]
    obrigatoria: bool

    def maximo(self, tag: str) -> int | None:
        """How often `tag` may stand there."""
        return self.maximos[self.tags.index(tag)]


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


class Modelo:
    """Answers about one version, each worked out once; not what the schema does not know, of which files make up any
    amount."""

    def __init__(self, versao: Versao) -> None:
        raiz = campos_xsd.raiz(versao.numero)
        self._declaracoes: dict[Trilha, Any] = {
            (_RAIZ,): None if raiz is None else raiz.elemento,
        }
        self._vagas: dict[Trilha, tuple[Vaga, ...]] = {}
        self._lugares: dict[str, list[Trilha]] = {}
        self._valores: dict[Trilha, Valor | None] = {}
        self._tipos: dict[Trilha, Any] = {}

    def vagas(self, trilha: Trilha) -> tuple[Vaga, ...]:
        """The places inside the group at `trilha` (its tags from the root down), in order; none in what is unknown."""
        if trilha not in self._vagas:
            declaracao = self._declaracao(trilha)
            if declaracao is None:
                return ()
            complexo = declaracao.type.has_complex_content()
            self._vagas[trilha] = tuple(_vagas(declaracao.type.content)) if complexo else ()
        return self._vagas[trilha]

    def vaga(self, trilha: Trilha, tag: str) -> Vaga | None:
        """The place of a `tag` inside the group at `trilha`; None where it has none."""
        return next((vaga for vaga in self.vagas(trilha) if tag in vaga.tags), None)

    def ordem(self, trilha: Trilha) -> dict[str, int]:
        """The tags that may stand inside the group at `trilha`, and which of its places each fills: 0 is the first."""
        return {tag: posicao for posicao, vaga in enumerate(self.vagas(trilha)) for tag in vaga.tags}

    def opcional(self, trilha: Trilha) -> bool:
        """Whether the group above the element can do without it."""
        vaga = self.vaga(trilha[:-1], trilha[-1])
        return vaga is not None and not vaga.obrigatoria

    def lugares(self, tag: str) -> tuple[Trilha, ...]:
        """The trails of the groups of a message of guides that may hold an element `tag`."""
        if not self._lugares:
            self._lugares = self._todos_os_lugares()
        return tuple(self._lugares.get(tag, ()))

    def valor(self, trilha: Trilha) -> Valor | None:
        """What is asked of the text of the element at `trilha`; None where it has none or the schema knows no such."""
        if trilha not in self._valores:
            declaracao = self._declaracao(trilha)
            if declaracao is None:
                return None
            self._valores[trilha] = _valor(declaracao)
        return self._valores[trilha]

    def aceita(self, trilha: Trilha, texto: str) -> bool:
        """Whether the XSD takes `texto` for the element at `trilha`, by its own type: slow."""
        if trilha not in self._tipos:
            declaracao = self._declaracao(trilha)
            if declaracao is None:
                return False
            self._tipos[trilha] = _tipo_simples(declaracao)
        tipo = self._tipos[trilha]
        return tipo is not None and bool(tipo.is_valid(texto))

    def _todos_os_lugares(self) -> dict[str, list[Trilha]]:
        lugares: dict[str, list[Trilha]] = {}
        a_ver: list[Trilha] = [(_RAIZ,)]
        while a_ver:
            trilha = a_ver.pop()
            dentro = [(*trilha, tag) for vaga in self.vagas(trilha) for tag in vaga.tags if tag.startswith(TAG_ANS)]
            for filha in dentro:
                if any(_no_mesmo_ramo(filha, ramo) for ramo in _RAMOS):
                    lugares.setdefault(filha[-1], []).append(trilha)
                    a_ver.append(filha)
        return lugares

    def _declaracao(self, trilha: Trilha) -> Any:
        if trilha in self._declaracoes:
            return self._declaracoes[trilha]
        achada = next((declarado for declarado in self._conteudo(trilha[:-1]) if declarado.name == trilha[-1]), None)
        if achada is not None:
            self._declaracoes[trilha] = achada
        return achada

    def _conteudo(self, trilha: Trilha) -> Iterator[Any]:
        declaracao = self._declaracao(trilha) if trilha else None
        if declaracao is not None and declaracao.type.has_complex_content():
            yield from declaracao.type.content.iter_elements()


@cache
def modelo(versao: Versao) -> Modelo:
    """The model of a version, read once per process (about half a second)."""
    return Modelo(versao)


def trilha_de(elemento: etree._Element) -> Trilha:
    """The tags from the root of the message down to the element."""
    tags = [elemento.tag]
    tags.extend(pai.tag for pai in elemento.iterancestors())
    return tuple(reversed(tags))


def _no_mesmo_ramo(trilha: Trilha, ramo: Trilha) -> bool:
    return all(um == outro for um, outro in zip(trilha, ramo, strict=False))


def _vagas(grupo: Any, *, obrigatorio: bool = True) -> Iterator[Vaga]:
    """The places of a group of the XSD. TISS repeats no sequence, and each branch of its choices is one element."""
    obrigatorio = obrigatorio and grupo.min_occurs > 0
    if grupo.model == "choice":
        ramos = list(grupo.iter_elements())
        todos = obrigatorio and all(ramo.min_occurs > 0 for ramo in ramos)
        yield Vaga(tuple(ramo.name or "" for ramo in ramos), tuple(ramo.max_occurs for ramo in ramos), todos)
        return
    for parte in grupo:
        if hasattr(parte, "model"):
            yield from _vagas(parte, obrigatorio=obrigatorio)
        else:
            yield Vaga((parte.name or "",), (parte.max_occurs,), obrigatorio and parte.min_occurs > 0)


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
