"""Loading what the operadora's calendar of delivery says now: three queries at most, one where it has none."""

from __future__ import annotations

from dataclasses import replace

from convenios.calendario.consultas import calendarios_de
from tiss_schemas.lote_lido import LoteLido
from uploads.regras.contexto import Contexto


def com_calendario(contexto: Contexto, lote: LoteLido | None, prestador_id: int, operadora_id: int) -> Contexto:
    """The context with the deadline of the file's convênio. Asks what the beneficiários' planos are, so comes last."""
    convenio = contexto.convenio_do(lote)
    calendarios = calendarios_de(prestador_id, [operadora_id], contexto.agora)
    prazo = calendarios.prazo(operadora_id, None if convenio is None else convenio.id, contexto.agora)
    return replace(contexto, prazo=prazo)
