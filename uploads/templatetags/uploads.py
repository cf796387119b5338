"""Filters of the screens of uploads."""

from __future__ import annotations

from django import template

from tiss_schemas.edicao import Motivo

register = template.Library()

_MOTIVOS = {
    Motivo.EDICAO: "Correção",
    Motivo.INCLUSAO: "Inclusão",
    Motivo.REMOCAO: "Remoção",
    Motivo.MOVIMENTO: "Ordem do padrão",
    Motivo.RECALCULO: "Recálculo de totais",
    Motivo.HASH: "Hash refeito",
}


@register.filter
def de_codigo(titulos: dict[str, str], codigo: str) -> str:
    """What Tabela 38 calls a code, in a dict by code."""
    return titulos.get(codigo, "Crítica do arquivo")


@register.filter
def motivo(valor: str) -> str:
    """Why something was changed, in words."""
    return _MOTIVOS[Motivo(valor)]
