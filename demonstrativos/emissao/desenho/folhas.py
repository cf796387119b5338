"""Putting pieces on pages: what is kept together, and what stands again on the next page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .medidas import LINHAS
from .pecas import Peca


@dataclass(slots=True)
class Folha:
    """A page: its number from 1, and its pieces from top to bottom. `altura` in lines."""

    numero: int
    pecas: list[Peca] = field(default_factory=list)
    altura: int = 0

    def cabem(self, pecas: Sequence[Peca]) -> bool:
        """Whether there is room for all of them."""
        return self.altura + _altura(pecas) <= LINHAS

    def por(self, pecas: Sequence[Peca]) -> None:
        """Put them below what is there."""
        self.pecas.extend(pecas)
        self.altura += _altura(pecas)


class Paginas:
    """Fills pages with pieces: `topo` on every page, `continuacao` on those that begin in the midst of a group."""

    def __init__(self, topo: Sequence[Peca]) -> None:
        self._topo = list(topo)
        self.continuacao: Sequence[Peca] = ()
        primeira = Folha(1)
        primeira.por(self._topo)
        self.folhas = [primeira]

    def por(self, *pecas: Peca) -> None:
        """Put pieces that belong together on this page, or on the next one if they do not fit on this.

        What not even a page of its own holds is torn between its pieces.
        """
        if self.folhas[-1].cabem(pecas):
            self.folhas[-1].por(pecas)
            return
        self.folhas.append(self._nova())
        if self.folhas[-1].cabem(pecas) or len(pecas) == 1:
            self.folhas[-1].por(pecas)
            return
        for peca in pecas:
            self.por(peca)

    def por_itens(self, antes: Sequence[Peca], cabeca: Peca, itens: Sequence[Sequence[Peca]], nome: Peca) -> None:
        """Put the items of a table: its head and the first of them stand below `antes`, on the same page.

        On further pages `nome` says whose they are, and the head stands again; `nome` alone from the last item on.
        """
        if not itens:
            self.por(*antes)
            self.continuacao = [nome]
            return
        self.por(*antes, cabeca, *itens[0][:1])
        self.continuacao = [nome, cabeca]
        for item in (itens[0][1:], *itens[1:]):
            self.por(*item)
        self.continuacao = [nome]

    def _nova(self) -> Folha:
        folha = Folha(len(self.folhas) + 1)
        folha.por([*self._topo, *self.continuacao])
        return folha


def _altura(pecas: Sequence[Peca]) -> int:
    return sum(peca.altura for peca in pecas)
