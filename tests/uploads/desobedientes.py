"""What a file might make a process do that it must not."""

from __future__ import annotations

import os
from pathlib import Path

from django.db import connection

from uploads import teste


def escrever_no_banco(banco: str) -> None:
    teste.so_ler(banco)
    with connection.cursor() as cursor:
        cursor.execute("create table rastro (n int)")


def escrever_num_arquivo(caminho: str) -> None:
    Path(caminho).write_bytes(b"x")


def nao_terminar() -> None:
    while True:
        pass


def tomar_toda_a_memoria() -> None:
    bytearray(2 * 1024 * 1024 * 1024)


def cair() -> None:
    os.abort()
