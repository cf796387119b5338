"""What every use of the servers has around it: the folder's lock, the signals, and the stop in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from conecta.embutido import console
from conecta.embutido.pastas import pasta_de_execucao, remover
from conecta.embutido.servidores import esquecer_servidores
from conecta.embutido.sinais import anotar_sinais
from conecta.embutido.sobras import encerrar_sobras
from conecta.embutido.trava import Trava
from conecta.embutido.vigia import Vigia


@dataclass(frozen=True, kw_only=True)
class Supervisao:
    """One data folder, the directory of its sockets, its lock and the processes that work on it."""

    var: Path
    execucao: Path
    trava: Trava
    vigia: Vigia


@contextmanager
def supervisao(var: Path) -> Iterator[Supervisao]:
    """Hold the folder and a set of processes, which are stopped however the block ends.

    Inside, Ctrl-C and SIGTERM become `PedidoDeParada` at the next step; during the stop they hurry it.

    Raises:
        ErroDeInicio: another supervisor holds the folder.
    """
    anotar_sinais()
    trava = Trava(var)
    trava.tomar()
    vigia = Vigia(var, console.avisar)
    try:
        execucao = pasta_de_execucao(var)
        encerrar_sobras(var, execucao)  # before all else: they may hold the web's port
        yield Supervisao(var=var, execucao=execucao, trava=trava, vigia=vigia)
    finally:
        trava.anotar("encerrando")
        vigia.encerrar()
        esquecer_servidores(var)
        remover(pasta_de_execucao(var))
        trava.soltar()
