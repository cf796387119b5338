"""Reading the calendars that somebody is held to, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from convenios.calendario.janelas import Janela, Prazo, janela_para
from convenios.calendario.models import ExcecaoDeEntrega, JanelaDeEntrega
from convenios.models import Credenciamento

ABANDONADO: Final = timedelta(days=400)
"""A calendar whose last window ended longer ago holds nobody any more."""


@dataclass(frozen=True, slots=True)
class Calendarios:
    """Calendars as one prestador is held to them. `janelas` and `grupos` by operadora, `excecoes` by window."""

    janelas: Mapping[int, list[Janela]]
    grupos: Mapping[int, str]
    excecoes: Mapping[int, datetime]

    def prazo(self, operadora: int, convenio: int | None, agora: datetime) -> Prazo | None:
        """What that operadora's calendar says of guides of that convênio; None: it has none for this prestador."""
        return janela_para(
            self.janelas.get(operadora, ()),
            self.excecoes,
            grupo=self.grupos.get(operadora, ""),
            convenio=convenio,
            agora=agora,
        )

    def por_convenio(self, operadora: int) -> bool:
        """Whether it matters there by which convênio a lot is billed."""
        return any(janela.convenio is not None for janela in self.janelas.get(operadora, ()))


def calendarios_de(prestador: int, operadoras: Collection[int], agora: datetime) -> Calendarios:
    """Read the calendars of those operadoras (ids) for that prestador: three queries, one where there is none.

    Works in the scope of either side.
    """
    janelas = _janelas(operadoras, agora)
    if not janelas:
        return Calendarios({}, {}, {})
    contratos = Credenciamento.objects.filter(prestador=prestador, operadora__in=operadoras)
    excecoes = ExcecaoDeEntrega.objects.filter(prestador=prestador, operadora__in=operadoras)
    return Calendarios(
        janelas, dict(contratos.values_list("operadora", "grupo")), dict(excecoes.values_list("janela", "fecha"))
    )


def _janelas(operadoras: Iterable[int], agora: datetime) -> dict[int, list[Janela]]:
    linhas = JanelaDeEntrega.objects.filter(operadora__in=operadoras, fecha__gt=agora - ABANDONADO)
    por_operadora = defaultdict(list)
    for linha in linhas:
        por_operadora[linha.operadora_id].append(em_memoria(linha))
    return dict(por_operadora)


def em_memoria(linha: JanelaDeEntrega) -> Janela:
    """A row as the pure functions judge it."""
    return Janela(
        id=linha.pk,
        convenio=linha.convenio_id,
        grupo=linha.grupo,
        competencia=linha.competencia,
        abre=linha.abre,
        fecha=linha.fecha,
    )
