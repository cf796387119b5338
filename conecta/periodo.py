"""What holds on a day: from a first day to a last one, both included; without a last day, until further notice."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def dentro(dia: date, inicio: date, fim: date | None) -> bool:
    """Whether the day lies in the period."""
    return inicio <= dia and (fim is None or dia <= fim)


def em_vigor(dia: date, inicio: str = "inicio", fim: str = "fim") -> Q:
    """The rows whose period, in these two columns, has the day."""
    return Q(**{f"{inicio}__lte": dia}) & (Q(**{f"{fim}__isnull": True}) | Q(**{f"{fim}__gte": dia}))
