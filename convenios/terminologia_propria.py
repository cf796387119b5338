"""Changes of an operadora's own codes (tables 00, 90, 98). They are closed, never removed: old guides were right."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from conecta.contas.models import Organizacao, Usuario
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import data
from conecta.texto import para_busca
from convenios.models import TermoProprio
from convenios.transicoes import travar


class PeriodoOcupado(ErroDeNegocio):
    """The code already stands for something on some of those days."""


@transaction.atomic
def criar_termo(*, operadora: Organizacao, valores: Mapping[str, Any], por: Usuario) -> TermoProprio:
    """Register a code, or a further period of one. `valores`: tabela, codigo, descricao, vigencia_inicio, vigencia_fim.

    `por` is who the scope says is acting: the trail has the name from there. Raises `PeriodoOcupado`.
    """
    travar(operadora)
    return _guardar(TermoProprio(operadora=operadora, **valores))


@transaction.atomic
def mudar_termo(*, termo: TermoProprio, valores: Mapping[str, Any], por: Usuario) -> TermoProprio:
    """Change what a code stands for, or its days. The code itself stays. Raises `PeriodoOcupado`."""
    travar(termo.operadora)
    atual = TermoProprio.objects.get(pk=termo.pk)
    for nome in ("descricao", "vigencia_inicio", "vigencia_fim"):
        setattr(atual, nome, valores[nome])
    return _guardar(atual)


def ultimo_periodo(operadora: Organizacao, tabela: str, codigo: str) -> TermoProprio | None:
    """The period of a code that can be changed: those before it are history."""
    periodos = TermoProprio.objects.filter(operadora=operadora, tabela=tabela, codigo=codigo)
    return periodos.order_by("-vigencia_inicio").first()


def _guardar(termo: TermoProprio) -> TermoProprio:
    termo.descricao_busca = para_busca(termo.descricao)
    _recusar_sobreposto(termo)
    termo.full_clean(exclude=["operadora"])
    termo.save()
    return termo


def _recusar_sobreposto(termo: TermoProprio) -> None:
    mesmos = TermoProprio.objects.filter(operadora=termo.operadora, tabela=termo.tabela, codigo=termo.codigo)
    acaba = termo.vigencia_fim or date.max
    outro = (
        mesmos.exclude(pk=termo.pk)
        .filter(Q(vigencia_fim__isnull=True) | Q(vigencia_fim__gte=termo.vigencia_inicio), vigencia_inicio__lte=acaba)
        .first()
    )
    if outro is not None:
        fim = f" a {data(outro.vigencia_fim)}" if outro.vigencia_fim else ", sem fim"
        raise PeriodoOcupado(
            f"O código {termo.codigo} da tabela {termo.tabela} já vale de {data(outro.vigencia_inicio)}{fim}. Encerre "
            "aquele período antes, ou escolha dias que não se cruzem com ele.",
            outro,
        )
