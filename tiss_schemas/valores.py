"""Texts of a message as numbers and dates; None, never an error, where the text is neither."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Final

from tiss_schemas.lembranca import lembrar_curtos

_DECIMAL: Final = re.compile(r"[+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})", re.ASCII)
_INTEIRO: Final = re.compile(r"[+-]?\d{1,30}", re.ASCII)
_DATA: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
_HORA: Final = re.compile(r"(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)

CENTAVO: Final = Decimal("0.01")
_INTEIROS: Final = 12
"""Digits before the point: no field of the standard has more."""
_CURTOS: Final = 8
_PRECISAO: Final = 96
_GUARDADOS: Final = 16_384
"""The same numbers and dates come back by the thousand in one file."""


def decimal_de(texto: str | None) -> Decimal | None:
    """An xs:decimal: a point, no exponent, no thousands; None too for a number longer than any field may hold.

    What three of them make, or all of a file, is worked out inside `contas_exatas`.
    """
    if not texto:
        return None
    if len(texto) <= _CURTOS and texto.isascii() and texto.replace(".", "", 1).isdecimal():
        return Decimal(texto)
    limpo = texto.strip()
    if not _DECIMAL.fullmatch(limpo):
        return None
    valor = Decimal(limpo)
    return valor if valor.adjusted() < _INTEIROS else None


@contextmanager
def contas_exatas() -> Iterator[None]:
    """Digits enough for the product of three numbers of a file and for the sum of all: nothing overflows in here."""
    with localcontext(prec=_PRECISAO):
        yield


def produto(fatores: Iterable[Decimal | None]) -> Decimal | None:
    """The product, rounded half up to cents; None where one of the factors is not known. Inside `contas_exatas`."""
    resultado = Decimal(1)
    for fator in fatores:
        if fator is None:
            return None
        resultado *= fator
    return resultado.quantize(CENTAVO, ROUND_HALF_UP)


def soma(parcelas: Iterable[Decimal | None]) -> Decimal | None:
    """The sum, rounded half up to cents; None where one of the numbers is not known. Inside `contas_exatas`."""
    resultado = Decimal(0)
    for parcela in parcelas:
        if parcela is None:
            return None
        resultado += parcela
    return resultado.quantize(CENTAVO, ROUND_HALF_UP)


decimal_repetido = lembrar_curtos(_GUARDADOS)(decimal_de)
"""`decimal_de` for fields that hold few different numbers: quantities and factors."""


@lembrar_curtos(_GUARDADOS)
def inteiro_de(texto: str | None) -> int | None:
    """An xs:integer."""
    if texto is None or not _INTEIRO.fullmatch(limpo := texto.strip()):
        return None
    return int(limpo)


@lembrar_curtos(_GUARDADOS)
def data_de(texto: str | None) -> date | None:
    """An xs:date; the zone that XML allows after it is dropped, since TISS dates are local."""
    if texto is None or not (achado := _DATA.fullmatch(texto.strip())):
        return None
    try:
        return date(int(achado[1]), int(achado[2]), int(achado[3]))
    except ValueError:
        return None


@lembrar_curtos(_GUARDADOS)
def hora_de(texto: str | None) -> time | None:
    """An xs:time, to the second; its zone is dropped."""
    if texto is None or not (achado := _HORA.fullmatch(texto.strip())):
        return None
    try:
        return time(int(achado[1]), int(achado[2]), int(achado[3]))
    except ValueError:
        return None
