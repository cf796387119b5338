"""Ctrl-C and SIGTERM as an exception, so that a start in any of its steps unwinds the same way."""

import signal
from collections.abc import Callable


class PedidoDeParada(BaseException):
    """Somebody asked the supervisor to stop."""

    def __init__(self, sinal: int) -> None:
        super().__init__(sinal)
        self.sinal = sinal


SINAIS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def parar_ao_receber() -> None:
    """From now on each of the signals raises `PedidoDeParada` in the main thread."""

    def levantar(sinal: int, _quadro: object) -> None:
        raise PedidoDeParada(sinal)

    for sinal in SINAIS:
        signal.signal(sinal, levantar)


def ao_receber(fazer: Callable[[], None]) -> None:
    """From now on each of the signals calls `fazer`."""
    for sinal in SINAIS:
        signal.signal(sinal, lambda _sinal, _quadro: fazer())
