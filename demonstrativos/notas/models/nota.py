"""A nota fiscal of a prestador to an operadora, and the protocols that it is for."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from demonstrativos.notas.estados import Formato, Modelo, SituacaoDaNota
from lotes.models import Protocolo


class NotaQuerySet(models.QuerySet["NotaFiscal"]):
    def de(self, organizacao: Organizacao) -> Self:
        """Of that prestador, or sent to that operadora. The database says so too."""
        if organizacao.e_prestador:
            return self.filter(prestador=organizacao)
        return self.filter(operadora=organizacao, enviada_em__isnull=False)


class NotaFiscal(models.Model):
    """`valor_liberado` is the sum of its protocols, which the database writes; where `valor` is another, or the XML
    names others, `justificativa` says why. `enviada_em` is copied down: from then on the operadora reads it."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    numero = models.CharField("número", max_length=15, help_text="Digits, without zeros in front.")
    serie = models.CharField("série", max_length=5, blank=True)
    data_de_emissao = models.DateField("data de emissão")
    valor = models.DecimalField(max_digits=14, decimal_places=2)
    valor_liberado = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    modelo = models.CharField(max_length=6, choices=Modelo, blank=True)
    emitente = models.CharField("CNPJ do emitente", max_length=14, blank=True, help_text="As the XML says.")
    tomador = models.CharField("CNPJ do tomador", max_length=14, blank=True, help_text="As the XML says.")
    conteudo = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+")
    formato = models.CharField(max_length=3, choices=Formato)
    nome_do_arquivo = models.CharField("arquivo", max_length=255)
    justificativa = models.CharField(max_length=500, blank=True)
    situacao = models.CharField("situação", max_length=10, choices=SituacaoDaNota, default=SituacaoDaNota.PENDENTE)
    motivo = models.CharField("motivo do indeferimento", max_length=500, blank=True)
    criada_em = models.DateTimeField(default=timezone.now, editable=False)
    criada_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    enviada_em = models.DateTimeField(null=True)
    enviada_por_nome = models.CharField(max_length=70, blank=True)
    analisada_em = models.DateTimeField(null=True)
    analisada_por_nome = models.CharField(max_length=70, blank=True)

    objects = NotaQuerySet.as_manager()

    class Meta:
        verbose_name = "nota fiscal"
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="nota_inquilinos"),
            models.UniqueConstraint(
                fields=["prestador", "numero", "serie"], condition=~Q(situacao="cancelada"), name="nota_numero_unico"
            ),
            models.CheckConstraint(condition=Q(valor__gt=0), name="nota_tem_valor"),
            models.CheckConstraint(condition=Q(numero__regex=r"^[1-9][0-9]*$"), name="nota_numero"),
            models.CheckConstraint(
                condition=Q(situacao="cancelada")
                | Q(situacao="pendente", enviada_em__isnull=True)
                | Q(situacao__in=["em_analise", "aceita", "indeferida"], enviada_em__isnull=False),
                name="nota_enviada_tem_data",
            ),
            models.CheckConstraint(condition=~Q(situacao="indeferida") | ~Q(motivo=""), name="nota_indeferida_motivo"),
        ]
        indexes = [
            models.Index(fields=["prestador", "situacao"], name="nota_do_prestador"),
            models.Index(fields=["operadora", "situacao", "enviada_em"], name="nota_da_operadora"),
        ]

    def __str__(self) -> str:
        return f"Nota {self.numero}"

    @property
    def aparencia(self) -> str:
        """Its state as `conecta.interface.situacoes` knows it."""
        return f"nota-{self.situacao}"

    @property
    def rotulo(self) -> str:
        """Number and series."""
        return f"{self.numero}, série {self.serie}" if self.serie else self.numero


class NotaDoProtocolo(models.Model):
    """A protocol of a nota. A protocol is in one nota that was not cancelled (`vigente`)."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    enviada_em = models.DateTimeField(null=True)
    nota = models.ForeignKey(NotaFiscal, on_delete=models.PROTECT, related_name="protocolos", db_constraint=False)
    protocolo = models.ForeignKey(Protocolo, on_delete=models.PROTECT, related_name="notas", db_constraint=False)
    vigente = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocolo"], condition=Q(vigente=True), name="protocolo_em_uma_nota"),
            models.UniqueConstraint(fields=["nota", "protocolo"], name="nota_do_protocolo_uma_vez"),
        ]

    def __str__(self) -> str:
        return f"nota do protocolo {self.pk}"
