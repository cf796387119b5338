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
    """One bar of a chart: width in percent of the widest, places in pixels from the top."""

    rotulo: str
    largura: str
    y_do_rotulo: int
    y: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadro:
    """A titled table whose first column names the rows, and the column (by index) that its chart draws.

    `nota` stands below it: where figures come from, what is left out. The table has all rows, the chart the first
    `MAIS_BARRAS`.
    """

    id: str
    titulo: str
    frase: str
    colunas: tuple[Coluna, ...]
    linhas: tuple[tuple[Celula, ...], ...]
    total: tuple[Celula, ...] = ()
    desenhada: int | None = None
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
        if self.desenhada is None:
            return []
        linhas = self.linhas[:MAIS_BARRAS]
        valores = [linha[self.desenhada] or 0 for linha in linhas]
        return barras([str(linha[0]) for linha in linhas], [Decimal(valor) for valor in valores])

    @property
    def sem_barra(self) -> int:
        """Rows that the chart leaves to the table."""
        return 0 if self.desenhada is None else max(0, len(self.linhas) - MAIS_BARRAS)

    @property
    def altura(self) -> int:
        """Pixels that the chart takes."""
        return min(len(self.linhas), MAIS_BARRAS) * _PASSO

    def folha(self) -> planilha.Folha:
        """The same as a sheet."""
        colunas = [planilha.Coluna(coluna.titulo, 40 if coluna.tipo is Tipo.TEXTO else 16) for coluna in self.colunas]
        return planilha.Folha(self.titulo[:31], colunas, [*self.linhas, *([self.total] if self.total else [])])


def barras(rotulos: Sequence[str], valores: Sequence[Decimal]) -> list[Barra]:
    """A bar for each value, the widest as wide as the chart."""
    maior = max([*valores, Decimal(1)])
    return [
        Barra(
            rotulo=rotulo,
            largura=f"{max(Decimal(0), 100 * valor / maior):.2f}%",
            y_do_rotulo=indice * _PASSO + 12,
            y=indice * _PASSO + 17,
        )
        for indice, (rotulo, valor) in enumerate(zip(rotulos, valores, strict=True))
    ]


def porcento(parte: Decimal | int | None, todo: Decimal | int | None) -> Decimal | None:
    """How many in a hundred, to one decimal; None of nothing."""
    if not todo:
        return None
    return (100 * Decimal(parte or 0) / Decimal(todo)).quantize(_DECIMO, ROUND_HALF_UP)
