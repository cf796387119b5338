"""How many files an organisation may send, and test, in an hour: far above any clinic, below what harms the others."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import structlog
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from conecta.contas.models import Organizacao
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import inteiro
from uploads.erros import LimiteDeEnvios

registro_de_eventos = structlog.get_logger(__name__)

ENVIOS_POR_HORA = 2_000
TESTES_POR_PROCESSO = 2
"""Dry runs at once in one web process: the other half of its threads goes on answering."""
UM_TESTE_DEMORA = 120
"""Seconds after which a test that was never reported as ended is taken for dead."""
_ESPERA_CURTA = 30

_vagas = threading.BoundedSemaphore(TESTES_POR_PROCESSO)


class LimiteDeTestes(ErroDeNegocio):
    """The organisation has had its tests of this hour, or one is still running. `espera` is in seconds."""

    def __init__(self, frase: str, organizacao: Organizacao, espera: int) -> None:
        super().__init__(frase, organizacao)
        self.espera = espera


def contar_envio(organizacao: Organizacao) -> None:
    """Count a file that came in. Raises `LimiteDeEnvios` above the limit; a cache that is down counts nothing."""
    if _contar("envios", organizacao) > ENVIOS_POR_HORA:
        raise LimiteDeEnvios(
            f"A sua organização já incluiu {inteiro(ENVIOS_POR_HORA)} arquivos nesta hora, o máximo. Nada foi "
            "guardado. Continue na próxima hora; o que já está em processamento não para.",
            organizacao,
        )


@contextmanager
def vez_de_testar(organizacao: Organizacao) -> Iterator[None]:
    """The organisation's turn to test a file: one at a time, so many an hour. Raises `LimiteDeTestes`.

    A cache that is down limits nothing; how many run in one process is limited all the same.
    """
    if not _vagas.acquire(blocking=False):
        raise LimiteDeTestes(
            "Há muitos testes de arquivo neste momento. Nada foi guardado. Tente de novo em meio minuto.",
            organizacao,
            _ESPERA_CURTA,
        )
    try:
        with _um_por_vez(organizacao):
            _contar_teste(organizacao)
            yield
    finally:
        _vagas.release()


@contextmanager
def _um_por_vez(organizacao: Organizacao) -> Iterator[None]:
    chave = f"uploads:testando:{organizacao.pk}"
    try:
        livre = cache.add(chave, 1, UM_TESTE_DEMORA)
    except (RedisError, OSError) as erro:
        registro_de_eventos.warning("limite_sem_cache", erro=type(erro).__name__)
        yield
        return
    if not livre:
        raise LimiteDeTestes(
            "A sua organização já está testando um arquivo. Nada foi guardado. Tente de novo em meio minuto.",
            organizacao,
            _ESPERA_CURTA,
        )
    try:
        yield
    finally:
        _esquecer(chave)


def _esquecer(chave: str) -> None:
    try:
        cache.delete(chave)
    except (RedisError, OSError) as erro:
        registro_de_eventos.warning("limite_sem_cache", erro=type(erro).__name__)


def _contar_teste(organizacao: Organizacao) -> None:
    if _contar("testes", organizacao) <= settings.TESTES_POR_HORA:
        return
    agora = timezone.localtime()
    proxima = agora.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    raise LimiteDeTestes(
        f"A sua organização já testou {settings.TESTES_POR_HORA} arquivos nesta hora, o máximo. Nada foi guardado. "
        f"Teste de novo a partir das {proxima:%H:%M}, ou inclua o arquivo: as críticas também se corrigem depois.",
        organizacao,
        int((proxima - agora).total_seconds()) + 1,
    )


def _contar(o_que: str, organizacao: Organizacao) -> int:
    """How many of these the organisation has had in this hour, with this one; 0 while the cache is down."""
    hora = f"uploads:{o_que}:{organizacao.pk}:{timezone.now():%Y%m%d%H}"
    try:
        cache.add(hora, 0, 2 * 60 * 60)
        return int(cache.incr(hora))
    except (RedisError, OSError, ValueError) as erro:
        registro_de_eventos.warning("limite_sem_cache", erro=type(erro).__name__)
        return 0
