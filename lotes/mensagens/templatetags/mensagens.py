"""Ways to the thread and the documents of a lot, for the screens of other apps.

{% load mensagens %}
{% botoes_de_mensagens lote %}            in a bar of actions: *Troca de Mensagens* with what is new, *Anexos*
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import RequestContext

from conecta.contas.papeis import Permissao
from lotes.mensagens.consultas import novidades_do
from lotes.models import Lote
from lotes.telas import protocolo_do

register = template.Library()


@register.inclusion_tag("mensagens/_botoes.html", takes_context=True)
def botoes_de_mensagens(context: RequestContext, lote: Lote) -> dict[str, Any]:
    """The buttons that this person may press; nothing for who may not read messages. One query."""
    request = context["request"]
    if not request.vinculo.pode(Permissao.MENSAGEM_VER):
        return {}
    por_ler, anexos = novidades_do(lote, request.organizacao, request.user)
    return {
        "org": request.organizacao,
        "lote": lote,
        "enviado": protocolo_do(lote) is not None,
        "por_ler": por_ler,
        "anexos": anexos,
    }
