"""Celery's side of the queue: one message is one claim."""

import os
import socket
import uuid

from celery import shared_task
from django.db import close_old_connections

from . import fila as _fila


@shared_task(name="fila.trabalhar", ignore_result=True)
def trabalhar(fila: str) -> None:
    """Claim one job of the queue and do it; when there was one, there may be another."""
    dono = f"{socket.gethostname()[:20]}:{os.getpid()}:{uuid.uuid4().hex[:12]}"
    try:
        trabalho = _fila.reclamar(fila, dono)
        if trabalho is not None:
            _fila.executar(trabalho, dono)
            _fila.acordar(fila)
    finally:
        close_old_connections()


@shared_task(name="fila.varrer", ignore_result=True)
def varrer() -> None:
    """The periodic sweep."""
    try:
        _fila.varrer()
    finally:
        close_old_connections()
