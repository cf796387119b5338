"""A payment of an operadora to one prestador on one day, and what happened to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.analise.models.analise import Valores
from demonstrativos.pagamentos.estados import FormaDePagamento, SituacaoDoPagamento, TipoDeLancamento

COMPETENCIA = r"^[0-9]{4}(0[1-9]|1[0-2])$"
_ZERO = Decimal(0)


class PagamentoQuerySet(models.QuerySet["Pagamento"]):
    def de(self, organizacao: Organizacao) -> Self:
        """Made by that operadora, or shown to that prestador. The database says so too; this lets it use the index."""
        if organizacao.e_prestador:
            return self.filter(prestador=organizacao, fechado_em__isnull=False)
        return self.filter(operadora=organizacao)

    def valendo(self) -> Self:
        """All but the cancelled."""
        return self.exclude(situacao=SituacaoDoPagamento.CANCELADO)


class Pagamento(Valores):
    """Released protocols, and accepted appeals, that are paid together.

    The four amounts are the sums of its lines, `debitos` and `creditos` those of its entries: triggers write them,
    whatever a statement says. `valor_liquido` = liberado − débitos + créditos, never below zero. `fechado_em` is copied
    down: from then on the prestador reads all of it, and nobody changes any.
    """

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    numero = models.BigIntegerField("nº do pagamento", help_text="In the operadora's series, without gaps.")
    situacao = models.CharField(
        "situação", max_length=9, choices=SituacaoDoPagamento, default=SituacaoDoPagamento.ABERTO
    )
    data_de_pagamento = models.DateField("data de pagamento")
    competencia = models.CharField("competência", max_length=6, help_text="AAAAMM")
    forma = models.CharField(
        "forma de pagamento", max_length=1, choices=FormaDePagamento, default=FormaDePagamento.DEPOSITO
    )
    banco = models.CharField(max_length=4, blank=True)
    agencia = models.CharField("agência", max_length=7, blank=True)
    conta = models.CharField(max_length=20, blank=True)
    observacao = models.CharField("observação", max_length=500, blank=True)
    debitos = models.DecimalField("débitos", max_digits=14, decimal_places=2, default=_ZERO)
    creditos = models.DecimalField("créditos", max_digits=14, decimal_places=2, default=_ZERO)
    valor_liquido = models.GeneratedField(
        expression=F("valor_processado") - F("valor_glosado") - F("debitos") + F("creditos"),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )
    retencoes_retiradas = ArrayField(
        models.CharField(max_length=2),
        default=list,
        blank=True,
        help_text="Taxes (table 27) that a person took out: they are not worked out anew.",
    )
    criado_em = models.DateTimeField(default=timezone.now, editable=False)
    criado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    fechado_em = models.DateTimeField(null=True)
    pago_em = models.DateField(null=True, help_text="The day on which the money left.")
    cancelado_em = models.DateTimeField(null=True)
    motivo = models.CharField(max_length=500, blank=True, help_text="Why it was cancelled; the prestador reads it.")
    devolvido_em = models.DateField(null=True, help_text="The day on which the bank gave the money back.")
    devolucao = models.CharField(max_length=200, blank=True, help_text="Why it did.")

    objects = PagamentoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operadora", "numero"], name="pagamento_numero_unico"),
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="pagamento_inquilinos"),
            models.CheckConstraint(condition=Q(numero__range=(1, 999_999_999_999)), name="pagamento_ate_12_digitos"),
            models.CheckConstraint(condition=Q(competencia__regex=COMPETENCIA), name="pagamento_competencia"),
            models.CheckConstraint(condition=Q(debitos__gte=0, creditos__gte=0), name="pagamento_lancamentos"),
            models.CheckConstraint(condition=Q(valor_liquido__gte=0), name="pagamento_liquido_nao_negativo"),
            models.CheckConstraint(
                condition=Q(situacao="cancelado")
                | Q(situacao="aberto", fechado_em__isnull=True)
                | Q(situacao__in=["fechado", "pago"], fechado_em__isnull=False),
                name="pagamento_fechado_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(situacao="pago", pago_em__isnull=False) | ~Q(situacao="pago") & Q(pago_em__isnull=True),
                name="pagamento_pago_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(situacao="cancelado", cancelado_em__isnull=False) & ~Q(motivo="")
                | ~Q(situacao="cancelado") & Q(cancelado_em__isnull=True),
                name="pagamento_cancelado_tem_motivo",
            ),
        ]
        indexes = [
            models.Index(fields=["operadora", "-data_de_pagamento", "-id"], name="pagamento_da_operadora"),
            models.Index(fields=["prestador", "-data_de_pagamento", "-id"], name="pagamento_do_prestador"),
        ]

    def __str__(self) -> str:
        return f"Pagamento {self.numero}"

    @property
    def aparencia(self) -> str:
        """Its state as `conecta.interface.situacoes` knows it."""
        return f"pagamento-{self.situacao}"

    @property
    def competencia_por_extenso(self) -> str:
        """mm/aaaa."""
        return f"{self.competencia[4:]}/{self.competencia[:4]}"

    @property
    def retencoes_retiradas_por_extenso(self) -> str:
        """ "IRRF, ISS"; "" for none."""
        return ", ".join(str(TipoDeLancamento(tipo).label) for tipo in self.retencoes_retiradas)


class AcontecimentoDoPagamento(models.Model):
    """One line of a payment's timeline. `publico`: the prestador reads it too. The name is copied."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    pagamento = models.ForeignKey(
        Pagamento, on_delete=models.PROTECT, related_name="acontecimentos", db_constraint=False
    )
    quando = models.DateTimeField(default=timezone.now)
    titulo = models.CharField(max_length=120)
    detalhe = models.TextField(blank=True)
    por_nome = models.CharField(max_length=70)
    publico = models.BooleanField(default=False)

    class Meta:
        ordering = ["-quando", "-id"]

    def __str__(self) -> str:
        return f"acontecimento {self.pk}"
