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

PRAZO_DO_COMANDO = 20.0
"""Seconds that an interrupted command has to end."""


def executar_a_parte(comando: list[str]) -> int:
    """Like `executar`, in a data folder of its own that is removed afterwards: fast, and safe to run beside others."""
    _remover_abandonadas()
    var = pasta_var_temporaria()
    execucao = pasta_de_execucao(var)
    try:
        return executar(var, execucao, comando, duravel=False)
    finally:
        remover(execucao)
        remover(var)


def executar(var: Path, execucao: Path, comando: list[str], *, duravel: bool) -> int:
    """Start the servers, run `comando` with the environment that reaches them, stop them; give its exit code.

    Raises:
        ErroDeInicio: the servers did not start, or one of them keeps ending.
    """
    with supervisao(var, execucao) as (trava, vigia):
        ambiente = iniciar_servidores(vigia, var, execucao, duravel=duravel)
        trava.anotar("em execução")
        return _acompanhar(vigia, comando, {**os.environ, "CONECTA_EMBUTIDO": "1", **ambiente})


def _remover_abandonadas() -> None:
    """Remove temporary folders whose supervisor was killed; the lock says which those are."""
    for var in pastas_temporarias():
        if (var / "lock").exists() and livre(var):
            execucao = pasta_de_execucao(var)
            encerrar_sobras(var, execucao)
            remover(execucao)
            remover(var)


def _acompanhar(vigia: Vigia, comando: list[str], ambiente: dict[str, str]) -> int:
    """Run the command in the foreground of the terminal and watch the servers meanwhile."""
    pai = os.getpid()
    filho = subprocess.Popen(comando, env=ambiente, preexec_fn=lambda: morrer_com_o_pai(signal.SIGTERM, pai))
    try:
        while (codigo := filho.poll()) is None:
            vigia.conferir()
            time.sleep(0.05)
    except BaseException:
        _encerrar(filho)
        raise
    return codigo if codigo >= 0 else 128 - codigo


def _encerrar(filho: "subprocess.Popen[bytes]") -> None:
    filho.send_signal(signal.SIGTERM)
    try:
        filho.wait(PRAZO_DO_COMANDO)
    except subprocess.TimeoutExpired:
        filho.kill()
        filho.wait()
