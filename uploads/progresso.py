"""How far a file is: a hint for the page, kept in the cache, because the job's own rows are not visible before its end.

Nothing decides by it. When the cache does not answer, the page shows less, and the work goes on.
"""

from __future__ import annotations

from enum import StrEnum

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

registro_de_eventos = structlog.get_logger(__name__)

_VALIDADE = 15 * 60


class Etapa(StrEnum):
    """Where the work on a file stands."""

    RECEBIDO = "recebido"
    LENDO = "lendo"
    CONFERINDO = "conferindo"
    IMPORTANDO = "importando"


def marcar(arquivo_id: int, etapa: Etapa) -> None:
    """Say where the work on a file is."""
    try:
        cache.set(_chave(arquivo_id), etapa.value, _VALIDADE)
    except (RedisError, OSError) as erro:
        registro_de_eventos.warning("progresso_sem_cache", arquivo=arquivo_id, erro=type(erro).__name__)


def etapa_de(arquivo_id: int) -> Etapa:
    """Where the work on a file is, as far as is known."""
    try:
        return Etapa(cache.get(_chave(arquivo_id), Etapa.RECEBIDO.value))
    except (RedisError, OSError, ValueError):
        return Etapa.RECEBIDO


def _chave(arquivo_id: int) -> str:
    return f"uploads:etapa:{arquivo_id}"
