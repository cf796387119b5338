"""Work on a file in a process of its own: bounded in time and memory, and unable to write to any file.

The process is forked from a small server that has Django ready and no threads, so it starts in milliseconds. What it
is given goes down one pipe, what it found comes back by another, as JSON: of a process that has read somebody's file
nothing is unpickled.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
from importlib import import_module
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from traceback import extract_tb
from typing import Any, Final

import django

PRAZO: Final = 60.0
"""Seconds that an answer is waited for."""
CPU_POR_MEGA: Final = 2
"""Seconds of processor for each megabyte of the file; two megabytes' worth more to begin with."""
MEMORIA: Final = 1_536 * 1024 * 1024
"""Bytes of address space, of which Django and the libraries take about a fifth before a file is read."""
MAIOR_RESPOSTA: Final = 16 * 1024 * 1024
CORTESIA: Final = 5
"""As `nice`: who only tries something lets those pass who work."""

_MEGA: Final = 1024 * 1024
_contexto = multiprocessing.get_context("forkserver")
_contexto.set_forkserver_preload(["uploads.aquecimento"])


class TrabalhoInterrompido(Exception):
    """The process gave no result: out of time, out of memory, or an error in it, whose kind and place is the text."""


def preparar() -> None:
    """Start the server, if it is not there: it takes seconds to be ready, in which somebody chooses a file."""
    forkserver.ensure_running()


def isolar(modulo: str, funcao: str, *argumentos: Any, octetos: int) -> Any:
    """What that function returns, in values that JSON knows. `octetos` is the size of the file that it works on.

    Raises `TrabalhoInterrompido`.
    """
    leitura, escrita = _contexto.Pipe(duplex=False)
    processo = _contexto.Process(
        target=_responder, args=(escrita, modulo, funcao, argumentos, octetos), name="teste", daemon=True
    )
    with leitura:
        try:
            with escrita:
                processo.start()
            resposta = _esperar(leitura)
        finally:
            _encerrar(processo)
    if "erro" in resposta:
        raise TrabalhoInterrompido(resposta["erro"])
    return resposta["resultado"]


def _esperar(leitura: Connection) -> Any:
    if not leitura.poll(PRAZO):
        raise TrabalhoInterrompido("sem resposta no prazo")
    try:
        return json.loads(leitura.recv_bytes(MAIOR_RESPOSTA))
    except (EOFError, OSError):
        # Ended before its answer or in the middle of it, or the answer is longer than it may be.
        raise TrabalhoInterrompido("encerrado antes do fim") from None


def _encerrar(processo: Any) -> None:
    if processo.pid is not None:
        processo.kill()
        processo.join()
    processo.close()


def _responder(escrita: Connection, modulo: str, funcao: str, argumentos: tuple[Any, ...], octetos: int) -> None:
    """The whole life of the process. An error is told by its kind and place: its text may quote the file."""
    _limitar(octetos)
    try:
        django.setup()
        resposta = {"resultado": getattr(import_module(modulo), funcao)(*argumentos)}
    except Exception as erro:
        onde = extract_tb(erro.__traceback__)[-1]
        resposta = {"erro": f"{type(erro).__name__} em {Path(onde.filename).name}:{onde.lineno}"}
    escrita.send_bytes(json.dumps(resposta).encode())


def _limitar(octetos: int) -> None:
    segundos = CPU_POR_MEGA * (octetos // _MEGA + 2)
    limites = {
        resource.RLIMIT_CPU: segundos,
        resource.RLIMIT_AS: MEMORIA,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for qual, quanto in limites.items():
        resource.setrlimit(qual, (quanto, quanto))
    os.nice(CORTESIA)
