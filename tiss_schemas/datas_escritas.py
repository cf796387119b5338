"""Dates and times as people and other systems write them, as the XSD wants them: only where there is no doubt.

A date with a year of two digits, or with the month first, is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Final

_HORA_DO_DIA: Final = r"(?:[T ,-]*(?:às )?\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DATAS: Final = tuple(
    re.compile(padrao, re.ASCII | re.IGNORECASE)
    for padrao in (
        rf"(?P<dia>\d{{1,2}})(?P<s>[/.\- ])(?P<mes>\d{{1,2}})(?P=s)(?P<ano>\d{{4}}){_HORA_DO_DIA}",
        rf"(?P<ano>\d{{4}})(?P<s>[/.\- ])(?P<mes>\d{{1,2}})(?P=s)(?P<dia>\d{{1,2}}){_HORA_DO_DIA}",
        r"(?P<ano>\d{4})(?P<mes>\d{2})(?P<dia>\d{2})",
        r"(?P<dia>\d{2})(?P<mes>\d{2})(?P<ano>\d{4})",
        r"(?P<dia>\d{1,2})(?:[/.\- ]| de )(?P<mes>[a-z]{3})[a-zç]*\.?(?:[/.\- ]| de )(?P<ano>\d{4})",
    )
)
_MESES: Final = {
    nome: numero
    for numero, nome in enumerate(
        ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"), start=1
    )
}
_SECULOS: Final = range(1900, 2100)
"""Years that a guide can speak of: they tell ddmmaaaa from aaaammdd."""

_FRACAO: Final = r"(?:[.,]\d+)?"
_HORAS: Final = tuple(
    re.compile(padrao, re.ASCII | re.IGNORECASE)
    for padrao in (
        rf"(?:\d{{4}}-\d\d-\d\d|\d\d/\d\d/\d{{4}})?[T ]*(\d{{1,2}}):(\d{{2}})(?::(\d{{2}}){_FRACAO})? ?(Z|[ap]m)?",
        r"(\d{1,2}) ?h(?:(?:rs?|s)?\.?|:? ?(\d{2}) ?(?:m(?:in)?)?(?: ?(\d{2}) ?s?)?)()",
        r"(\d{2})(\d{2})(\d{2})?()",
        r"(\d{2})\.(\d{2})\.(\d{2})()",
        r"(\d{2})-(\d{2})-(\d{2})()",
    )
)


def data_iso(texto: str) -> str | None:
    """The date meant by `texto`, as aaaa-mm-dd; None where it is none, or could be two."""
    achadas = set(_datas(texto))
    return achadas.pop().isoformat() if len(achadas) == 1 else None


def hora_iso(texto: str) -> str | None:
    """The time meant by `texto`, as hh:mm:ss, with fractions of a second cut off; None where it is none."""
    for padrao in _HORAS:
        if achado := padrao.fullmatch(texto):
            return _hora(*achado.groups())
    return None


def _datas(texto: str) -> Iterator[date]:
    for padrao in _DATAS:
        if (achado := padrao.fullmatch(texto)) and (lida := _data(achado)) is not None:
            yield lida


def _data(achado: re.Match[str]) -> date | None:
    mes = achado["mes"]
    numero = int(mes) if mes.isdecimal() else _MESES.get(mes.lower(), 0)
    try:
        lida = date(int(achado["ano"]), numero, int(achado["dia"]))
    except ValueError:
        return None
    return lida if lida.year in _SECULOS else None


def _hora(horas: str, minutos: str | None, segundos: str | None, sufixo: str | None) -> str | None:
    inteira = int(horas)
    if (sufixo or "").lower() in {"am", "pm"}:
        if not 1 <= inteira <= 12:
            return None
        inteira = inteira % 12 + (12 if (sufixo or "").lower() == "pm" else 0)
    try:
        return time(inteira, int(minutos or 0), int(segundos or 0)).isoformat()
    except ValueError:
        return None
