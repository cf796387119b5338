"""Every change of an operadora's settings: locked, in one transaction, and kept in the audit trail by the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from conecta.contas.models import Organizacao, Usuario
from convenios.models import ParametrosDaOperadora


@transaction.atomic
def mudar_parametros(*, operadora: Organizacao, novos: Mapping[str, Any], por: Usuario) -> ParametrosDaOperadora:
    """Let these settings (names of fields of `ParametrosDaOperadora`) hold from the next verdict on.

    `por` is who the scope says is acting: the trail has the name from there.
    """
    parametros = ParametrosDaOperadora.objects.select_for_update().filter(operadora=operadora).first()
    parametros = parametros or ParametrosDaOperadora(operadora=operadora)
    for nome, valor in novos.items():
        setattr(parametros, nome, valor)
    parametros.full_clean(exclude=["operadora"])
    parametros.save()
    return parametros
