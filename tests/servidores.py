"""Real servers for the tests: the ones that `make test` has started, and supervisors that a test starts itself."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

from conecta.embutido.pastas import RAIZ
from conecta.embutido.processos import esperar

PRAZO = 60.0
"""Seconds that a test waits for a condition before it fails."""
_DO_SUPERVISOR = (
    *("DATABASE_URL", "DATABASE_URL_DONO", "REDIS_URL", "CELERY_BROKER_URL", "SECRET_KEY", "SECRET_KEY_FILE"),
    *("CONECTA_VAR", "CONECTA_EMBUTIDO", "CONECTA_SUPERVISOR"),
)


def exigir_servidores() -> None:
    """Stop pytest with one clear line where no Postgres and Redis were started for the tests."""
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        raise pytest.UsageError(
            "The tests need a Postgres and a Redis of their own. Run `make test ARGS=…`, or put "
            "`.venv/bin/python -m conecta.embutido servidores --temporario --` before this command."
        )


def vivo(pid: int | None) -> bool:
    """Say whether a process runs; one that has ended and waits for its parent does not."""
    try:
        estado = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False
    return estado.rpartition(")")[2].split()[0] not in ("Z", "X")


class Supervisor:
    """`python -m conecta.embutido` as a process of its own, over a data folder of its own.

    Used as a context manager; leaving it stops everything that it started.
    """

    def __init__(self, var: Path, *argumentos: str, **ambiente: str) -> None:
        self.var = var
        self._argumentos = argumentos
        limpo = {nome: valor for nome, valor in os.environ.items() if nome not in _DO_SUPERVISOR}
        self._ambiente = {**limpo, "CONECTA_VAR": str(var), **ambiente}
        self._arquivo = var.with_name(f"{var.name}.saida")

    def __enter__(self) -> Self:
        with self._arquivo.open("w") as saida:
            self.processo = subprocess.Popen(
                [sys.executable, "-m", "conecta.embutido", *self._argumentos],
                cwd=RAIZ,
                env=self._ambiente,
                stdin=subprocess.DEVNULL,
                stdout=saida,
                stderr=subprocess.STDOUT,
            )
        return self

    def __exit__(self, *_: object) -> None:
        if self.processo.poll() is None:
            self.terminar()

    @property
    def saida(self) -> str:
        """What it has written to the console so far."""
        return self._arquivo.read_text()

    def pids(self) -> dict[str, int]:
        """Give the process ids of what it runs, by name; empty when it runs nothing."""
        try:
            lidos: dict[str, int] = json.loads((self.var / "processos.json").read_text())
        except (FileNotFoundError, ValueError):
            return {}
        return lidos

    def ambiente(self) -> dict[str, str]:
        """Give the environment that reaches its servers."""
        lido: dict[str, str] = json.loads((self.var / "env.json").read_text())
        return lido

    def aguardar_servidores(self) -> None:
        """Wait until Postgres and Redis answer."""
        self._aguardar((self.var / "env.json").exists)

    def aguardar_texto(self, texto: str, *, prazo: float = PRAZO) -> None:
        """Wait until it has written `texto` to the console."""
        self._aguardar(lambda: texto in self.saida, prazo)

    def aguardar_fim(self) -> int:
        """Wait until it has ended; give its exit code."""
        return self.processo.wait(PRAZO)

    def terminar(self, sinal: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal and wait until it has ended; give its exit code."""
        self.processo.send_signal(sinal)
        return self.aguardar_fim()

    def _aguardar(self, condicao: Callable[[], bool], prazo: float = PRAZO) -> None:
        assert esperar(lambda: condicao() or self.processo.poll() is not None, prazo), self.saida
        assert condicao(), self.saida
