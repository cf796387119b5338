"""What a channel has to say about its own lots. Channels stand above lots and register here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from conecta.contas.acesso import Requisicao
from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from lotes.estados import Canal, SituacaoDoLote
from lotes.models import Lote

Antes = Callable[[Lote, Usuario], None]
"""Called inside the transaction, with the locked lot and who changes it; of a lot that is being closed `fechado_em` is
set already, of one that is opened again the columns of the closing are written after it, with `conteudo`. Refuses by
raising an `ErroDeNegocio`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trecho:
    """A piece of the lot's page that belongs to the channel: its template and what that needs beyond the page's own."""

    template: str
    contexto: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoCanal:
    """`antes` acts before a lot gets into a state; `xml` writes the message of a lot that keeps none yet; `guias` is
    what stands on the lot's page in the place of its list of guides, None where the usual list does; `papel` has the
    values of each guide, in order, that stand on paper and not in the XML."""

    xml: Callable[[Lote], bytes]
    antes: Mapping[SituacaoDoLote, Antes] = field(default_factory=dict)
    guias: Callable[[Requisicao, Lote], Trecho | None] = lambda request, lote: None
    papel: Callable[[Lote], Sequence[Mapping[str, str]]] = lambda lote: ()


class RecusaDoCanal(ErroDeNegocio):
    """A refusal with more to show than its sentence."""

    def __init__(self, frase: str, assunto: Any, trecho: Trecho) -> None:
        super().__init__(frase, assunto)
        self.trecho = trecho


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


def guias_de(request: Requisicao, lote: Lote) -> Trecho | None:
    """What the lot's channel shows in the place of the list of guides; None: nothing of its own."""
    do_canal = _canais.get(Canal(lote.canal))
    return None if do_canal is None else do_canal.guias(request, lote)


def papel_de(lote: Lote) -> Sequence[Mapping[str, str]]:
    """What the lot's channel knows of each of its guides for paper alone, in order; empty where it knows nothing."""
    do_canal = _canais.get(Canal(lote.canal))
    return () if do_canal is None else do_canal.papel(lote)
