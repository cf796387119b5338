"""The doors to analyses: a stranger's protocol, or one that was never sent here, is a 404."""

from __future__ import annotations

from demonstrativos.analise.models import Analise
from lotes.models import Protocolo
from lotes.portas import protocolo_de

__all__ = ["analise_do", "protocolo_de"]


def analise_do(protocolo: Protocolo) -> Analise | None:
    """The analysis of a protocol of the operadora, None before it began. One query."""
    analise = Analise.objects.filter(protocolo=protocolo).first()
    if analise is not None:
        analise.protocolo, analise.lote = protocolo, protocolo.lote
    return analise
