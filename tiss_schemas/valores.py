"""Texts of a message as numbers and dates; None, never an error, where the text is neither."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import Final

_DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_INTEIRO: Final = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_DATA: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_HORA: Final = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)

_INTEIROS: Final = 8
_GUARDADOS: Final = 16_384
"""The same numbers and dates come back by the thousand in one file."""


def decimal_de(texto: str | None) -> Decimal | None:
    """An xs:decimal: a point, no exponent, no thousands.

    No field of the standard has more than 8 digits before the point. A longer number is None too, so that the product
    of three and the sum of all fit Decimal's precision.
    """
    if not texto:
        return None
    if len(texto) <= _INTEIROS and texto.isascii() and texto.replace(".", "", 1).isdecimal():
        return Decimal(texto)
    limpo = texto.strip()
    if not _DECIMAL.fullmatch(limpo):
        return None
    valor = Decimal(limpo)
    return valor if valor.adjusted() < _INTEIROS else None


decimal_repetido = lru_cache(maxsize=_GUARDADOS)(decimal_de)
"""`decimal_de` for fields that hold few different numbers: quantities and factors."""


@lru_cache(maxsize=_GUARDADOS)
def inteiro_de(texto: str | None) -> int | None:
    """An xs:integer."""
    if texto is None or not _INTEIRO.fullmatch(limpo := texto.strip()):
        return None
    return int(limpo)


@lru_cache(maxsize=_GUARDADOS)
def data_de(texto: str | None) -> date | None:
    """An xs:date; the zone that XML allows after it is dropped, since TISS dates are local."""
    if texto is None or not (achado := _DATA.fullmatch(texto.strip())):
        return None
    try:
        return date(int(achado[1]), int(achado[2]), int(achado[3]))
    except ValueError:
        return None


@lru_cache(maxsize=_GUARDADOS)
def hora_de(texto: str | None) -> time | None:
    """An xs:time, to the second; its zone is dropped."""
    if texto is None or not (achado := _HORA.fullmatch(texto.strip())):
        return None
    try:
        return time(int(achado[1]), int(achado[2]), int(achado[3]))
    except ValueError:
        return None
