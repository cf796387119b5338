"""A year of a calendar as screens show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import QuerySet

from conecta.contas.models import Organizacao
from convenios.calendario.janelas import PERTO
from convenios.calendario.models import ExcecaoDeEntrega, JanelaDeEntrega


class Situacao(StrEnum):
    """Where a window is now."""

    FUTURA = "futura"
    ABERTA = "aberta"
    PERTO = "perto"
    ENCERRADA = "encerrada"


@dataclass(frozen=True, slots=True, kw_only=True)
class Linha:
    """A window with its exceptions; `fecha` is its end for whoever looks at it."""

    janela: JanelaDeEntrega
    fecha: datetime
    situacao: Situacao
    excecoes: list[ExcecaoDeEntrega]


def ano_da_operadora(operadora: Organizacao, ano: int, agora: datetime) -> list[Linha]:
    """Every window of the competências of that year, with all exceptions."""
    return [_linha(janela, janela.fecha, agora) for janela in _do_ano(ano).filter(operadora=operadora)]


def ano_do_prestador(prestador: Organizacao, ano: int, agora: datetime) -> list[Linha]:
    """The windows of that year that hold for a prestador, by operadora, each with the end that it has for it.

    Where there is one for its group, that for everybody does not hold.
    """
    do_grupo: dict[tuple[object, ...], JanelaDeEntrega] = {}
    janelas = _do_ano(ano).filter(operadora__credenciados__prestador=prestador)
    for janela in janelas.order_by("operadora__sigla", *_ORDEM):
        chave = (janela.operadora_id, janela.competencia, janela.convenio_id)
        if chave not in do_grupo or janela.grupo:
            do_grupo[chave] = janela
    linhas = []
    for janela in do_grupo.values():
        minha = next((excecao for excecao in janela.excecoes.all() if excecao.prestador_id == prestador.pk), None)
        linhas.append(_linha(janela, minha.fecha if minha else janela.fecha, agora))
    return linhas


def ultimo_fim(operadora: Organizacao) -> datetime | None:
    """When the last window of the calendar ends; None: there is no calendar."""
    ultima = JanelaDeEntrega.objects.filter(operadora=operadora).order_by("-fecha").values_list("fecha", flat=True)
    return ultima.first()


def situacao(abre: datetime, fecha: datetime, agora: datetime) -> Situacao:
    """Where a window with these ends is."""
    if agora < abre:
        return Situacao.FUTURA
    if fecha <= agora:
        return Situacao.ENCERRADA
    return Situacao.PERTO if fecha - agora < PERTO else Situacao.ABERTA


_ORDEM = ("competencia", "grupo", "convenio__codigo")


def _do_ano(ano: int) -> QuerySet[JanelaDeEntrega]:
    janelas = JanelaDeEntrega.objects.filter(competencia__year=ano).select_related("operadora", "convenio")
    return janelas.prefetch_related("excecoes__prestador").order_by(*_ORDEM)


def _linha(janela: JanelaDeEntrega, fecha: datetime, agora: datetime) -> Linha:
    return Linha(
        janela=janela,
        fecha=fecha,
        situacao=situacao(janela.abre, fecha, agora),
        excecoes=list(janela.excecoes.all()),
    )
