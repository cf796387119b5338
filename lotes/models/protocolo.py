"""What the operadora received: the protocol (PEG), its status and amounts. It writes these; the lot never changes."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from lotes.estados import SituacaoDoProtocolo

from .lote import Lote


class Numeracao(models.Model):
    """The last number given in a series of an organisation. Locked by the transaction that takes the next: no gaps."""

    organizacao = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    serie = models.CharField(max_length=20)
    ultimo = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organizacao", "serie"], name="numeracao_unica"),
            models.CheckConstraint(
                condition=Q(ultimo__range=(0, 999_999_999_999)),
                name="numeracao_ate_12_digitos",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.serie} {self.ultimo}"


class ProtocoloQuerySet(models.QuerySet["Protocolo"]):
    def da_operadora(self, organizacao: Organizacao) -> Self:
        """Received by that operadora. The database says so too; this lets it use the index."""
        return self.filter(operadora=organizacao)


class Protocolo(models.Model):
    """The receipt of a sent lot and where it stands."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    lote = models.OneToOneField(Lote, on_delete=models.PROTECT, related_name="protocolo")
    numero = models.BigIntegerField("protocolo (PEG)")
    enviado_em = models.DateTimeField()
    conteudo = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    situacao = models.SmallIntegerField(
        "situação do protocolo",
        choices=SituacaoDoProtocolo,
        default=SituacaoDoProtocolo.ENVIADO,
    )
    situacao_em = models.DateTimeField(default=timezone.now)
    data_de_pagamento = models.DateField("data pagamento", null=True)
    valor_informado = models.DecimalField(max_digits=14, decimal_places=2)
    valor_processado = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    valor_glosado = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    valor_liberado = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    guias_com_glosa = models.PositiveSmallIntegerField(default=0)
    itens_com_glosa = models.PositiveIntegerField(default=0)

    objects = ProtocoloQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operadora", "numero"], name="protocolo_numero_unico"),
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="protocolo_inquilinos"),
            models.CheckConstraint(
                condition=Q(numero__range=(1, 999_999_999_999)),
                name="protocolo_ate_12_digitos",
            ),
            models.CheckConstraint(
                condition=Q(valor_liberado=F("valor_processado") - F("valor_glosado")),
                name="protocolo_liberado",
            ),
            models.CheckConstraint(
                condition=Q(valor_processado__gte=0, valor_glosado__gte=0, valor_liberado__gte=0),
                name="protocolo_valores_nao_negativos",
            ),
            models.CheckConstraint(
                condition=~Q(situacao__in=[3, 6]) | Q(data_de_pagamento__isnull=False),
                name="protocolo_faturado_tem_data",
            ),
        ]
        indexes = [
            models.Index(
                fields=["operadora", "situacao", "enviado_em"],
                name="protocolo_fila_da_operadora",
            ),
            models.Index(fields=["operadora", "enviado_em", "id"], name="protocolo_por_envio"),
            models.Index(fields=["prestador", "-enviado_em"], name="protocolo_do_prestador"),
        ]

    def __str__(self) -> str:
        return f"Protocolo {self.numero}"


class MudancaDeSituacao(models.Model):
    """One advance of a protocol: from, to, who, when, why."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    protocolo = models.ForeignKey(Protocolo, on_delete=models.PROTECT, related_name="mudancas")
    de = models.SmallIntegerField(choices=SituacaoDoProtocolo)
    para = models.SmallIntegerField(choices=SituacaoDoProtocolo)
    quando = models.DateTimeField(default=timezone.now)
    por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    por_nome = models.CharField(max_length=70)
    nota = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["quando", "id"]

    def __str__(self) -> str:
        return f"{self.protocolo_id}: {self.de} → {self.para}"
