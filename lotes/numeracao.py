"""Numbers without gaps or repeats: the row of a series is locked until the transaction that took a number ends."""

from __future__ import annotations

from django.db import connection

from conecta.contas.models import Organizacao
from conecta.tenancy.escopo import sistema

PROTOCOLO = "protocolo"

# One statement for the first number and for all after it: two first numbers at once cannot both insert.
_PROXIMO = """
insert into lotes_numeracao as n (organizacao_id, serie, ultimo) values (%s, %s, 1)
on conflict (organizacao_id, serie) do update set ultimo = n.ultimo + 1
returning n.ultimo
"""


def proximo_protocolo(operadora: Organizacao) -> int:
    """Take the next protocol number (PEG) of an operadora, from 1 to 12 digits.

    Works in the caller's transaction: a rollback gives the number back, and whoever asks meanwhile waits for its end.
    Raises IntegrityError when the 12 digits that the standard has are used up.
    """
    with sistema(), connection.cursor() as cursor:
        cursor.execute(_PROXIMO, [operadora.pk, PROTOCOLO])
        linha: tuple[int] = cursor.fetchone()
    return linha[0]
