"""The queue of the automatic pass: one job is one analysis, and each that ends calls the next.

A row says that a pass is due (`Analise.conferencia`). What makes passes due puts a job for one of them in the queue in
the same transaction, and what ends one puts in the next: that one lives is never left to chance, and many protocols
that advance at once cost one job. Jobs that run already are not relied on: they may end before they see the new rows.
"""

from __future__ import annotations

from typing import Final

from django.db import IntegrityError, transaction

from conecta.fila.fila import TETO_POR_ORGANIZACAO, enfileirar
from conecta.fila.registro import tipo_de
from demonstrativos.analise.estados import Conferencia
from demonstrativos.analise.models import Analise

TRABALHO: Final = "analise.conferir"
_REPETIDO: Final = "trabalho_vivo_unico"


def chamar_a_proxima(operadora_id: int) -> None:
    """See to it that a worker begins the next pass that is due, if one is. In the caller's transaction and scope.

    As many as may run at a time may be running still, so that one beyond them is looked for too.
    """
    pendentes = Analise.objects.filter(operadora=operadora_id, conferencia=Conferencia.PENDENTE)
    for pk in pendentes.order_by("-prioridade", "pk").values_list("pk", flat=True)[: TETO_POR_ORGANIZACAO + 1]:
        if chamar(pk):
            return


def chamar(analise_id: int) -> bool:
    """Put the pass over one analysis in the queue. Whether it was not there already, to call others when it ends."""
    try:
        with transaction.atomic():
            enfileirar(tipo_de(TRABALHO), analise_id)
    except IntegrityError as erro:
        if _REPETIDO not in str(erro):
            raise
        return False
    return True
