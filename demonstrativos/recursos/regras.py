"""Writing what an operadora decides about appeals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.recursos.models import ParametrosDoRecurso, PrazoDoContrato


@transaction.atomic
def gravar(*, operadora: Organizacao, valores: Mapping[str, Any], por: Usuario) -> ParametrosDoRecurso:
    """Keep what holds for all contracts of the operadora that have no term of their own."""
    return ParametrosDoRecurso.objects.update_or_create(operadora=operadora, defaults=dict(valores))[0]


@transaction.atomic
def gravar_prazo(*, operadora: Organizacao, prestador: Organizacao, prazo_de_recurso: int | None, por: Usuario) -> None:
    """Give a contract its own term in days, or take it back with None."""
    prazos = PrazoDoContrato.objects.filter(operadora=operadora, prestador=prestador)
    if prazo_de_recurso is None:
        prazos.delete()
        return
    PrazoDoContrato.objects.update_or_create(
        operadora=operadora, prestador=prestador, defaults={"prazo_de_recurso": prazo_de_recurso}
    )
