"""What the analysis does when its protocol passes to another state."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, QuerySet
from django.utils import timezone

from conecta.erros import ErroDeNegocio
from demonstrativos.analise.criacao import criar, parametros_de
from demonstrativos.analise.estados import Conferencia
from demonstrativos.analise.models import Analise, GuiaAnalisada
from demonstrativos.analise.recusas import MotivoEmFalta
from lotes import passagens
from lotes.estados import SituacaoDoProtocolo
from lotes.passagens import Mudanca

_P = SituacaoDoProtocolo


class AnaliseIncompleta(ErroDeNegocio):
    """Something of the analysis still waits for a person, or for the automatic pass."""


def registrar() -> None:
    """Take part in the path of protocols."""
    passagens.registrar(_P.EM_ANALISE, antes=[_exigir_motivo, _criar], depois=[_reabrir])
    passagens.registrar(_P.LIBERADO, antes=[_liberar])
    passagens.registrar(_P.FATURADO, antes=[_exigir_liberada])
    passagens.registrar(_P.ENCERRADO_SEM_PAGAMENTO, antes=[_encerrar])


def _exigir_motivo(mudancas: Sequence[Mudanca]) -> None:
    """What was released is opened again with a reason, whichever way it comes back."""
    sem_motivo = [mudanca.protocolo.pk for mudanca in mudancas if not mudanca.nota.strip()]
    analise = (
        Analise.objects.filter(protocolo__in=sem_motivo, liberada_em__isnull=False)
        .select_related("protocolo")
        .order_by("pk")
        .first()
    )
    if analise is not None:
        raise MotivoEmFalta(
            f"O protocolo {analise.protocolo.numero} não voltou à análise: ela já tinha sido liberada, e reabri-la "
            "pede um motivo. Escreva-o na observação; o prestador a lê no histórico.",
            analise,
        )


def _criar(mudancas: Sequence[Mudanca]) -> None:
    criar([mudanca.protocolo for mudanca in mudancas], conferir=True)


def _reabrir(mudancas: Sequence[Mudanca]) -> None:
    """Back from release or from a court's block: everything may be changed again."""
    for analise in _de(mudancas).filter(liberada_em__isnull=False):
        # One by one: each is a whole statement of its own down to its glosas, and reopening is rare.
        Analise.objects.filter(pk=analise.pk).update(liberada_em=None)


def _liberar(mudancas: Sequence[Mudanca]) -> None:
    """Freeze what was decided and show it to the prestador. Refuses what is not decided yet."""
    # Of protocols that were in analysis before there was a desk.
    criar([mudanca.protocolo for mudanca in mudancas], conferir=False)
    analises = _de(mudancas)
    _recusar_pendente(analises)
    _recusar_proposta(analises)
    if parametros_de(mudancas[0].protocolo.operadora).exige_conferencia_das_guias:
        _recusar_por_conferir(analises)
    analises.filter(liberada_em__isnull=True).update(liberada_em=timezone.now())


def _exigir_liberada(mudancas: Sequence[Mudanca]) -> None:
    """A protocol that was released before there was a desk gets its analysis now: accepted as billed."""
    criar([mudanca.protocolo for mudanca in mudancas], conferir=False)
    _de(mudancas).filter(liberada_em__isnull=True).update(
        liberada_em=timezone.now(), conferencia=Conferencia.DISPENSADA
    )


def _encerrar(mudancas: Sequence[Mudanca]) -> None:
    """Where everything was refused the prestador reads why; what nobody confirmed it never reads."""
    recusadas = _de(mudancas).filter(
        liberada_em__isnull=True, valor_processado__gt=0, valor_glosado=F("valor_processado")
    )
    recusadas.exclude(guias__propostas__gt=0).update(liberada_em=timezone.now())


def _de(mudancas: Sequence[Mudanca]) -> QuerySet[Analise]:
    """Their analyses, locked in the order in which the work list locks them: many released while many are given to
    somebody wait for each other instead of dead-locking."""
    analises = Analise.objects.filter(protocolo__in=[mudanca.protocolo.pk for mudanca in mudancas])
    list(analises.select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    return analises


def _recusar_pendente(analises: QuerySet[Analise]) -> None:
    pendente = analises.filter(conferencia=Conferencia.PENDENTE).select_related("protocolo").first()
    if pendente is not None:
        raise AnaliseIncompleta(
            f"O protocolo {pendente.protocolo.numero} não foi liberado: a conferência automática dele ainda não "
            "terminou. Aguarde alguns instantes e tente de novo.",
            pendente,
        )


def _recusar_proposta(analises: QuerySet[Analise]) -> None:
    guia = (
        GuiaAnalisada.objects.filter(analise__in=analises, propostas__gt=0)
        .select_related("guia", "analise__protocolo")
        .order_by("analise_id", "posicao")
        .first()
    )
    if guia is not None:
        raise AnaliseIncompleta(
            f"O protocolo {guia.analise.protocolo.numero} não foi liberado: na guia {guia.guia.numero_do_prestador} há "
            "glosa da conferência automática a confirmar. Aceite ou retire cada uma na mesa de análise.",
            guia,
        )


def _recusar_por_conferir(analises: QuerySet[Analise]) -> None:
    guia = (
        GuiaAnalisada.objects.filter(analise__in=analises, conferida_em__isnull=True)
        .select_related("guia", "analise__protocolo")
        .order_by("analise_id", "posicao")
        .first()
    )
    if guia is not None:
        raise AnaliseIncompleta(
            f"O protocolo {guia.analise.protocolo.numero} não foi liberado: a guia {guia.guia.numero_do_prestador} "
            "ainda não foi conferida. Confira todas as guias na mesa de análise.",
            guia,
        )
