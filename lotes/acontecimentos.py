"""Lines of a lot's timeline."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from conecta.contas.models import Usuario
from lotes.models import Acontecimento, Lote


def contar(
    lote: Lote,
    por: Usuario,
    tipo: str,
    titulo: str,
    detalhe: str = "",
    *,
    quando: datetime | None = None,
    publico: bool = False,
) -> None:
    """Write down what somebody of the prestador did with its lot, now unless told otherwise. `publico`: the operadora
    reads it too. One insert."""
    Acontecimento.objects.create(
        prestador_id=lote.prestador_id,
        operadora_id=lote.operadora_id,
        lote=lote,
        quando=quando or timezone.now(),
        tipo=tipo,
        titulo=titulo,
        detalhe=detalhe,
        por_nome=por.nome or por.email,
        por_organizacao=lote.prestador.sigla,
        publico=publico,
    )
