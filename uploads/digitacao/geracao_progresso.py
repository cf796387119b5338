"""How many lots a job has made: a hint for the page, kept in the cache. Nothing decides by it."""

from __future__ import annotations

from typing import Final

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

registro_de_eventos = structlog.get_logger(__name__)
_VALIDADE: Final = 60 * 60


def marcar(geracao_id: int, lotes: int) -> None:
    """Say how many lots are made."""
    try:
        cache.set(_chave(geracao_id), lotes, _VALIDADE)
    except (RedisError, OSError) as erro:
        registro_de_eventos.warning("progresso_sem_cache", geracao=geracao_id, erro=type(erro).__name__)


def lotes_feitos(geracao_id: int) -> int:
    """How many lots are made, as far as is known."""
    try:
        return int(cache.get(_chave(geracao_id), 0))
    except (RedisError, OSError, ValueError):
        return 0


def _chave(geracao_id: int) -> str:
    return f"digitacao:geracao:{geracao_id}"
