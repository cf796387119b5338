"""One supervisor per data folder: a lock that the kernel releases however its holder ends."""

import fcntl
import json
import os
import time
from pathlib import Path
from typing import TextIO

from conecta.embutido.erros import ErroDeInicio
from conecta.embutido.sinais import conferir_pedido

ESPERA_POR_QUEM_ENCERRA = 30.0
"""Seconds that a start waits for a supervisor that is already stopping."""


class Trava:
    """The lock of a data folder, whose file says who holds it and where the portal answers."""

    def __init__(self, var: Path) -> None:
        self._caminho = var / "lock"
        self._arquivo: TextIO | None = None

    def tomar(self) -> None:
        """Take the lock.

        Raises:
            ErroDeInicio: another supervisor works on this folder; the sentence says where it answers.
        """
        arquivo = self._caminho.open("a+")
        limite = time.monotonic() + ESPERA_POR_QUEM_ENCERRA
        while not _tentar(arquivo):
            quem = _ler(arquivo)
            if quem.get("estado") != "encerrando" or time.monotonic() > limite:
                arquivo.close()
                raise ErroDeInicio(_frase(quem))
            conferir_pedido()
            time.sleep(0.1)
        self._arquivo = arquivo
        self.anotar("iniciando")

    def anotar(self, estado: str, endereco: str = "") -> None:
        """Write into the lock what its holder is doing, and the address of the portal."""
        if self._arquivo is None:
            return
        self._arquivo.seek(0)
        self._arquivo.truncate()
        json.dump({"pid": os.getpid(), "estado": estado, "endereco": endereco}, self._arquivo)
        self._arquivo.flush()

    def soltar(self) -> None:
        """Give the lock back. The file stays: removing it would let two holders in."""
        if self._arquivo is not None:
            self._arquivo.close()
            self._arquivo = None


def livre(var: Path) -> bool:
    """Say whether no supervisor works on this data folder now."""
    try:
        with (var / "lock").open("r+") as arquivo:
            return _tentar(arquivo)
    except FileNotFoundError:
        return True


def _tentar(arquivo: TextIO) -> bool:
    try:
        fcntl.flock(arquivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _ler(arquivo: TextIO) -> dict[str, object]:
    arquivo.seek(0)
    try:
        quem = json.loads(arquivo.read())
    except ValueError:  # its holder is writing it at this moment
        return {}
    return quem if isinstance(quem, dict) else {}


def _frase(quem: dict[str, object]) -> str:
    onde = f" em {quem['endereco']}" if quem.get("endereco") else ""
    processo = f" (processo {quem['pid']})" if quem.get("pid") else ""
    return (
        f"O Conecta já está em execução nesta pasta{onde}{processo}. Encerre-o com Ctrl-C, ou indique outra pasta de "
        "dados na variável CONECTA_VAR."
    )
