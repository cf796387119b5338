"""How people are told of windows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from convenios.calendario.janelas import Janela, Prazo

_MESES: Final = (
    *("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro"),
    *("novembro", "dezembro"),
)


def competencia(dia: date) -> str:
    """ "novembro de 2026"."""
    return f"{_MESES[dia.month - 1]} de {dia.year}"


def momento(quando: datetime) -> str:
    """ "10/12/2026 às 18:00", local."""
    return f"{timezone.localtime(quando):%d/%m/%Y às %H:%M}"


def quanto_falta(tempo: timedelta) -> str:
    """ "3 dias", "26 horas", "40 minutos": as exact as it helps."""
    minutos = int(tempo.total_seconds()) // 60
    if minutos >= 48 * 60:
        return f"{minutos // (24 * 60)} dias"
    if minutos >= 2 * 60:
        return f"{minutos // 60} horas"
    return f"{minutos} minuto{'' if minutos == 1 else 's'}"


def da_proxima(proxima: Janela | None) -> str:
    """When one may send again, as a whole sentence."""
    if proxima is None:
        return "A operadora ainda não anunciou a próxima janela; fale com ela."
    return (
        f"A próxima janela, da competência {competencia(proxima.competencia)}, abre em {momento(proxima.abre)} e fecha "
        f"em {momento(proxima.fecha)}."
    )


def do_prazo(prazo: Prazo) -> str:
    """Until when one may send, or when again, as a short phrase without full stop."""
    if prazo.aberta is not None:
        return momento(prazo.aberta.fecha)
    if prazo.proxima is not None:
        return f"encerrado: a próxima janela abre em {momento(prazo.proxima.abre)}"
    return "encerrado: a próxima janela ainda não foi anunciada"
