"""The periodic look for notices that are due."""

from __future__ import annotations

from celery import shared_task
from django.db import close_old_connections

from lotes.mensagens import avisos


@shared_task(name="mensagens.avisar_vencidos", ignore_result=True)
def avisar_vencidos() -> None:
    """Put a job in the queue for each."""
    try:
        avisos.por_na_fila()
    finally:
        close_old_connections()
