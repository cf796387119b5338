"""How codes are compared: as they are written, or else without the zeros on their left."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.contrib.postgres.fields import ArrayField
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


class UmDe(Func):
    """Whether a column has one of these codes. They go as one array: a file mentions up to 22,000 of them."""

    template = "%(expressions)s)"
    arg_joiner = " = any("
    output_field = models.BooleanField()

    def __init__(self, coluna: str, codigos: Collection[str], **extra: Any) -> None:
        valor = Value(list(codigos), output_field=ArrayField(models.TextField()))
        super().__init__(F(coluna), valor, **extra)
