"""Many rows at once: COPY into a temporary table, then INSERT … SELECT.

PostgreSQL refuses COPY into a table under row-level security; the INSERT passes its policies row by row.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection
from psycopg2 import sql

Valor = str | int | Decimal | date | datetime | bool | None
"""What a column may be given; None is NULL."""


@dataclass(frozen=True, slots=True)
class Mescladas:
    """How many rows were inserted, and how many changed what was there."""

    novas: int
    mudadas: int


_NULO = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def inserir(tabela: str, colunas: Sequence[str], linhas: Iterable[Sequence[Valor]]) -> None:
    """Insert `linhas` into `tabela`, each in the order of `colunas`, in the caller's transaction and scope.

    Columns that are left out take the database's default: the key its next number. Raises what the database raises.
    """
    nomes = _nomes(tabela, colunas)
    with connection.cursor() as cursor:
        _copiar(cursor, nomes, linhas)
        cursor.execute(
            sql.SQL("insert into {tabela} ({colunas}) select {colunas} from {espera}").format(**nomes),
        )
        cursor.execute(sql.SQL("drop table {espera}").format(**nomes))


def mesclar(
    tabela: str,
    colunas: Sequence[str],
    linhas: Iterable[Sequence[Valor]],
    *,
    chave: Sequence[str],
    so_ao_criar: Sequence[str] = (),
) -> Mescladas:
    """Insert `linhas`; where a row with the same `chave` (a unique constraint) stands, give it what differs.

    `so_ao_criar`: columns that a row that is there keeps. Rows that are equal already are not touched, so that doing
    it again writes nothing and leaves no trail. No two of `linhas` may have one key. Raises what the database raises.
    """
    # A statement has to set something: a row that keeps all that it has is given its own key.
    mudam = [coluna for coluna in colunas if coluna not in chave and coluna not in so_ao_criar] or list(chave)
    nomes = {
        **_nomes(tabela, colunas),
        "chave": sql.SQL(", ").join(map(sql.Identifier, chave)),
        "mudam": sql.SQL(", ").join(sql.SQL("{c} = excluded.{c}").format(c=sql.Identifier(c)) for c in mudam),
        "estava": sql.SQL(", ").join(sql.SQL("esta.{}").format(sql.Identifier(c)) for c in mudam),
        "vem": sql.SQL(", ").join(sql.SQL("excluded.{}").format(sql.Identifier(c)) for c in mudam),
    }
    with connection.cursor() as cursor:
        _copiar(cursor, nomes, linhas)
        # A row that no transaction has changed since it was inserted has no xmax: it is new.
        cursor.execute(
            sql.SQL(
                "with mesclada as ("
                " insert into {tabela} as esta ({colunas}) select {colunas} from {espera} on conflict ({chave})"
                " do update set {mudam} where ({estava}) is distinct from ({vem}) returning (esta.xmax = 0) as nova)"
                " select count(*) filter (where nova), count(*) filter (where not nova) from mesclada"
            ).format(**nomes)
        )
        novas, mudadas = cursor.fetchone()
        cursor.execute(sql.SQL("drop table {espera}").format(**nomes))
    return Mescladas(novas, mudadas)


def vetor(valores: Iterable[str]) -> str:
    """A list of texts as a value for a column that is an array of texts."""
    escapados = (valor.replace("\\", "\\\\").replace('"', '\\"') for valor in valores)
    return "{" + ",".join(f'"{valor}"' for valor in escapados) + "}"


def _nomes(tabela: str, colunas: Sequence[str]) -> dict[str, sql.Composable]:
    return {
        "tabela": sql.Identifier(tabela),
        "espera": sql.Identifier(f"copia_{tabela}"),
        "colunas": sql.SQL(", ").join(sql.Identifier(coluna) for coluna in colunas),
    }


def _copiar(cursor: Any, nomes: dict[str, sql.Composable], linhas: Iterable[Sequence[Valor]]) -> None:
    dados = io.StringIO("".join([_linha(linha) for linha in linhas]))
    cursor.execute(
        sql.SQL("create temporary table {espera} on commit drop as select {colunas} from {tabela} with no data").format(
            **nomes
        )
    )
    cursor.copy_expert(sql.SQL("copy {espera} ({colunas}) from stdin").format(**nomes), dados)


def _linha(valores: Sequence[Valor]) -> str:
    return "\t".join([_NULO if valor is None else _texto(valor) for valor in valores]) + "\n"


def _texto(valor: str | int | Decimal | date | datetime | bool) -> str:
    if not isinstance(valor, str):
        return str(valor)
    # Most values are codes; what is only letters and digits has nothing to escape.
    return valor if valor.isalnum() else valor.translate(_ESCAPES)
