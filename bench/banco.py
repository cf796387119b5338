"""A database of a measurement's own: migrated, empty, and gone afterwards."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_OUTRAS_SESSOES = "select exists (select from pg_stat_activity where datname = %s)"
_PRAZO = 30.0


@contextmanager
def banco_de_rascunho(nome: str) -> Iterator[Any]:
    """Both logins use a new database meanwhile; gives a cursor of its owner."""
    from django.core.management import call_command
    from django.db import connections

    banco = f"conecta_{nome}_{os.getpid()}"
    conexoes = [connections["dono"], connections["default"]]
    originais = [conexao.settings_dict["NAME"] for conexao in conexoes]
    with conexoes[0].cursor() as cursor:
        cursor.execute(f"create database {banco}")
    try:
        _usar(conexoes, [banco, banco])
        call_command("migrate", verbosity=0)
        with conexoes[0].cursor() as cursor:
            yield cursor
    finally:
        _usar(conexoes, originais)
        with conexoes[0].cursor() as cursor:
            _esperar_as_sessoes(cursor, banco)
            cursor.execute(f"drop database {banco}")


def _usar(conexoes: list[Any], nomes: list[str]) -> None:
    for conexao, nome in zip(conexoes, nomes, strict=True):
        conexao.close()
        conexao.settings_dict["NAME"] = nome


def _esperar_as_sessoes(cursor: Any, banco: str) -> None:
    """Wait until the server has noticed that the connections are gone: the owner may not end the runtime's."""
    prazo = time.monotonic() + _PRAZO
    while time.monotonic() < prazo:
        cursor.execute(_OUTRAS_SESSOES, [banco])
        if not cursor.fetchone()[0]:
            return
        time.sleep(0.1)
