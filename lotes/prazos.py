"""Until when a lot may be sent, by its operadora's calendar (*Enviar Até*)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.calendario.consultas import Calendarios, calendarios_de
from convenios.calendario.janelas import Janela, Prazo
from convenios.calendario.palavras import competencia, da_proxima, momento, quanto_falta
from convenios.models import Convenio, Credenciamento
from lotes.estados import POR_ENVIAR
from lotes.models import Lote

_MAIS_LOTES: Final = 500
"""Lots whose deadline the first page looks at: the oldest, which are the most urgent."""


def prazos_dos(lotes: Collection[Lote], agora: datetime) -> dict[int, Prazo]:
    """What the calendars say of lots of one prestador that wait to be sent, by lot; some have no calendar.

    The same few queries for one lot and for a hundred.
    """
    if not lotes:
        return {}
    (prestador,) = {lote.prestador_id for lote in lotes}
    return _prazos(lotes, calendarios_de(prestador, {lote.operadora_id for lote in lotes}, agora), agora)


def prazo_do(lote: Lote, agora: datetime) -> Prazo | None:
    """What the calendar says of one lot; None: it has no deadline."""
    return prazos_dos([lote], agora).get(lote.pk)


def ultimo_dia(janela: Janela) -> date:
    """The last day on which the window is open for at least a moment."""
    return timezone.localdate(janela.fecha - timedelta(microseconds=1))


def frase_do_prazo(prazo: Prazo) -> str:
    """How the deadline stands, as a whole sentence."""
    if prazo.aberta is None:
        return f"O prazo de entrega está encerrado. {da_proxima(prazo.proxima)}"
    falta = f", em {quanto_falta(prazo.falta)}" if prazo.perto and prazo.falta else ""
    da_competencia = competencia(prazo.aberta.competencia)
    return f"A janela da competência {da_competencia} fecha em {momento(prazo.aberta.fecha)}{falta}."


@dataclass(slots=True)
class Aviso:
    """A deadline that is near, or over while lots wait. `lotes`: how many wait."""

    operadora: str
    frase: str
    encerrado: bool
    lotes: int = 0


def avisos_de_prazo(prestador: Organizacao, agora: datetime) -> list[Aviso]:
    """What the prestador must know of its operadoras' calendars today, what is over first."""
    por_enviar = Lote.objects.do_prestador(prestador).filter(situacao__in=POR_ENVIAR).select_related("operadora")
    lotes = list(por_enviar.order_by("criado_em")[:_MAIS_LOTES])
    contratos = Credenciamento.objects.filter(prestador=prestador).vigentes_em(timezone.localdate(agora))
    contratadas = {contrato.operadora_id: contrato.operadora for contrato in contratos.select_related("operadora")}
    calendarios = calendarios_de(prestador.pk, contratadas.keys() | {lote.operadora_id for lote in lotes}, agora)
    prazos = _prazos(lotes, calendarios, agora)
    avisos: dict[tuple[int, str], Aviso] = {}
    for lote in lotes:
        if lote.pk in prazos and _preocupa(prazos[lote.pk]):
            _aviso(avisos, lote.operadora, prazos[lote.pk]).lotes += 1
    for pk in contratadas.keys() - {operadora for operadora, _ in avisos}:
        prazo = calendarios.prazo(pk, None, agora)
        if prazo is not None and prazo.perto:
            _aviso(avisos, contratadas[pk], prazo)
    return sorted(avisos.values(), key=lambda aviso: (not aviso.encerrado, aviso.operadora))


def _prazos(lotes: Collection[Lote], calendarios: Calendarios, agora: datetime) -> dict[int, Prazo]:
    convenios = _convenios([lote for lote in lotes if calendarios.por_convenio(lote.operadora_id)])
    prazos = {lote.pk: calendarios.prazo(lote.operadora_id, convenios.get(lote.pk), agora) for lote in lotes}
    return {lote: prazo for lote, prazo in prazos.items() if prazo is not None}


def _preocupa(prazo: Prazo) -> bool:
    return prazo.aberta is None or prazo.perto


def _aviso(avisos: dict[tuple[int, str], Aviso], operadora: Organizacao, prazo: Prazo) -> Aviso:
    frase = frase_do_prazo(prazo)
    novo = Aviso(operadora=operadora.sigla, frase=frase, encerrado=prazo.aberta is None)
    return avisos.setdefault((operadora.pk, frase), novo)


def _convenios(lotes: Collection[Lote]) -> dict[int, int]:
    """By which convênio each lot is billed, as `pagador.convenio_do` says of one: its own, else the principal one."""
    operadoras = {lote.operadora_id for lote in lotes if lote.convenio_id is None}
    principais: dict[int, int] = {}
    if operadoras:
        dos_principais = Convenio.objects.filter(operadora__in=operadoras, principal=True)
        principais = dict(dos_principais.values_list("operadora", "pk"))
    dos_lotes = ((lote.pk, lote.convenio_id or principais.get(lote.operadora_id)) for lote in lotes)
    return {lote: convenio for lote, convenio in dos_lotes if convenio is not None}
