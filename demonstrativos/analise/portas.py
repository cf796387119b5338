"""The way to an analysis: through its protocol, which `lotes.portas.protocolo_de` lets in."""

from __future__ import annotations

from demonstrativos.analise.models import Analise
from lotes.models import Protocolo


def analise_do(protocolo: Protocolo) -> Analise | None:
    """The analysis of a protocol of the operadora, None before it began. One query."""
    analise = Analise.objects.filter(protocolo=protocolo).first()
    if analise is not None:
        analise.protocolo, analise.lote = protocolo, protocolo.lote
    return analise
