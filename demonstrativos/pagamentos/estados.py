"""States of a payment, and the standard's tables that payments speak by."""

from __future__ import annotations

from django.db import models


class SituacaoDoPagamento(models.TextChoices):
    """From *fechado* on nothing of a payment changes but this, and the prestador sees it."""

    ABERTO = "aberto", "Em aberto"
    FECHADO = "fechado", "Fechado, a pagar"
    PAGO = "pago", "Pago"
    CANCELADO = "cancelado", "Cancelado"


_S = SituacaoDoPagamento
MUDANCAS_DO_PAGAMENTO: dict[SituacaoDoPagamento, frozenset[SituacaoDoPagamento]] = {
    _S.ABERTO: frozenset({_S.FECHADO, _S.CANCELADO}),
    _S.FECHADO: frozenset({_S.PAGO, _S.CANCELADO}),
    _S.PAGO: frozenset(),
    _S.CANCELADO: frozenset(),
}
"""The database keeps the same table in a trigger."""


class FormaDePagamento(models.TextChoices):
    """Domain table 34."""

    DEPOSITO = "1", "Depósito ou transferência"
    CARTEIRA = "2", "Carteira"
    BOLETO = "3", "Boleto ou DDA"
    DINHEIRO = "4", "Dinheiro ou cheque"


class TipoDeLinha(models.TextChoices):
    """Domain table 78: what a protocol is paid for."""

    INICIAL = "1", "Pagamento inicial"
    RECURSO = "2", "Recurso de glosa"


class Indicador(models.TextChoices):
    """Domain table 37: amounts are positive, this is their sign."""

    DEBITO = "1", "Débito"
    CREDITO = "2", "Crédito"


class TipoDeLancamento(models.TextChoices):
    """Domain table 27."""

    IRRF = "01", "IRRF"
    ISS = "02", "ISS"
    INSS = "03", "INSS"
    PIS = "04", "PIS"
    COFINS = "05", "COFINS"
    CSLL = "06", "CSLL"
    DESCONTOS = "07", "Descontos financeiros"
    AJUSTE = "08", "Ajuste de pagamento anterior"
    JUDICIAL = "09", "Determinação judicial"


IMPOSTOS = (
    TipoDeLancamento.IRRF,
    TipoDeLancamento.ISS,
    TipoDeLancamento.INSS,
    TipoDeLancamento.PIS,
    TipoDeLancamento.COFINS,
    TipoDeLancamento.CSLL,
)
"""What an operadora withholds by a percentage."""
