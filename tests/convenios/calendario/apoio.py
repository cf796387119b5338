"""Windows for tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from convenios.calendario.models import JanelaDeEntrega
from convenios.calendario.transicoes import guardar_janela
from convenios.models import Convenio
from tests.fabrica import Cenario


def janela(
    cenario: Cenario,
    operadora: str,
    abre: datetime,
    fecha: datetime,
    *,
    competencia: date | None = None,
    grupo: str = "",
    convenio: Convenio | None = None,
) -> JanelaDeEntrega:
    """Let the gestor of the operadora register a window; of the month before it opens, unless told."""
    with cenario.dentro(operadora, "gestor"):
        return guardar_janela(
            operadora=cenario.organizacoes[operadora],
            janela=None,
            valores={
                "competencia": competencia
                or (timezone.localdate(abre).replace(day=1) - timedelta(days=1)).replace(day=1),
                "abre": abre,
                "fecha": fecha,
                "grupo": grupo,
                "convenio": convenio,
            },
            por=cenario.pessoa("gestor", operadora),
        )


def janela_aberta(cenario: Cenario, operadora: str, falta: timedelta = timedelta(days=5)) -> JanelaDeEntrega:
    """A window of this month's competência that opened yesterday."""
    agora = timezone.now()
    return janela(
        cenario, operadora, agora - timedelta(days=1), agora + falta, competencia=timezone.localdate().replace(day=1)
    )


def janela_fechada(cenario: Cenario, operadora: str, ha: timedelta = timedelta(days=1)) -> JanelaDeEntrega:
    """A window that closed a while ago."""
    agora = timezone.now()
    return janela(cenario, operadora, agora - ha - timedelta(days=5), agora - ha, competencia=date(2026, 1, 1))
