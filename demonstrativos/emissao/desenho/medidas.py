"""The grid of a statement: a sheet has so many lines of so many characters, and a text fits where its letters do.

All columns begin at a multiple of three characters of a value, which is where four characters of a label end: labels
are set at three quarters of the size of values, so that both stand on the same grid in one run of text.
"""

from __future__ import annotations

import textwrap
import unicodedata
from functools import cache
from typing import Final

COLUNAS: Final = 216
"""Characters of a value in a line."""
PASSO: Final = 3
"""Columns begin at multiples of so many of them."""
LINHAS: Final = 65
"""Lines of a sheet, below its head."""
CELULA: Final = 5117 / 1024
"""CSS pixels of one character of a value, as all are in our font at the size of the stylesheet."""
LINHA: Final = 10.5
"""CSS pixels of one line."""
LARGURA: Final = COLUNAS * CELULA
_RETICENCIAS: Final = "…"
_OUTRAS: Final = frozenset("ŒœŠšŽž–—‘’‚“”„•…€−") - frozenset("ŠšŽž")


def em_rotulo(celulas: int) -> int:
    """How many characters of a label stand in the room of so many of a value."""
    return celulas * 4 // PASSO


def dividir(texto: str, celulas: int) -> list[str]:
    """The whole text in lines of so many characters, broken at blanks where there are any; at least one line."""
    return textwrap.wrap(texto, max(celulas, 1), break_on_hyphens=False) or [""]


def cortar(texto: str, celulas: int) -> str:
    """The text, or as much of it as fits, with an ellipsis."""
    return texto if len(texto) <= celulas else texto[: celulas - 1].rstrip() + _RETICENCIAS


def escrito(texto: str) -> str:
    """The text on one line, in characters that our font has: a letter without its accent before a question mark."""
    if texto.isascii() and texto.isprintable():
        return texto.strip()
    juntos = " ".join(unicodedata.normalize("NFC", texto).split())
    return "".join(_da_fonte(letra) for letra in juntos)


@cache
def _da_fonte(letra: str) -> str:
    if _temos(letra):
        return letra
    if unicodedata.category(letra)[0] == "C":
        return ""
    base = unicodedata.normalize("NFKD", letra)[0]
    return base if _temos(base) else "?"


def _temos(letra: str) -> bool:
    return " " <= letra <= "~" or ("\xa1" <= letra <= "ÿ" and letra != "\xad") or letra in _OUTRAS
