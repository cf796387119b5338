"""When lots are received: pure judging of windows and exceptions, for screens, sending and rules alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

PERTO: Final = timedelta(hours=48)
"""How long before its end a window is warned of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Janela:
    """A window as registered. `convenio` None and `grupo` "": all. Instants are aware; `fecha` is already too late."""

    id: int
    convenio: int | None
    grupo: str
    competencia: date
    abre: datetime
    fecha: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Prazo:
    """What a calendar says at one instant to one prestador. `aberta` None: closed; `proxima` None: none is announced.

    Windows already end when their exceptions say.
    """

    agora: datetime
    aberta: Janela | None
    proxima: Janela | None

    @property
    def falta(self) -> timedelta | None:
        """How long the open window stays open."""
        return None if self.aberta is None else self.aberta.fecha - self.agora

    @property
    def perto(self) -> bool:
        """Whether it closes in less than two days."""
        return self.falta is not None and self.falta < PERTO


def janela_para(
    janelas: Iterable[Janela],
    excecoes: Mapping[int, datetime],
    *,
    grupo: str,
    convenio: int | None,
    agora: datetime,
) -> Prazo | None:
    """What the calendar says at `agora` to a prestador of that group about guides of that convênio.

    `excecoes`: the prestador's other end by id of window. None where there is no calendar for it: no window is for it,
    or none of them has opened yet, so that next year's calendar closes nothing today. Of several open windows the one
    that closes last counts.
    """
    minhas = _mais_particulares(janelas, grupo, convenio)
    efetivas = [_com_excecao(janela, excecoes.get(janela.id)) for janela in minhas]
    if not any(janela.abre <= agora for janela in efetivas):
        return None
    abertas = [janela for janela in efetivas if janela.abre <= agora < janela.fecha]
    futuras = [janela for janela in efetivas if agora < janela.abre]
    return Prazo(
        agora=agora,
        aberta=max(abertas, key=lambda janela: (janela.fecha, janela.competencia), default=None),
        proxima=min(futuras, key=lambda janela: (janela.abre, janela.competencia), default=None),
    )


def _mais_particulares(janelas: Iterable[Janela], grupo: str, convenio: int | None) -> list[Janela]:
    """Of each competência, the window that is meant most for that group and convênio."""
    por_competencia: dict[date, Janela] = {}
    for janela in janelas:
        if janela.grupo not in ("", grupo) or janela.convenio not in (None, convenio):
            continue
        antes = por_competencia.get(janela.competencia)
        if antes is None or _particularidade(antes) < _particularidade(janela):
            por_competencia[janela.competencia] = janela
    return list(por_competencia.values())


def _particularidade(janela: Janela) -> tuple[bool, bool]:
    return bool(janela.grupo), janela.convenio is not None


def _com_excecao(janela: Janela, fecha: datetime | None) -> Janela:
    if fecha is None:
        return janela
    return Janela(
        id=janela.id,
        convenio=janela.convenio,
        grupo=janela.grupo,
        competencia=janela.competencia,
        abre=janela.abre,
        fecha=fecha,
    )
