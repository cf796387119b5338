"""Runs one command with servers of its own around it: the tests, the checks, the measurements."""

import os
import signal
import subprocess
import time
from pathlib import Path

from conecta.embutido.identidade import morrer_com_o_pai
from conecta.embutido.pastas import pasta_de_execucao, pasta_var_temporaria, pastas_temporarias, remover
from conecta.embutido.servidores import iniciar_servidores
from conecta.embutido.sobras import encerrar_sobras
from conecta.embutido.supervisao import supervisao
from conecta.embutido.trava import livre
from conecta.embutido.vigia import Vigia

IDADE_DE_ABANDONADA = 60.0
"""Seconds."""
PRAZO_DO_COMANDO = 20.0
"""Seconds that an interrupted command has to end."""


def executar_a_parte(comando: list[str]) -> int:
    """Like `executar`, in a data folder of its own that is removed afterwards: fast, and safe to run beside others."""
    _remover_abandonadas()
    var = pasta_var_temporaria()
    try:
        return executar(var, comando, duravel=False)
    finally:
        remover(var)


def executar(var: Path, comando: list[str], *, duravel: bool) -> int:
    """Start the servers, run `comando` with the environment that reaches them, stop them; give its exit code.

    Raises:
        ErroDeInicio: the servers did not start, or one of them keeps ending.
    """
    with supervisao(var) as esta:
        ambiente = iniciar_servidores(esta.vigia, var, esta.execucao, duravel=duravel)
        esta.trava.anotar("em execução")
        return _acompanhar(esta.vigia, comando, {**os.environ, "CONECTA_EMBUTIDO": "1", **ambiente})


def _remover_abandonadas() -> None:
    """Remove temporary folders whose supervisor was killed; the lock says which those are."""
    for var in pastas_temporarias():
        if _sem_mudanca(var / "lock") and livre(var):
            execucao = pasta_de_execucao(var)
            encerrar_sobras(var, execucao)
            remover(execucao)
            remover(var)


def _sem_mudanca(trava: Path) -> bool:
    """Say whether a lock was last written a while ago: a new one may not be held yet."""
    try:
        return time.time() - trava.stat().st_mtime > IDADE_DE_ABANDONADA
    except FileNotFoundError:
        return False


def _acompanhar(vigia: Vigia, comando: list[str], ambiente: dict[str, str]) -> int:
    """Run the command in the foreground of the terminal and watch the servers meanwhile."""
    pai = os.getpid()
    filho = subprocess.Popen(comando, env=ambiente, preexec_fn=lambda: morrer_com_o_pai(signal.SIGTERM, pai))
    try:
        while (codigo := filho.poll()) is None:
            vigia.conferir()
            time.sleep(0.05)
    finally:
        _encerrar(filho)
    return codigo if codigo >= 0 else 128 - codigo


def _encerrar(filho: "subprocess.Popen[bytes]") -> None:
    filho.terminate()  # nothing, where it has ended
    try:
        filho.wait(PRAZO_DO_COMANDO)
    except subprocess.TimeoutExpired:
        filho.kill()
        filho.wait()
