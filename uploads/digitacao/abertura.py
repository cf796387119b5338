"""Who has a guide open: the second person is told, and may go on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Usuario
from uploads.digitacao.models import GuiaDigitada

SEM_SINAL: Final = timedelta(minutes=5)
"""After that long without a step, whoever opened the guide has left it."""


@dataclass(frozen=True, slots=True)
class OutraPessoa:
    """Who else has the guide open, and the last sign of life of that person."""

    nome: str
    quando: datetime


def abrir(*, guia: GuiaDigitada, por: Usuario) -> OutraPessoa | None:
    """Note that this person has the guide open now, and say who else has. Each step of typing is a sign of life."""
    outra = _aberta_por_outro(guia, por)
    agora = timezone.now()
    GuiaDigitada.objects.filter(pk=guia.pk).update(aberta_por=por, aberta_por_nome=por.nome, aberta_em=agora)
    guia.aberta_por, guia.aberta_por_nome, guia.aberta_em = por, por.nome, agora
    return outra


def _aberta_por_outro(guia: GuiaDigitada, por: Usuario) -> OutraPessoa | None:
    if guia.aberta_por_id in (None, por.pk) or guia.aberta_em is None:
        return None
    return OutraPessoa(guia.aberta_por_nome, guia.aberta_em) if timezone.now() - guia.aberta_em <= SEM_SINAL else None


def sem_sinal() -> Q:
    """The guides that nobody has open."""
    return Q(aberta_em=None) | Q(aberta_em__lt=timezone.now() - SEM_SINAL)
