"""What every use of the servers has around it: the folder's lock, the signals, and the stop in order."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from conecta.embutido import console
from conecta.embutido.servidores import esquecer_servidores
from conecta.embutido.sinais import ao_receber, parar_ao_receber
from conecta.embutido.sobras import encerrar_sobras
from conecta.embutido.trava import Trava
from conecta.embutido.vigia import Vigia


@contextmanager
def supervisao(var: Path, execucao: Path) -> Iterator[tuple[Trava, Vigia]]:
    """Hold the folder and a set of processes, which are stopped however the block ends.

    Inside, Ctrl-C and SIGTERM raise `PedidoDeParada`; during the stop they hurry it.

    Raises:
        ErroDeInicio: another supervisor holds the folder.
    """
    parar_ao_receber()
    trava = Trava(var)
    trava.tomar()
    vigia = Vigia(var, console.avisar)
    try:
        encerrar_sobras(var, execucao)  # before all else: they may hold the web's port
        yield trava, vigia
    finally:
        ao_receber(vigia.apressar)
        trava.anotar("encerrando")
        vigia.encerrar()
        esquecer_servidores(var)
        trava.soltar()
