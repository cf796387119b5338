"""Until when a lot may be sent, by its operadora's calendar (*Enviar Até*)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.calendario.consultas import calendarios_de
from convenios.calendario.janelas import Janela, Prazo
from convenios.calendario.palavras import competencia, da_proxima, momento, quanto_falta
from convenios.models import Beneficiario, Convenio, Credenciamento
from lotes.estados import POR_ENVIAR
from lotes.models import Guia, Lote

_MAIS_LOTES: Final = 500
"""Lots whose deadline the first page looks at: the oldest, which are the most urgent."""


def prazos_dos(lotes: Collection[Lote], agora: datetime) -> dict[int, Prazo]:
    """What the calendars say of lots of one prestador that wait to be sent, by lot; some have no calendar.

    The same few queries for one lot and for a hundred.
    """
    if not lotes:
        return {}
    (prestador,) = {lote.prestador_id for lote in lotes}
    calendarios = calendarios_de(prestador, {lote.operadora_id for lote in lotes}, agora)
    convenios = _convenios([lote for lote in lotes if calendarios.por_convenio(lote.operadora_id)])
    prazos = {lote.pk: calendarios.prazo(lote.operadora_id, convenios.get(lote.pk), agora) for lote in lotes}
    return {lote: prazo for lote, prazo in prazos.items() if prazo is not None}


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
    prazos = prazos_dos(lotes, agora)
    avisos: dict[tuple[int, str], Aviso] = {}
    for lote in lotes:
        if lote.pk in prazos and _preocupa(prazos[lote.pk]):
            _aviso(avisos, lote.operadora, prazos[lote.pk]).lotes += 1
    avisadas = {operadora for operadora, _ in avisos}
    operadoras = {
        contrato.operadora_id: contrato.operadora
        for contrato in Credenciamento.objects.filter(prestador=prestador)
        .vigentes_em(timezone.localdate(agora))
        .select_related("operadora")
        if contrato.operadora_id not in avisadas
    }
    calendarios = calendarios_de(prestador.pk, operadoras, agora)
    for pk, operadora in operadoras.items():
        prazo = calendarios.prazo(pk, None, agora)
        if prazo is not None and prazo.perto:
            _aviso(avisos, operadora, prazo)
    return sorted(avisos.values(), key=lambda aviso: (not aviso.encerrado, aviso.operadora))


def _preocupa(prazo: Prazo) -> bool:
    return prazo.aberta is None or prazo.perto


def _aviso(avisos: dict[tuple[int, str], Aviso], operadora: Organizacao, prazo: Prazo) -> Aviso:
    frase = frase_do_prazo(prazo)
    novo = Aviso(operadora=operadora.sigla, frase=frase, encerrado=prazo.aberta is None)
    return avisos.setdefault((operadora.pk, frase), novo)


def _convenios(lotes: Collection[Lote]) -> dict[int, int]:
    """By which convênio each lot is billed: the one that all its guides share, else the operadora's principal one."""
    if not lotes:
        return {}
    operadoras = {lote.operadora_id for lote in lotes}
    principais = dict(Convenio.objects.filter(operadora__in=operadoras, principal=True).values_list("operadora", "pk"))
    carteiras = defaultdict(set)
    guias = Guia.objects.filter(lote__in=[lote.pk for lote in lotes]).values_list("lote", "numero_carteira")
    for do_lote, carteira in guias:
        carteiras[do_lote].add(carteira)
    planos = _convenio_das_carteiras(operadoras, {c for juntas in carteiras.values() for c in juntas})
    por_lote = {}
    for lote in lotes:
        principal = principais.get(lote.operadora_id)
        usados = {planos.get((lote.operadora_id, carteira), principal) for carteira in carteiras[lote.pk]}
        unico = usados.pop() if len(usados) == 1 else principal
        if unico is not None:
            por_lote[lote.pk] = unico
    return por_lote


def _convenio_das_carteiras(operadoras: Iterable[int], carteiras: Iterable[str]) -> dict[tuple[int, str], int]:
    linhas = Beneficiario.objects.filter(
        operadora__in=list(operadoras), numero_carteira__in=list(carteiras), plano__isnull=False
    )
    return {
        (operadora, carteira): convenio
        for operadora, carteira, convenio in linhas.values_list("operadora", "numero_carteira", "plano__convenio")
    }
