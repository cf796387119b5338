"""What apps above lots do when a protocol passes to another state. They register here.

Each acts once for all protocols of one action: what it costs does not grow with their number but by the hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from conecta.contas.models import Usuario
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo


@dataclass(frozen=True, slots=True, kw_only=True)
class Mudanca:
    """A change of one protocol, locked: from, to, the instant that it counts from, by whom and why."""

    protocolo: Protocolo
    de: SituacaoDoProtocolo
    para: SituacaoDoProtocolo
    quando: datetime
    por: Usuario
    nota: str


Passo = Callable[[Sequence[Mudanca]], None]
"""Gets changes that all lead to one state. Refuses all of them by raising an `ErroDeNegocio` that names the first that
cannot be."""

_antes: dict[SituacaoDoProtocolo, list[Passo]] = {}
_depois: dict[SituacaoDoProtocolo, list[Passo]] = {}


def registrar(para: SituacaoDoProtocolo, *, antes: Sequence[Passo] = (), depois: Sequence[Passo] = ()) -> None:
    """Act in the transaction of a change to that state: before the protocol has it, or after."""
    _antes.setdefault(para, []).extend(antes)
    _depois.setdefault(para, []).extend(depois)


def antes_de(mudancas: Sequence[Mudanca]) -> None:
    """Let all act, or refuse, before the protocols change."""
    for passo in _antes.get(mudancas[0].para, ()):
        passo(mudancas)


def depois_de(mudancas: Sequence[Mudanca]) -> None:
    """Let all act on protocols that have changed."""
    for passo in _depois.get(mudancas[0].para, ()):
        passo(mudancas)
