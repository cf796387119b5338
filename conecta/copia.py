"""Many rows at once: COPY into a temporary table, then INSERT … SELECT.

PostgreSQL refuses COPY into a table under row-level security; the INSERT passes its policies row by row.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import connection
from psycopg2 import sql

Valor = str | int | Decimal | date | datetime | bool | None
"""What a column may be given; None is NULL."""

_NULO = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def inserir(tabela: str, colunas: Sequence[str], linhas: Iterable[Sequence[Valor]]) -> None:
    """Insert `linhas` into `tabela`, each in the order of `colunas`, in the caller's transaction and scope.

    Columns that are left out take the database's default: the key its next number. Raises what the database raises.
    """
    dados = io.StringIO("".join([_linha(linha) for linha in linhas]))
    nomes = {
        "tabela": sql.Identifier(tabela),
        "espera": sql.Identifier(f"copia_{tabela}"),
        "colunas": sql.SQL(", ").join(sql.Identifier(coluna) for coluna in colunas),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL(
                "create temporary table {espera} on commit drop as select {colunas} from {tabela} with no data"
            ).format(**nomes)
        )
        cursor.copy_expert(sql.SQL("copy {espera} ({colunas}) from stdin").format(**nomes), dados)
        cursor.execute(
            sql.SQL("insert into {tabela} ({colunas}) select {colunas} from {espera}").format(**nomes),
        )
        cursor.execute(sql.SQL("drop table {espera}").format(**nomes))


def _linha(valores: Sequence[Valor]) -> str:
    return "\t".join([_NULO if valor is None else _texto(valor) for valor in valores]) + "\n"


def _texto(valor: str | int | Decimal | date | datetime | bool) -> str:
    if not isinstance(valor, str):
        return str(valor)
    # Most values are codes; what is only letters and digits has nothing to escape.
    return valor if valor.isalnum() else valor.translate(_ESCAPES)
