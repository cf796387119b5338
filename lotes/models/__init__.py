"""Lots, their guides and items, and the protocol that the operadora follows them by."""

from .documento import DocumentoDoLote
from .guia import Guia, Item
from .lote import Acontecimento, Lote
from .protocolo import MudancaDeSituacao, Numeracao, Protocolo

__all__ = [
    "Acontecimento",
    "DocumentoDoLote",
    "Guia",
    "Item",
    "Lote",
    "MudancaDeSituacao",
    "Numeracao",
    "Protocolo",
]
