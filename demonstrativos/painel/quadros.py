"""A figure of the panel: rows with their amounts, the chart of one of their columns, and the same as a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from conecta import planilha

Celula = str | int | Decimal | None
"""What stands in a cell; None where there is nothing to say."""

MAIS_BARRAS: Final = 30
"""Bars of a chart: an operadora may have thousands of prestadores."""
_PASSO: Final = 30
"""Pixels from one bar of a chart to the next: a line of text and the bar below it."""
_DECIMO: Final = Decimal("0.1")


class Tipo(StrEnum):
    """How the cells of a column are written."""

    TEXTO = "texto"
    DINHEIRO = "dinheiro"
    INTEIRO = "inteiro"
    PORCENTO = "porcento"
    DIAS = "dias"


@dataclass(frozen=True, slots=True)
class Coluna:
    """A column: its heading and what it holds."""

    titulo: str
    tipo: Tipo = Tipo.TEXTO

    @property
    def numerica(self) -> bool:
        """Whether its cells stand at the right."""
        return self.tipo is not Tipo.TEXTO


@dataclass(frozen=True, slots=True)
class Barra:
    """One bar of a chart: widths in percent of the widest, places in pixels from the top.

    `seguinte` is the width of what stands beyond the first value in the same bar, empty where there is nothing.
    """

    rotulo: str
    largura: str
    seguinte: str
    y_do_rotulo: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadro:
    """A titled table whose first column names the rows, and the columns (by index) that its chart draws, the one beyond
    the other.

    `nota` stands below it: where figures come from, what is left out. The table has all rows, the chart the first
    `MAIS_BARRAS`.
    """

    id: str
    titulo: str
    frase: str
    colunas: tuple[Coluna, ...]
    linhas: tuple[tuple[Celula, ...], ...]
    total: tuple[Celula, ...] = ()
    desenhadas: tuple[int, ...] = ()
    nota: str = ""
    vazio: str = "Ainda não há o que contar neste período."

    @property
    def celulas(self) -> list[list[tuple[Coluna, Celula]]]:
        """The rows, each cell with its column."""
        return [list(zip(self.colunas, linha, strict=True)) for linha in self.linhas]

    @property
    def celulas_do_total(self) -> list[tuple[Coluna, Celula]]:
        """The totals, each with its column; empty where a sum would say nothing."""
        return list(zip(self.colunas, self.total, strict=True)) if self.total else []

    @property
    def barras(self) -> list[Barra]:
        """The chart, a bar for each of the first rows; empty where nothing is drawn."""
        linhas = self.linhas[:MAIS_BARRAS] if self.desenhadas else ()
        return barras(
            [str(linha[0]) for linha in linhas],
            [[max(Decimal(linha[coluna] or 0), Decimal(0)) for coluna in self.desenhadas] for linha in linhas],
        )

    @property
    def sem_barra(self) -> int:
        """Rows that the chart leaves to the table."""
        return max(0, len(self.linhas) - MAIS_BARRAS) if self.desenhadas else 0

    @property
    def altura(self) -> int:
        """Pixels that the chart takes."""
        return min(len(self.linhas), MAIS_BARRAS) * _PASSO

    def folha(self) -> planilha.Folha:
        """The same as a sheet."""
        colunas = [planilha.Coluna(coluna.titulo, 40 if coluna.tipo is Tipo.TEXTO else 16) for coluna in self.colunas]
        return planilha.Folha(self.titulo[:31], colunas, [*self.linhas, *([self.total] if self.total else [])])


def barras(rotulos: Sequence[str], valores: Sequence[Sequence[Decimal]]) -> list[Barra]:
    """A bar for each row of one value or more, none below zero, the widest as wide as the chart."""
    maior = max([*map(sum, valores), Decimal(1)])
    return [
        Barra(
            rotulo=rotulo,
            largura=f"{100 * primeiro / maior:.2f}%",
            seguinte=f"{100 * sum(outros) / maior:.2f}%" if any(outros) else "",
            y_do_rotulo=indice * _PASSO + 12,
            y=indice * _PASSO + 17,
        )
        for indice, (rotulo, (primeiro, *outros)) in enumerate(zip(rotulos, valores, strict=True))
    ]


def porcento(parte: Decimal | int | None, todo: Decimal | int | None) -> Decimal | None:
    """How many in a hundred, to one decimal; None of nothing."""
    if not todo:
        return None
    return (100 * Decimal(parte or 0) / Decimal(todo)).quantize(_DECIMO, ROUND_HALF_UP)
