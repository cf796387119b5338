"""Tags about the calendar of delivery.

{% load calendario %}
{% prazo_de_envio prazo %}          until when one may send, amber when near, or that it is over and when again
{{ janela.competencia|competencia }} {{ janela.abre|momento }}
"""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from conecta.interface.templatetags.interface import selo
from convenios.calendario import palavras
from convenios.calendario.janelas import Prazo

register = template.Library()
register.filter("competencia", palavras.competencia)
register.filter("momento", palavras.momento)


@register.simple_tag
def prazo_de_envio(prazo: Prazo) -> SafeString | str:
    """Plain while there is time; with icon and tone when it is nearly over, or over."""
    frase = palavras.do_prazo(prazo)
    if prazo.aberta is None:
        return selo("vermelho", "bloqueio", frase)
    return (
        selo("ambar", "prazo", f"{frase}, em {palavras.quanto_falta(prazo.falta)}")
        if prazo.falta and prazo.perto
        else frase
    )
