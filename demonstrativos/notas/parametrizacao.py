"""What an operadora decides about notas: days, tolerance, and who owes none."""

from __future__ import annotations

from django.db import transaction

from conecta.contas.models import Organizacao
from convenios.models import Convenio
from demonstrativos.notas.erros import NotaRecusada
from demonstrativos.notas.models import DispensaDeNota, ParametrosDasNotas


@transaction.atomic
def gravar_parametros(*, operadora: Organizacao, dias: int, tolerancia_centavos: int) -> ParametrosDasNotas:
    """From now on."""
    valores = {"dias": dias, "tolerancia_centavos": tolerancia_centavos}
    return ParametrosDasNotas.objects.update_or_create(operadora=operadora, defaults=valores)[0]


@transaction.atomic
def dispensar(*, operadora: Organizacao, prestador: Organizacao | None, convenio: Convenio | None) -> DispensaDeNota:
    """Let a prestador, a convênio, or a prestador in a convênio owe no nota. Raises `NotaRecusada` for nobody."""
    if prestador is None and convenio is None:
        raise NotaRecusada("Escolha o prestador, o convênio, ou os dois.")
    return DispensaDeNota.objects.get_or_create(operadora=operadora, prestador=prestador, convenio=convenio)[0]


@transaction.atomic
def cobrar(*, dispensa: DispensaDeNota) -> None:
    """Ask for notas again."""
    dispensa.delete()
