"""The outline of a message: its head, and those of its guides that one wants to go to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Final

from uploads.estrutura import CABECALHO, Estado, Parte

_MAIS_GUIAS: Final = 60
"""Guides that are listed: those with findings, as many as fit, around the one that is shown."""


@dataclass(frozen=True, slots=True)
class Esboco:
    """`partes` are the lines, `atual` the one that is shown; `omitidas` guides are reached by their number only."""

    partes: list[Parte]
    atual: Parte
    titulo: str
    omitidas: int


def esboco(estado: Estado, em: str) -> Esboco:
    """The outline while part `em` is shown."""
    escolhidas = _guias(estado, em)
    partes = [estado.parte(CABECALHO), *(estado.parte(f"guia-{numero}") for numero in escolhidas)]
    return Esboco(partes, estado.parte(em), estado.titulo_da(em), len(estado.guias) - len(escolhidas))


def _guias(estado: Estado, em: str) -> list[int]:
    """The numbers of the guides to list, in the order of the file."""
    total = len(estado.guias)
    if total <= _MAIS_GUIAS:
        return list(range(1, total + 1))
    com_critica = (numero for caminho, numero in estado.caminhos_das_guias.items() if estado.quantas(caminho))
    escolhidas = set(islice(com_critica, _MAIS_GUIAS))
    if em != CABECALHO:
        atual = int(em.removeprefix("guia-"))
        escolhidas |= {numero for numero in (atual - 1, atual, atual + 1) if 0 < numero <= total}
    return sorted(escolhidas or range(1, _MAIS_GUIAS + 1))
