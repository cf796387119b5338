"""The nightly run of the checks, into the log."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.db import close_old_connections

from demonstrativos.autoconferencia.todas import VERIFICACOES
from demonstrativos.autoconferencia.verificacao import conferir

registro_de_eventos = structlog.get_logger(__name__)


@shared_task(name="autoconferencia.conferir", ignore_result=True)
def conferir_tudo() -> int:
    """Log each thing that is wrong as an error, by ids, and how many there were."""
    quantas = 0
    try:
        for divergencia in conferir(VERIFICACOES):
            quantas += 1
            registro_de_eventos.error(
                "divergencia",
                organizacao=divergencia.organizacao,
                prova=divergencia.prova,
                frase=divergencia.frase,
            )
        registro_de_eventos.info("livros_conferidos", verificacoes=len(VERIFICACOES), divergencias=quantas)
    finally:
        close_old_connections()
    return quantas
