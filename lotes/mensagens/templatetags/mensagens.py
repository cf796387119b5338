"""Ways to the thread and the documents of a lot, for the screens of other apps.

{% load mensagens %}
{% botoes_de_mensagens lote %}            in a bar of actions: *Troca de Mensagens* with what is new, *Anexos*
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from conecta.contas.papeis import Permissao
from lotes.mensagens.consultas import quantas_por_ler, quantos_anexos
from lotes.models import Lote
from lotes.telas import protocolo_do

register = template.Library()


@register.inclusion_tag("mensagens/_botoes.html", takes_context=True)
def botoes_de_mensagens(context: RequestContext, lote: Lote) -> dict[str, Any]:
    """The buttons that this person may press; nothing for who may not read messages. Two queries."""
    request = context["request"]
    if not request.vinculo.pode(Permissao.MENSAGEM_VER):
        return {}
    return {
        "org": request.organizacao,
        "lote": lote,
        "enviado": protocolo_do(lote) is not None,
        "por_ler": quantas_por_ler(lote, request.organizacao, request.user),
        "anexos": quantos_anexos(lote),
    }
