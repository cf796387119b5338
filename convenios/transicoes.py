"""Every change of an operadora's settings: locked, in one transaction, and kept in the audit trail by the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import Max

from conecta.contas.models import Organizacao, Usuario
from convenios.models import Convenio, ParametrosDaOperadora


@transaction.atomic
def mudar_parametros(*, operadora: Organizacao, novos: Mapping[str, Any], por: Usuario) -> ParametrosDaOperadora:
    """Let these settings (names of fields of `ParametrosDaOperadora`) hold from the next verdict on.

    `por` is who the scope says is acting: the trail has the name from there.
    """
    parametros = travar(operadora)
    for nome, valor in novos.items():
        setattr(parametros, nome, valor)
    parametros.full_clean(exclude=["operadora"])
    parametros.save()
    return parametros


@transaction.atomic
def convenio_principal(*, operadora: Organizacao) -> Convenio:
    """The operadora's principal convênio, made from its register where it has none: every guide is billed by one."""
    travar(operadora)
    principal = Convenio.objects.filter(operadora=operadora, principal=True).first()
    return principal or Convenio.objects.create(
        operadora=operadora,
        codigo=proximo_codigo(operadora),
        principal=True,
        nome=operadora.sigla,
        razao_social=operadora.nome,
        cnpj=operadora.documento,
        inicio=_SEM_COMECO,
    )


def travar(operadora: Organizacao) -> ParametrosDaOperadora:
    """Wait until nobody else changes the operadora's settings or convênios, and give its parameters."""
    ParametrosDaOperadora.objects.get_or_create(operadora=operadora)
    return ParametrosDaOperadora.objects.select_for_update().get(operadora=operadora)


def proximo_codigo(operadora: Organizacao) -> int:
    """The code that the operadora's next convênio takes. The caller holds the lock of `travar`."""
    maior = Convenio.objects.filter(operadora=operadora).aggregate(maior=Max("codigo"))["maior"]
    return (maior or 0) + 1


_SEM_COMECO: Final = date(2000, 1, 1)
"""Before any service that a file may charge."""
