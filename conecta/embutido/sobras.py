"""What an earlier supervisor of the same data folder left behind, when it was killed before it could stop its children.

Called by the holder of the folder's lock, so whatever is found here has no supervisor any more.
"""

import os
import signal
from contextlib import suppress
from pathlib import Path

from conecta.embutido.processos import esperar

PRAZO = 10.0
"""Seconds given to each kind of leftover before it is killed."""


def encerrar_sobras(var: Path, execucao: Path) -> None:
    """End leftover web and worker processes, then Redis, then Postgres, and remove their stale lock files.

    Only where the system shows its processes in `/proc`; elsewhere the servers' own lock files decide.
    """
    if not Path("/proc/self").exists():
        return
    _encerrar(_programas_python(var), signal.SIGTERM)
    _encerrar(_por_arquivo(execucao / "redis.pid", "redis-server"), signal.SIGTERM)
    arquivo_do_postgres = var / "postgres" / "postmaster.pid"
    _encerrar(_por_arquivo(arquivo_do_postgres, "postgres"), signal.SIGINT)
    if not _por_arquivo(arquivo_do_postgres, "postgres"):
        arquivo_do_postgres.unlink(missing_ok=True)
    for resto in execucao.iterdir():
        resto.unlink(missing_ok=True)


def _encerrar(pids: set[int], sinal: signal.Signals) -> None:
    _sinalizar(pids, sinal)
    if not esperar(lambda: not any(map(_existe, pids)), PRAZO):
        _sinalizar(pids, signal.SIGKILL)
        esperar(lambda: not any(map(_existe, pids)), PRAZO)


def _sinalizar(pids: set[int], sinal: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sinal)


def _existe(pid: int) -> bool:
    try:
        estado = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return estado not in ("Z", "X")


def _por_arquivo(arquivo: Path, programa: str) -> set[int]:
    """The process named by a pid file, if it still is that program."""
    try:
        pid = int(arquivo.read_text().split()[0])
        nome = Path(f"/proc/{pid}/comm").read_text().strip()
    except (OSError, ValueError, IndexError):
        return set()
    return {pid} if nome == programa else set()


def _programas_python(var: Path) -> set[int]:
    """Processes whose environment says that a supervisor of this folder started them."""
    marca = b"CONECTA_SUPERVISOR=" + os.fsencode(var)
    return {
        int(pasta.name)
        for pasta in Path("/proc").glob("[0-9]*")
        if int(pasta.name) != os.getpid() and marca in _ambiente(pasta)
    }


def _ambiente(pasta: Path) -> list[bytes]:
    try:
        return (pasta / "environ").read_bytes().split(b"\0")
    except OSError:
        return []
