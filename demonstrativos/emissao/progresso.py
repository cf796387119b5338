"""How many pages of a statement are drawn: a hint for the page, kept in the cache. Nothing decides by it."""

from __future__ import annotations

from typing import Final

import structlog
from django.core.cache import cache
from redis.exceptions import RedisError

registro_de_eventos = structlog.get_logger(__name__)

_VALIDADE: Final = 15 * 60


def marcar(demonstrativo_id: int, folhas: int, de: int) -> None:
    """Say how many pages are drawn, and of how many."""
    try:
        cache.set(_chave(demonstrativo_id), (folhas, de), _VALIDADE)
    except (RedisError, OSError) as erro:
        registro_de_eventos.warning("progresso_sem_cache", demonstrativo=demonstrativo_id, erro=type(erro).__name__)


def folhas_de(demonstrativo_id: int) -> tuple[int, int]:
    """Pages drawn, and of how many, as far as is known; (0, 0) when nothing is."""
    try:
        feitas, de = cache.get(_chave(demonstrativo_id), (0, 0))
        return int(feitas), int(de)
    except (RedisError, OSError, ValueError, TypeError):
        return 0, 0


def _chave(demonstrativo_id: int) -> str:
    return f"emissao:folhas:{demonstrativo_id}"
