"""Tags about convênios that screens of other apps show."""

from __future__ import annotations

from typing import Any

from django import template

from conecta.contas.models import Organizacao
from convenios.alertas import alertas_do_prestador

register = template.Library()


@register.inclusion_tag("convenios/convenio_alertas.html")
def alertas_dos_convenios(prestador: Organizacao, operadora_id: int | None = None) -> dict[str, Any]:
    """The alerts of the convênios that a prestador bills; of one operadora where its id is given."""
    return {"alertas": alertas_do_prestador(prestador, operadora_id)}
