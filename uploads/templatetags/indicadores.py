"""Small charts of the pages to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

_ALTURA: Final = 24
"""Pixels of the highest bar."""


@register.simple_tag
def serie(meses: Sequence[str], valores: Sequence[int]) -> SafeString:
    """A bar for each month, x in percent and heights in pixels; for who does not see it, the months and figures."""
    passo = 100 / len(valores)
    maior = max([*valores, 1])
    barras = format_html_join(
        "",
        '<rect x="{}%" y="{}" width="{}%" height="{}"/>',
        (
            (f"{passo * indice:.2f}", _ALTURA - altura, f"{passo * 0.7:.2f}", altura)
            for indice, altura in enumerate(-(-_ALTURA * valor // maior) for valor in valores)
            if altura
        ),
    )
    palavras = ", ".join(f"{mes}: {valor}" for mes, valor in zip(meses, valores, strict=True) if valor)
    return format_html('<svg class="serie" role="img" aria-label="Arquivos por mês. {}">{}</svg>', palavras, barras)
