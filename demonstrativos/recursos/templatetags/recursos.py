"""Filters of the pages of appeals.

{% load recursos %}
{{ descricoes|de:glosa.codigo }}      what a code means, "" for one that nobody knows
{{ linha.valor_recursado|digitado }}  an amount as it is typed: 1234.5 → "1.234,50"
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django import template

from conecta.interface.formatos import dinheiro

register = template.Library()


@register.filter
def de(descricoes: Mapping[str, str], codigo: str) -> str:
    """The description of that code."""
    return descricoes.get(codigo, "")


@register.filter
def digitado(valor: Decimal | str) -> str:
    """An amount as a field shows it; what somebody typed stays as it is."""
    return valor if isinstance(valor, str) else dinheiro(valor)
