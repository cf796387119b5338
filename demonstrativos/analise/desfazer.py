"""Undo: what a person did last on a protocol, taken back as if it had not been done."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from demonstrativos.analise import fotografia
from demonstrativos.analise.models import Acao, Analise
from demonstrativos.analise.recusas import DesfazerRecusado, NadaADesfazer
from demonstrativos.analise.trabalho import Trabalho, abrir_inteira, nome_de

_DO_QUE_HAVIA: Final = ("antes", "depois")
"""Of 22,000 items megabytes, which no page reads to name an action."""


@transaction.atomic
def desfazer(*, analise: Analise, por: Usuario) -> Acao:
    """Take back the last thing that `por` did here and has not taken back yet.

    Raises `NadaADesfazer`; `DesfazerRecusado` where somebody else, or the automatic pass, changed one of the same
    guides since.
    """
    trabalho = abrir_inteira(analise, por, None)
    acao = ultima_de(trabalho.analise, por)
    if acao is None:
        raise NadaADesfazer("Não há nada seu a desfazer neste protocolo.")
    posterior = (
        Acao.objects.filter(analise=trabalho.analise, pk__gt=acao.pk, desfeita_em=None, guias__overlap=acao.guias)
        .order_by("-pk")
        .defer(*_DO_QUE_HAVIA)
        .first()
    )
    if posterior is not None:
        quem = posterior.por_nome if posterior.por_id else "a conferência automática"
        raise DesfazerRecusado(
            f"“{acao.titulo}” não foi desfeita: depois dela {quem} mudou a mesma guia "
            f"(“{posterior.titulo}”). Desfaça à mão o que for preciso.",
            acao,
        )
    acao.refresh_from_db(fields=_DO_QUE_HAVIA)
    fotografia.repor(acao.analise, acao.antes, acao.depois)
    Acao.objects.filter(pk=acao.pk).update(desfeita_em=timezone.now(), desfeita_por_nome=nome_de(por))
    delas = {pk: guia for pk, guia in trabalho.guias.items() if pk in set(acao.guias)}
    Trabalho(trabalho.analise, delas, por).contar_versao()
    return acao


def ultima_de(analise: Analise, por: Usuario) -> Acao | None:
    """What `desfazer` would take back, without what stood there before and after. One query."""
    dela = Acao.objects.filter(analise=analise, por=por, desfeita_em=None).exclude(guias=[])
    return dela.order_by("-pk").defer(*_DO_QUE_HAVIA).first()
