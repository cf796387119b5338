"""What the screens of the analysis draw.

{% load mesa %}
{{ descricoes|chave:codigo }}            value of a mapping, "" where it has none
{{ motivo|sem_ponto }}                   a sentence without its full stop, to be written on
{% prazo_da_analise dia %}               how much time is left, as a state
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from conecta.interface.templatetags.interface import selo

register = template.Library()


@register.filter
def chave(mapa: Mapping[str, str], nome: str) -> str:
    """What stands there under that name."""
    return mapa.get(nome, "")


@register.filter
def sem_ponto(frase: str) -> str:
    """The sentence up to its full stop."""
    return frase.strip().removesuffix(".")


@register.simple_tag
def prazo_da_analise(dia: date | None) -> SafeString | str:
    """In words: "vence em 3 dias", "vence hoje", "venceu há 2 dias"; amber from three days before, red after it."""
    if dia is None:
        return ""
    dias = (dia - timezone.localdate()).days
    if dias < 0:
        return selo("vermelho", "prazo", f"venceu há {-dias} dia{'' if dias == -1 else 's'}")
    if dias == 0:
        return selo("ambar", "prazo", "vence hoje")
    return selo("ambar" if dias <= 3 else "neutro", "prazo", f"vence em {dias} dia{'' if dias == 1 else 's'}")
