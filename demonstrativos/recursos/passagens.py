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
    for protocolo in voltam:
        transicoes.trancar_protocolo(protocolo.pk)
    recurso = Recurso.objects.filter(protocolo__in=voltam, enviado_em__isnull=False).select_related("protocolo").first()
    if recurso is not None:
        raise ComRecursoEnviado(
            f"A análise do protocolo {recurso.protocolo.numero} não foi reaberta: há o recurso {recurso.numero} contra "
            "as glosas dela. Responda ao recurso: o que for acatado é pago por ele.",
            recurso,
        )
