"""Ctrl-C and SIGTERM, noted when they come and looked at between two steps.

An exception raised by a handler may come up anywhere, also where Python throws it away (in the callbacks of a fork);
the supervisor once went on because of that. A note cannot be lost.
"""

import signal

SINAIS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_recebidos: list[int] = []


class PedidoDeParada(Exception):
    """Somebody asked the supervisor to stop."""

    def __init__(self, sinal: int) -> None:
        super().__init__(sinal)
        self.sinal = sinal


def anotar_sinais() -> None:
    """From now on each of the signals is noted, and does nothing else."""
    for sinal in SINAIS:
        signal.signal(sinal, lambda numero, _quadro: _recebidos.append(numero))


def conferir_pedido() -> None:
    """Go on, unless a stop was asked for.

    Raises:
        PedidoDeParada: it was.
    """
    if _recebidos:
        raise PedidoDeParada(_recebidos[0])


def recebidos() -> int:
    """Say how many signals came so far: one more during a stop means hurry."""
    return len(_recebidos)
