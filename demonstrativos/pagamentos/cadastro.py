"""Bank data and retenções of a prestador: written by the operadora's finance, read by both."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from convenios.models import Credenciamento
from demonstrativos.pagamentos.composicao import aplicar_retencoes
from demonstrativos.pagamentos.estados import SituacaoDoPagamento
from demonstrativos.pagamentos.models import ContaBancaria, Pagamento, Retencao
from demonstrativos.pagamentos.travas import contar

_ABERTO = SituacaoDoPagamento.ABERTO


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
def gravar_retencoes(*, contrato: Credenciamento, valores: Mapping[str, tuple[Decimal, Decimal]], por: Usuario) -> None:
    """Replace what is withheld: tax (table 27) → (percentage, minimum base in reais), of open payments too.

    Raises `PagamentoRecusado` where one of them would not bear it.
    """
    Credenciamento.objects.select_for_update().get(pk=contrato.pk)
    do_contrato = {"operadora": contrato.operadora_id, "prestador": contrato.prestador_id}
    atuais = Retencao.objects.filter(**do_contrato)
    if {retencao.tipo: (retencao.percentual, retencao.base_minima) for retencao in atuais} == dict(valores):
        return
    atuais.delete()
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
    abertos = Pagamento.objects.select_for_update(of=("self",)).filter(**do_contrato, situacao=_ABERTO)
    for pagamento in abertos.order_by("pk"):
        aplicar_retencoes(pagamento, por)
        contar(pagamento, por, "Retenções refeitas", "As do prestador mudaram.")
