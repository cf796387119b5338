"""How codes are compared: as they are written, or else without the zeros on their left."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Func, Value


def sem_zeros(coluna: str, tamanho: int) -> models.GeneratedField:
    """A column that Postgres keeps: the code of `coluna` without zeros on its left.

    A stored column and no index on an expression: behind the wall, Postgres looks into an index only for what is
    compared by operators that cannot leak, which functions are not.
    """
    expressao: Any = Func(F(coluna), Value("0"), function="ltrim")
    return models.GeneratedField(
        expression=expressao, output_field=models.CharField(max_length=tamanho), db_persist=True
    )
