"""Which findings of rules would only repeat what the schema has said already: one cause, one finding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from tiss_schemas.achados import Achado, Tipo
from tiss_schemas.edicoes import Incluir, Mover, Renomear
from uploads.caminhos import em_volta_de, na_guia, nome_em, pai_de
from uploads.regras.bases import Base

_VALORES: Final = frozenset(
    {
        *("quantidadeExecutada", "qtdProc", "qtdUS", "reducaoAcrescimo", "valorUnitario", "valorTotal", "valorProc"),
        *("valorFranquia", "codigoDespesa", "servicosExecutados", "despesa", "outrasDespesas"),
        *("procedimentosExecutados", "procedimentoExecutado", "procedimentosRealizados", "procedimentoRealizado"),
    }
)
"""The fields that sums are made of, and the groups that they stand in."""
_CAMPOS: Final[Mapping[Base, frozenset[str]]] = {
    Base.CORPO: frozenset({"prestadorParaOperadora"}),
    Base.VALORES_DA_GUIA: _VALORES,
    Base.SEQUENCIAIS_DA_GUIA: frozenset({"sequencialItem", "procedimentosExecutados", "procedimentoExecutado"}),
    Base.VALORES_DA_LINHA: _VALORES,
}
"""The names of which a finding shakes what rules rest on."""
_DESTINO: Final = "/ans:mensagemTISS/ans:cabecalho/ans:destino"
_MENSAGEM: Final = ""
_NOME: Final = re.compile(r"[A-Za-z]\w+")


def _na_mensagem(caminho: str) -> str:
    return _MENSAGEM


_ALCANCE: Final[Mapping[Base, Callable[[str], str]]] = {
    Base.CORPO: _na_mensagem,
    Base.DESTINO: _na_mensagem,
    Base.VALORES_DA_GUIA: na_guia,
    Base.SEQUENCIAIS_DA_GUIA: na_guia,
    Base.VALORES_DA_LINHA: pai_de,
    Base.GRUPO: pai_de,
}
"""How far it reaches: the path of what a place shares it with."""


class Cascatas:
    """Knows what the schema found in one document, and what follows from it."""

    def __init__(self, achados: Iterable[Achado]) -> None:
        self._ditos: set[str] = set()
        self._sobras: set[str] = set()
        self._abaladas: set[tuple[Base, str]] = set()
        for achado in achados:
            self._guardar(achado)

    def cala(self, depende: Iterable[Base], caminho: str) -> bool:
        """Whether what a rule that rests on `depende` says of the node at `caminho` goes without saying."""
        if not self._ditos:
            return False
        if caminho in self._ditos:
            return True
        if any((base, _ALCANCE[base](caminho)) in self._abaladas for base in depende):
            return True
        return bool(self._sobras) and any(acima in self._sobras for acima in em_volta_de(caminho))

    def _guardar(self, achado: Achado) -> None:
        self._ditos.add(achado.caminho)
        if achado.tipo is Tipo.INESPERADO:
            self._sobras.add(achado.caminho)
        self._ditos.update(edicao.para for edicao in achado.conserto if isinstance(edicao, Mover) and edicao.para)
        self._abaladas.update(_abaladas(achado))


def _abaladas(achado: Achado) -> Iterator[tuple[Base, str]]:
    """What the finding shakes, each with the path that those who rest on it share."""
    caminho = achado.caminho
    yield Base.GRUPO, pai_de(caminho)
    if caminho.startswith(_DESTINO):
        yield Base.DESTINO, _MENSAGEM
    nomes = set(_nomes(achado))
    for base, campos in _CAMPOS.items():
        if not campos.isdisjoint(nomes):
            yield base, _ALCANCE[base](caminho)
    if not _VALORES.isdisjoint(nomes):
        yield Base.VALORES_DA_LINHA, caminho  # what a line lacks is told of the line itself


def _nomes(achado: Achado) -> Iterator[str]:
    """The names of the fields that the finding is about: where it points, and what is missing or misnamed there."""
    yield nome_em(achado.caminho)
    if achado.tipo is Tipo.FALTANDO:
        yield from _NOME.findall(achado.esperado or "")
    for edicao in achado.conserto:
        if isinstance(edicao, (Renomear, Incluir)):
            yield edicao.nome
