"""The periodic cleaning: files of imports hold people's data, and are not kept longer than they are of use."""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import shared_task
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from conecta.contas.models import Organizacao
from conecta.importacao import transicoes
from conecta.importacao.estados import EM_ANDAMENTO
from conecta.importacao.models import Importacao
from conecta.tenancy.escopo import inquilino, sistema

registro_de_eventos = structlog.get_logger(__name__)


@shared_task(name="importacao.limpar", ignore_result=True)
def limpar() -> None:
    """Clean the imports of every organisation that are old enough."""
    try:
        with sistema():
            organizacoes = list(Organizacao.objects.values_list("tipo", "pk"))
        for tipo, pk in organizacoes:
            limpar_de(tipo, pk)
    finally:
        close_old_connections()


def limpar_de(tipo: str, organizacao_id: int) -> int:
    """Clean one organisation's, also those that nobody decided about. Gives how many were."""
    antes = timezone.now() - timedelta(days=settings.IMPORTACAO_GUARDADA_DIAS)
    with inquilino(tipo, organizacao_id):
        velhas = list(Importacao.objects.filter(limpa_em__isnull=True, criada_em__lt=antes))
        limpas = [transicoes.limpar(velha) for velha in velhas if velha.situacao not in EM_ANDAMENTO]
    if limpas:
        registro_de_eventos.info("importacoes_limpas", organizacao=organizacao_id, quantas=len(limpas))
    return len(limpas)
