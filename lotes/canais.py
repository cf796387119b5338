"""What a channel has to say about its own lots. Channels stand above lots and register here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from conecta.contas.models import Usuario
from lotes.estados import Canal, SituacaoDoLote
from lotes.models import Lote

Antes = Callable[[Lote, Usuario], None]
"""Called inside the transaction, with the locked lot and who changes it. Refuses by raising an `ErroDeNegocio`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoCanal:
    """`antes` acts before a lot gets into a state; `xml` writes the message of a lot that keeps none yet."""

    antes: Mapping[SituacaoDoLote, Antes] = field(default_factory=dict)
    xml: Callable[[Lote], bytes]


_canais: dict[Canal, DoCanal] = {}


def registrar(canal: Canal, o_que: DoCanal) -> None:
    """Let the channel act on its lots."""
    _canais[canal] = o_que


def antes_de(lote: Lote, para: SituacaoDoLote, por: Usuario) -> None:
    """Let the lot's channel act before the change, or refuse it."""
    do_canal = _canais.get(Canal(lote.canal))
    acao = None if do_canal is None else do_canal.antes.get(para)
    if acao is not None:
        acao(lote, por)


def xml_de(lote: Lote) -> bytes:
    """The message of a lot as it would be sent now, where none is kept for it yet."""
    return _canais[Canal(lote.canal)].xml(lote)
