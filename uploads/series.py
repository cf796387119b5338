"""Months: the last ones, their names, and how a row of figures develops and is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from django.utils import timezone

_NOMES: Final = ("jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez")
_RECENTES: Final = 3
"""Months that are compared with as many before them."""
_ALTURA: Final = 168
"""Pixels of the highest bar; the names of the months stand below."""
_LARGURA: Final = 56
"""Of a hundred parts of a month's place in a chart, those that its bar fills."""


class Tendencia(StrEnum):
    """How the last three months stand to the three before them."""

    NOVA = "nova"
    SUBIU = "subiu"
    IGUAL = "igual"
    CAIU = "caiu"
    PAROU = "parou"
    ANTIGA = "antiga"


@dataclass(frozen=True, slots=True)
class Barra:
    """One month of a chart, drawn in two parts. x and widths in percent, y and heights in pixels."""

    rotulo: str
    x: str
    largura: str
    meio: str
    total: int
    parte: int
    y_da_parte: int
    altura_da_parte: int
    y_do_resto: int
    altura_do_resto: int


def ultimos_meses(quantos: int) -> list[date]:
    """The first days of the last months, the present one last."""
    hoje = timezone.localdate()
    numeros = (hoje.year * 12 + hoje.month - 1 - atras for atras in reversed(range(quantos)))
    return [date(numero // 12, numero % 12 + 1, 1) for numero in numeros]


def comeco(mes: date) -> datetime:
    """The first moment of a month, in the portal's zone."""
    return timezone.make_aware(datetime.combine(mes, time.min))


def limites(meses: Sequence[date]) -> tuple[datetime, datetime]:
    """The first moment of these months, which follow one another, and the first after them."""
    seguinte = (meses[-1].replace(day=28) + timedelta(days=4)).replace(day=1)
    return comeco(meses[0]), comeco(seguinte)


def nome_do_mes(mes: date) -> str:
    """ "nov/26"."""
    return f"{_NOMES[mes.month - 1]}/{mes:%y}"


def tendencia(valores: Sequence[int]) -> Tendencia:
    """How a row of months develops; the last value is the present month's."""
    agora = sum(valores[-_RECENTES:])
    antes = sum(valores[-2 * _RECENTES : -_RECENTES])
    muito_antes = sum(valores[: -2 * _RECENTES])
    if not agora:
        return Tendencia.PAROU if antes else Tendencia.ANTIGA
    if not antes:
        return Tendencia.SUBIU if muito_antes else Tendencia.NOVA
    return Tendencia.SUBIU if agora > antes else Tendencia.CAIU if agora < antes else Tendencia.IGUAL


def barras(meses: Sequence[date], totais: Sequence[int], partes: Sequence[int]) -> list[Barra]:
    """A bar for each month, of which `partes` is the lower part."""
    maior = max([*totais, 1])
    passo = 100 / len(meses)
    desenhadas = []
    for indice, (mes, total, parte) in enumerate(zip(meses, totais, partes, strict=True)):
        alto, baixo = _ALTURA * total // maior, _ALTURA * parte // maior
        desenhadas.append(
            Barra(
                rotulo=nome_do_mes(mes),
                x=f"{passo * (indice + (100 - _LARGURA) / 200):.2f}%",
                largura=f"{passo * _LARGURA / 100:.2f}%",
                meio=f"{passo * (indice + 0.5):.2f}%",
                total=total,
                parte=parte,
                y_da_parte=_ALTURA - baixo + 16,
                altura_da_parte=baixo,
                y_do_resto=_ALTURA - alto + 16,
                altura_do_resto=alto - baixo,
            )
        )
    return desenhadas
