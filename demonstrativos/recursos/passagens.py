"""What appeals have to say when a protocol passes to another state."""

from __future__ import annotations

from collections.abc import Sequence

from demonstrativos.recursos import transicoes
from demonstrativos.recursos.erros import ComRecursoEnviado
from demonstrativos.recursos.models import Recurso
from lotes import passagens
from lotes.estados import SituacaoDoProtocolo
from lotes.passagens import Mudanca


def registrar() -> None:
    """Take part in the path of protocols."""
    passagens.registrar(SituacaoDoProtocolo.EM_ANALISE, antes=[_recusar_com_recurso])


def _recusar_com_recurso(mudancas: Sequence[Mudanca]) -> None:
    """An analysis whose glosas were appealed against stays as it was when they were."""
    voltam = [mudanca.protocolo for mudanca in mudancas if mudanca.de != SituacaoDoProtocolo.ENVIADO]
    if ocupados := transicoes.trancar_sem_esperar([protocolo.pk for protocolo in voltam]):
        ocupado = next(protocolo for protocolo in voltam if protocolo.pk == ocupados[0])
        raise ComRecursoEnviado(
            f"A análise do protocolo {ocupado.numero} não foi reaberta: o prestador trabalha neste instante em um "
            "recurso contra ela. Tente de novo em seguida.",
            ocupado,
        )
    recurso = Recurso.objects.filter(protocolo__in=voltam, enviado_em__isnull=False).select_related("protocolo").first()
    if recurso is not None:
        raise ComRecursoEnviado(
            f"A análise do protocolo {recurso.protocolo.numero} não foi reaberta: há o recurso {recurso.numero} contra "
            "as glosas dela. Responda ao recurso: o que for acatado é pago por ele.",
            recurso,
        )
