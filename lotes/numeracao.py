"""The numbers that Conecta gives: protocols without gaps or repeats, lots without repeats."""

from __future__ import annotations

from django.db import connection

from conecta.contas.models import Organizacao
from conecta.tenancy.escopo import sistema

PROTOCOLO = "protocolo"
LOTES = "lotes_numero"
"""The sequence of Nº Lote, one for the whole platform: never given twice, and a rollback leaves a gap."""

# One statement for the first number and for all after it: two first numbers at once cannot both insert.
_PROXIMO = """
insert into lotes_numeracao as n (organizacao_id, serie, ultimo) values (%s, %s, 1)
on conflict (organizacao_id, serie) do update set ultimo = n.ultimo + 1
returning n.ultimo
"""


def proximo_protocolo(operadora: Organizacao) -> int:
    """Take the next protocol number (PEG) of an operadora, from 1 to 12 digits."""
    return proximo_da_serie(operadora, PROTOCOLO)


def proximo_da_serie(organizacao: Organizacao, serie: str) -> int:
    """Take the next number of a series of an organisation, from 1 on; `serie` has at most 20 characters.

    The row of the series is locked until the caller's transaction ends: a rollback gives the number back, and whoever
    asks meanwhile waits. Raises IntegrityError when the 12 digits that the standard has are used up.
    """
    with sistema(), connection.cursor() as cursor:
        cursor.execute(_PROXIMO, [organizacao.pk, serie])
        linha: tuple[int] = cursor.fetchone()
    return linha[0]


def proximo_lote() -> int:
    """The next Nº Lote."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s)", [LOTES])
        (numero,) = cursor.fetchone()
    return int(numero)
