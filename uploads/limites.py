"""How many files an organisation may send in an hour: far above any clinic, below what harms the others."""

from __future__ import annotations

import structlog
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from conecta.contas.models import Organizacao
from uploads.erros import LimiteDeEnvios

registro_de_eventos = structlog.get_logger(__name__)

ENVIOS_POR_HORA = 2_000


def contar_envio(organizacao: Organizacao) -> None:
    """Count a file that came in. Raises `LimiteDeEnvios` above the limit; a cache that is down counts nothing."""
    hora = f"uploads:envios:{organizacao.pk}:{timezone.now():%Y%m%d%H}"
    try:
        cache.add(hora, 0, 2 * 60 * 60)
        envios = cache.incr(hora)
    except (RedisError, OSError, ValueError) as erro:
        registro_de_eventos.warning("limite_sem_cache", erro=type(erro).__name__)
        return
    if envios > ENVIOS_POR_HORA:
        raise LimiteDeEnvios(
            f"A sua organização já incluiu {ENVIOS_POR_HORA:_} arquivos nesta hora, o máximo. Nada foi guardado. "
            "Continue na próxima hora; o que já está em processamento não para.".replace("_", "."),
            organizacao,
        )
