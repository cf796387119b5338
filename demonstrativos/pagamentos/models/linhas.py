"""What a payment is made of: protocols with their guides, and debits and credits."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.analise.models.analise import Valores
from demonstrativos.pagamentos.estados import Indicador, TipoDeLancamento, TipoDeLinha
from lotes.models import Guia, Protocolo

from .pagamento import Pagamento


class DoPagamento(models.Model):
    """Whose it is, and since when the prestador reads it and nobody changes it."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    fechado_em = models.DateTimeField(null=True)

    class Meta:
        abstract = True


def _valores_possiveis(nome: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valor_glosado__gte=0, valor_glosado__lte=F("valor_processado"), valor_informado__gte=0),
        name=f"{nome}_valores_possiveis",
    )


class PagamentoDoProtocolo(DoPagamento, Valores):
    """A protocol in a payment: paid for the first time, or for what an appeal brought.

    Of a first payment the amounts are copied from the released protocol, whatever a statement says; of an appeal they
    are what was accepted: informado = processado = liberado, for its glosa was counted when the protocol was paid.
    A protocol is paid for the first time, and an appeal at all, in one payment that was not cancelled (`vigente`).
    """

    pagamento = models.ForeignKey(Pagamento, on_delete=models.PROTECT, related_name="linhas", db_constraint=False)
    protocolo = models.ForeignKey(
        Protocolo, on_delete=models.PROTECT, related_name="pagamentos", db_constraint=False, db_index=False
    )
    tipo = models.CharField(max_length=1, choices=TipoDeLinha, default=TipoDeLinha.INICIAL)
    recurso_id = models.BigIntegerField(null=True, help_text="Id of the appeal whose accepted amount is paid.")
    vigente = models.BooleanField(default=True, help_text="Its payment was not cancelled.")
    incluido_em = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["protocolo"], condition=Q(tipo="1", vigente=True), name="protocolo_em_um_pagamento"
            ),
            models.UniqueConstraint(fields=["recurso_id"], condition=Q(vigente=True), name="recurso_em_um_pagamento"),
            models.UniqueConstraint(
                fields=["id", "pagamento", "protocolo", "prestador", "operadora"], name="linha_inquilinos"
            ),
            models.CheckConstraint(
                condition=Q(tipo="1", recurso_id__isnull=True) | Q(tipo="2", recurso_id__isnull=False),
                name="linha_de_recurso_tem_recurso",
            ),
            _valores_possiveis("linha"),
        ]
        indexes = [models.Index(fields=["protocolo"], name="linha_do_protocolo")]

    def __str__(self) -> str:
        return f"linha {self.pk}"


class GuiaPaga(DoPagamento, Valores):
    """A guide of a protocol in a payment, with its amounts as they were when the payment was closed."""

    pagamento = models.ForeignKey(Pagamento, on_delete=models.PROTECT, related_name="guias", db_constraint=False)
    linha = models.ForeignKey(
        PagamentoDoProtocolo, on_delete=models.PROTECT, related_name="guias", db_constraint=False, db_index=False
    )
    protocolo = models.ForeignKey(
        Protocolo, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    guia = models.ForeignKey(Guia, on_delete=models.PROTECT, related_name="pagamentos", db_constraint=False)
    posicao = models.PositiveSmallIntegerField(help_text="Place in the lot, from 1.")

    class Meta:
        ordering = ["linha_id", "posicao"]
        constraints = [
            models.UniqueConstraint(fields=["linha", "guia"], name="guia_uma_vez_na_linha"),
            _valores_possiveis("guiapaga"),
        ]

    def __str__(self) -> str:
        return f"guia paga {self.pk}"


class DebitoOuCredito(DoPagamento):
    """An amount taken from the payment, or added to it. `automatico`: by the prestador's retenções."""

    pagamento = models.ForeignKey(Pagamento, on_delete=models.PROTECT, related_name="lancamentos", db_constraint=False)
    indicador = models.CharField(max_length=1, choices=Indicador)
    tipo = models.CharField(max_length=2, choices=TipoDeLancamento)
    descricao = models.CharField("descrição", max_length=40)
    valor = models.DecimalField(max_digits=10, decimal_places=2)
    automatico = models.BooleanField(default=False)
    criado_em = models.DateTimeField(default=timezone.now)
    por_nome = models.CharField(max_length=70)

    class Meta:
        ordering = ["indicador", "tipo", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valor__gt=0), name="lancamento_tem_valor"),
            models.CheckConstraint(condition=Q(indicador__in=["1", "2"]), name="lancamento_indicador"),
            models.CheckConstraint(condition=Q(tipo__regex=r"^0[1-9]$"), name="lancamento_tipo"),
        ]

    def __str__(self) -> str:
        return f"{self.get_indicador_display()} {self.pk}"
