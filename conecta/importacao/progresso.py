"""How many rows a job has done: a hint for the page, kept in the cache. Nothing decides by it."""

from __future__ import annotations

from typing import Final

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

registro_de_eventos = structlog.get_logger(__name__)

A_CADA: Final = 5_000
"""Rows between two marks."""
_VALIDADE: Final = 60 * 60


def marcar(importacao_id: int, linhas: int) -> None:
    """Say how many rows are done."""
    try:
        cache.set(_chave(importacao_id), linhas, _VALIDADE)
    except (RedisError, OSError) as erro:
        registro_de_eventos.warning("progresso_sem_cache", importacao=importacao_id, erro=type(erro).__name__)


def linhas_feitas(importacao_id: int) -> int:
    """How many rows are done, as far as is known."""
    try:
        return int(cache.get(_chave(importacao_id), 0))
    except (RedisError, OSError, ValueError):
        return 0


def _chave(importacao_id: int) -> str:
    return f"importacao:linhas:{importacao_id}"
