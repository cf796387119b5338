"""Bank data and retenções of a prestador: written by the operadora's finance, read by both."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from convenios.models import Credenciamento
from demonstrativos.pagamentos.models import ContaBancaria, Retencao


@transaction.atomic
def gravar_conta(
    *, contrato: Credenciamento, forma: str, banco: str, agencia: str, conta: str, por: Usuario
) -> ContaBancaria:
    """Say where a prestador is paid from now on; closed payments keep what they copied."""
    return ContaBancaria.objects.update_or_create(
        operadora=contrato.operadora,
        prestador=contrato.prestador,
        defaults={
            "forma": forma,
            "banco": banco,
            "agencia": agencia,
            "conta": conta,
            "mudada_em": timezone.now(),
            "mudada_por_nome": por.nome or por.email,
        },
    )[0]


@transaction.atomic
def gravar_retencoes(*, contrato: Credenciamento, valores: Mapping[str, tuple[Decimal, Decimal]]) -> None:
    """Replace what is withheld: tax (table 27) → (percentage, minimum base in reais). Open payments keep theirs until
    their protocols change."""
    Credenciamento.objects.select_for_update().get(pk=contrato.pk)
    Retencao.objects.filter(operadora=contrato.operadora, prestador=contrato.prestador).delete()
    Retencao.objects.bulk_create(
        Retencao(
            operadora=contrato.operadora,
            prestador=contrato.prestador,
            tipo=tipo,
            percentual=percentual,
            base_minima=base,
        )
        for tipo, (percentual, base) in valores.items()
    )
