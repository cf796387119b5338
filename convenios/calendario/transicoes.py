"""Changes of a calendar: in one transaction each, and kept in the audit trail by the database.

`por` is who the scope says is acting: the trail has the name from there.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.erros import ErroDeNegocio
from convenios.calendario.models import ExcecaoDeEntrega, JanelaDeEntrega
from convenios.calendario.palavras import competencia as em_palavras
from convenios.calendario.palavras import momento
from convenios.models import Convenio
from convenios.transicoes import travar


class JanelaRecusada(ErroDeNegocio):
    """A window that cannot be, or that is there already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Padrao:
    """ "Do dia 1 às 00:00 ao dia 10 às 18:00, doze meses": the windows of several competências.

    `meses_depois`: in which month the window is, counted from its competência. A day that a month does not have is its
    last.
    """

    primeira: date
    meses: int
    meses_depois: int
    do_dia: int
    da_hora: time
    ao_dia: int
    a_hora: time
    convenio: Convenio | None = None
    grupo: str = ""


@dataclass(frozen=True, slots=True)
class Geradas:
    """Windows that were made, and how many competências had one already."""

    novas: list[JanelaDeEntrega]
    ja_havia: int


@transaction.atomic
def gerar(*, operadora: Organizacao, padrao: Padrao, por: Usuario) -> Geradas:
    """Make the windows of a pattern; competências that have one for the same group and convênio keep it.

    Raises `JanelaRecusada` where a window would end before it begins.
    """
    travar(operadora)
    novas = janelas_do(operadora, padrao)
    existentes = JanelaDeEntrega.objects.filter(operadora=operadora, convenio=padrao.convenio, grupo=padrao.grupo)
    tomadas = set(existentes.values_list("competencia", flat=True))
    livres = [janela for janela in novas if janela.competencia not in tomadas]
    return Geradas(JanelaDeEntrega.objects.bulk_create(livres), len(novas) - len(livres))


def janelas_do(operadora: Organizacao, padrao: Padrao) -> list[JanelaDeEntrega]:
    """The windows of a pattern, not saved. Raises `JanelaRecusada`."""
    janelas = []
    for numero in range(padrao.meses):
        competencia = _mes(padrao.primeira, numero)
        mes = _mes(competencia, padrao.meses_depois)
        janela = JanelaDeEntrega(
            operadora=operadora,
            convenio=padrao.convenio,
            grupo=padrao.grupo,
            competencia=competencia,
            abre=_instante(mes, padrao.do_dia, padrao.da_hora),
            fecha=_instante(mes, padrao.ao_dia, padrao.a_hora),
        )
        _conferir(janela)
        janelas.append(janela)
    return janelas


@transaction.atomic
def guardar_janela(
    *, operadora: Organizacao, janela: JanelaDeEntrega | None, valores: Mapping[str, Any], por: Usuario
) -> JanelaDeEntrega:
    """Make a window (`janela` None) or change one. `valores`: competencia, abre, fecha, grupo, convenio.

    Raises `JanelaRecusada`.
    """
    travar(operadora)
    atual = JanelaDeEntrega(operadora=operadora) if janela is None else JanelaDeEntrega.objects.get(pk=janela.pk)
    for nome, valor in valores.items():
        setattr(atual, nome, valor)
    _conferir(atual)
    iguais = JanelaDeEntrega.objects.filter(
        operadora=operadora, convenio=atual.convenio, grupo=atual.grupo, competencia=atual.competencia
    )
    if iguais.exclude(pk=atual.pk).exists():
        raise JanelaRecusada(
            f"Já há uma janela da competência {em_palavras(atual.competencia)} para os mesmos prestadores e o mesmo "
            "convênio. Mude aquela.",
            atual,
        )
    atual.save()
    return atual


@transaction.atomic
def excluir_janela(*, janela: JanelaDeEntrega, por: Usuario) -> None:
    """Take a window away, with its exceptions. What was sent in it stays sent."""
    travar(janela.operadora)
    JanelaDeEntrega.objects.filter(pk=janela.pk).delete()


@transaction.atomic
def abrir_excecao(
    *, janela: JanelaDeEntrega, prestador: Organizacao, fecha: datetime, motivo: str, por: Usuario
) -> ExcecaoDeEntrega:
    """Let the window end otherwise for one prestador, in place of what was said for it before.

    Raises `JanelaRecusada` when that end is not after its beginning.
    """
    if fecha <= janela.abre:
        raise JanelaRecusada(
            f"A janela abre em {momento(janela.abre)}: o fim da exceção precisa ser depois disso.", janela
        )
    excecao, _ = ExcecaoDeEntrega.objects.update_or_create(
        operadora=janela.operadora,
        janela=janela,
        prestador=prestador,
        defaults={"fecha": fecha, "motivo": motivo},
    )
    return excecao


@transaction.atomic
def retirar_excecao(*, excecao: ExcecaoDeEntrega, por: Usuario) -> None:
    """Let the window end for the prestador as for the others."""
    ExcecaoDeEntrega.objects.filter(pk=excecao.pk).delete()


def _conferir(janela: JanelaDeEntrega) -> None:
    if janela.fecha <= janela.abre:
        raise JanelaRecusada(
            f"A janela da competência {em_palavras(janela.competencia)} fecharia em {momento(janela.fecha)}, antes de "
            f"abrir em {momento(janela.abre)}. Confira dias e horas.",
            janela,
        )


def _mes(competencia: date, depois: int) -> date:
    meses = competencia.year * 12 + competencia.month - 1 + depois
    return date(meses // 12, meses % 12 + 1, 1)


def _instante(mes: date, dia: int, hora: time) -> datetime:
    ultimo = calendar.monthrange(mes.year, mes.month)[1]
    return timezone.make_aware(datetime.combine(mes.replace(day=min(dia, ultimo)), hora))
