"""How an operadora pays one prestador: to which account, and what it withholds."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.pagamentos.estados import IMPOSTOS, FormaDePagamento, TipoDeLancamento


class _DoCredenciado(models.Model):
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class ContaBancaria(_DoCredenciado):
    """Where the prestador is paid. The operadora's finance writes it down, the prestador reads it.

    A payment copies it when it is closed: what is changed here afterwards changes no payment.
    """

    forma = models.CharField(
        "forma de pagamento", max_length=1, choices=FormaDePagamento, default=FormaDePagamento.DEPOSITO
    )
    banco = models.CharField(max_length=4, blank=True, help_text="Código do banco, como 001.")
    agencia = models.CharField("agência", max_length=7, blank=True, help_text="Com o dígito, se houver.")
    conta = models.CharField(max_length=20, blank=True, help_text="Com o dígito.")
    mudada_em = models.DateTimeField(default=timezone.now)
    mudada_por_nome = models.CharField(max_length=70)

    class Meta:
        verbose_name = "conta bancária"
        constraints = [
            models.UniqueConstraint(fields=["operadora", "prestador"], name="conta_bancaria_do_contrato"),
            models.CheckConstraint(
                condition=~Q(forma="1") | ~Q(banco="") & ~Q(agencia="") & ~Q(conta=""), name="conta_bancaria_completa"
            ),
        ]

    def __str__(self) -> str:
        return f"conta bancária {self.pk}"


class Retencao(_DoCredenciado):
    """A tax that the operadora withholds of each payment to this prestador: a percentage of liberado."""

    tipo = models.CharField("imposto", max_length=2, choices=[(t.value, t.label) for t in IMPOSTOS])
    percentual = models.DecimalField(max_digits=5, decimal_places=2, help_text="Do valor liberado, como 1,50.")
    base_minima = models.DecimalField(
        "base mínima",
        max_digits=10,
        decimal_places=2,
        default=0,
        help_text="Valor liberado a partir do qual se retém; 0: sempre.",
    )

    class Meta:
        verbose_name = "retenção"
        ordering = ["tipo"]
        constraints = [
            models.UniqueConstraint(fields=["operadora", "prestador", "tipo"], name="retencao_por_tipo"),
            models.CheckConstraint(condition=Q(percentual__gt=0, percentual__lte=100), name="retencao_percentual"),
            models.CheckConstraint(condition=Q(base_minima__gte=0), name="retencao_base_minima"),
        ]

    def __str__(self) -> str:
        return f"{TipoDeLancamento(self.tipo).label} {self.pk}"
