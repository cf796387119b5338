"""The catalogue of rules as people read it: generated from the registry, for the pages and for the command alike."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from conecta.texto import para_busca
from tiss_schemas import catalogo
from tiss_schemas.achados import Severidade
from uploads.regras import REGRAS, Regra, descricao

GRUPOS: Final = {
    "F": "Arquivo",
    "M": "Mensagem",
    "H": "Cabeçalho",
    "L": "Lote",
    "C": "Convênio",
    "G": "Identificação da guia",
    "B": "Beneficiário",
    "P": "Prestador e profissionais",
    "A": "Autorização",
    "D": "Datas e dados clínicos",
    "S": "Totais da guia",
    "I": "Itens da guia",
}
"""The first letter of a rule's number → what it is about, in the order of the catalogue."""

SEVERIDADES: Final = {
    Severidade.IMPEDITIVA: "Impeditiva",
    Severidade.IGNORAVEL: "Ignorável com justificativa",
    Severidade.INFORMATIVA: "Informativa",
}


@dataclass(frozen=True, slots=True)
class Codigo:
    """A code of Tabela 38, its official description, and the versions in whose messages the rule gives it."""

    codigo: str
    descricao: str
    versoes: tuple[str, ...]


@dataclass(frozen=True)
class Entrada:
    """One rule of the catalogue, with its codes in the versions asked for, oldest first."""

    regra: Regra
    codigos: tuple[Codigo, ...]

    @property
    def numero(self) -> str:
        """The rule's number."""
        return self.regra.numero

    @property
    def grupo(self) -> str:
        """What it is about."""
        return GRUPOS[self.numero[0]]

    @property
    def severidade(self) -> str:
        """How much it weighs where the operadora decided nothing, in words."""
        return SEVERIDADES[self.regra.severidade]

    @cached_property
    def busca(self) -> str:
        """What a search is compared with."""
        codigos = " ".join(f"{codigo.codigo} {codigo.descricao}" for codigo in self.codigos)
        return para_busca(f"{self.numero} {codigos} {self.regra.frase} {self.regra.exemplo} {self.grupo}")


def versoes_instaladas() -> tuple[str, ...]:
    """The versions that can be judged, oldest first."""
    return tuple(versao.numero for versao in catalogo.versoes())


def entradas(versoes: Iterable[str] | None = None) -> list[Entrada]:
    """Every rule, by group and number. `versoes` (default: those installed) are those whose codes are given."""
    pedidas = versoes_instaladas() if versoes is None else tuple(versoes)
    ordem = list(GRUPOS)
    regras = sorted(REGRAS.values(), key=lambda regra: (ordem.index(regra.numero[0]), regra.numero))
    return [Entrada(regra, codigos_de(regra, pedidas)) for regra in regras]


def codigos_de(regra: Regra, versoes: Iterable[str]) -> tuple[Codigo, ...]:
    """The codes that the rule gives in messages of these versions; versions with one code stand together."""
    grupos = groupby(versoes, key=regra.codigo_na)
    return tuple(Codigo(codigo, descricao(codigo), tuple(juntas)) for codigo, juntas in grupos)


def procurar(todas: Iterable[Entrada], *, texto: str = "", grupo: str = "", severidade: str = "") -> list[Entrada]:
    """The entries in which every word of `texto` occurs, of that group (a letter) and severity."""
    palavras = para_busca(texto).split()
    return [
        entrada
        for entrada in todas
        if entrada.numero.startswith(grupo)
        and severidade in ("", entrada.regra.severidade.value)
        and all(palavra in entrada.busca for palavra in palavras)
    ]
