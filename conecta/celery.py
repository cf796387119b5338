"""The Celery application. A message only wakes a worker; the rows of `conecta.fila` are the queue."""

import os
import resource

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conecta.settings")

app = Celery("conecta")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["conecta.fila", "conecta.importacao", "lotes.mensagens", "demonstrativos.autoconferencia"])

LIMITE_DE_MEMORIA = 2 * 1024**3
"""Bytes of address space of a worker's child: beyond it a job dies with MemoryError, not the machine."""


@worker_process_init.connect
def _limitar_memoria(**_: object) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (LIMITE_DE_MEMORIA, LIMITE_DE_MEMORIA))


@worker_process_init.connect
def _aquecer(**_: object) -> None:
    from tiss_schemas.aquecimento import aquecer_ao_lado

    aquecer_ao_lado()
