"""Ways to the statements of a protocol, for the screens of other apps.

{% load emissao %}
{% botao_de_demonstrativo protocolo %}            in a bar of actions: *Gerar Demonstrativo*
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from conecta.contas.papeis import Permissao
from lotes.models import Protocolo

register = template.Library()


@register.inclusion_tag("emissao/_botao.html", takes_context=True)
def botao_de_demonstrativo(context: RequestContext, protocolo: Protocolo | None) -> dict[str, Any]:
    """The button, for who may press it; nothing for a lot that was not sent."""
    request = context["request"]
    if protocolo is None or not request.vinculo.pode(Permissao.DEMONSTRATIVO_VER):
        return {}
    return {"org": request.organizacao, "protocolo": protocolo}
