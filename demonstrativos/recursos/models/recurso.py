"""An appeal: against glosas of one protocol, made by its prestador, answered by its operadora."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from conecta.interface.situacoes import RECURSO, Situacao
from demonstrativos.recursos.estados import Canal, Objeto, SituacaoDoRecurso
from lotes.estados import TipoDeGuia
from lotes.models import Lote, Protocolo

_ZERO = Decimal(0)


class DoRecurso(models.Model):
    """Whose it is, and since when the operadora reads it and the prestador changes it no more."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    enviado_em = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class RecursoQuerySet(models.QuerySet["Recurso"]):
    def do_prestador(self, organizacao: Organizacao) -> Self:
        """Of that prestador. The database says so too; this lets it use the index."""
        return self.filter(prestador=organizacao)

    def da_operadora(self, organizacao: Organizacao) -> Self:
        """Received by that operadora."""
        return self.filter(operadora=organizacao, enviado_em__isnull=False)


class Recurso(DoRecurso):
    """One appeal. `numero` is the operadora's, of a series without gaps, and the protocol of the appeal in every
    message; `numero_do_prestador` the prestador's own.

    `valor_recursado` is the sum of its items, `valor_acatado` that of their answers once they are given: the database
    writes both. `lote` is the protocol's, likewise.
    """

    protocolo = models.ForeignKey(Protocolo, on_delete=models.PROTECT, related_name="recursos", db_constraint=False)
    lote = models.ForeignKey(Lote, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    numero_do_prestador = models.CharField("nº do recurso no prestador", max_length=20)
    numero = models.BigIntegerField("protocolo do recurso", null=True)
    objeto = models.CharField("objeto do recurso", max_length=1, choices=Objeto, default=Objeto.GUIA)
    situacao = models.CharField(
        "situação", max_length=10, choices=SituacaoDoRecurso, default=SituacaoDoRecurso.RASCUNHO
    )
    canal = models.CharField(max_length=4, choices=Canal, default=Canal.TELA)
    instancia = models.PositiveSmallIntegerField("instância", default=1)
    valor_recursado = models.DecimalField(max_digits=14, decimal_places=2, default=_ZERO)
    valor_acatado = models.DecimalField(max_digits=14, decimal_places=2, default=_ZERO)
    criado_em = models.DateTimeField(default=timezone.now)
    criado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    enviado_por_nome = models.CharField(max_length=70, blank=True)
    responder_ate = models.DateField(null=True)
    em_analise_em = models.DateTimeField(null=True)
    responsavel_nome = models.CharField("responsável", max_length=70, blank=True)
    respondido_em = models.DateTimeField(null=True)
    respondido_por_nome = models.CharField(max_length=70, blank=True)
    em_pagamento_em = models.DateTimeField(null=True)
    pago_em = models.DateTimeField(null=True)
    excluido_em = models.DateTimeField(null=True)
    xml = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False)
    recebimento = models.ForeignKey(
        Conteudo, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False
    )
    resposta = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False)

    objects = RecursoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="recurso_inquilinos"),
            models.UniqueConstraint(fields=["id", "lote", "prestador", "operadora"], name="recurso_lote_inquilinos"),
            models.UniqueConstraint(fields=["operadora", "numero"], name="recurso_numero_unico"),
            models.UniqueConstraint(
                fields=["prestador", "operadora", "numero_do_prestador"],
                condition=~Q(situacao="excluido"),
                name="recurso_numero_do_prestador_unico",
            ),
            models.CheckConstraint(
                condition=Q(valor_acatado__gte=0, valor_acatado__lte=F("valor_recursado")),
                name="recurso_acatado_ate_o_recursado",
            ),
            models.CheckConstraint(condition=Q(instancia__in=[1, 2]), name="recurso_instancia"),
            models.CheckConstraint(
                condition=Q(situacao="rascunho", enviado_em__isnull=True, excluido_em__isnull=True)
                | Q(situacao="excluido", enviado_em__isnull=True, excluido_em__isnull=False)
                | Q(
                    situacao__in=["enviado", "em_analise", "respondido", "pago"],
                    enviado_em__isnull=False,
                    excluido_em__isnull=True,
                    numero__isnull=False,
                    xml__isnull=False,
                    recebimento__isnull=False,
                ),
                name="recurso_enviado_tem_data_numero_e_xml",
            ),
            models.CheckConstraint(
                condition=Q(situacao__in=["respondido", "pago"], respondido_em__isnull=False, resposta__isnull=False)
                | (
                    ~Q(situacao__in=["respondido", "pago"])
                    & Q(respondido_em__isnull=True, resposta__isnull=True, em_pagamento_em__isnull=True)
                ),
                name="recurso_respondido_tem_data_e_xml",
            ),
            models.CheckConstraint(
                condition=Q(situacao="pago", pago_em__isnull=False, em_pagamento_em__isnull=False)
                | (~Q(situacao="pago") & Q(pago_em__isnull=True)),
                name="recurso_pago_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(em_pagamento_em__isnull=True) | Q(valor_acatado__gt=0), name="recurso_paga_o_acatado"
            ),
        ]
        indexes = [
            models.Index(fields=["prestador", "situacao", "-id"], name="recurso_do_prestador"),
            models.Index(
                fields=["operadora", "situacao", "responder_ate"],
                condition=Q(enviado_em__isnull=False),
                name="recurso_da_operadora",
            ),
        ]

    def __str__(self) -> str:
        return f"recurso {self.pk}"

    @property
    def nome(self) -> str:
        """How a person calls it."""
        return f"Recurso {self.numero_do_prestador}"

    @property
    def odonto(self) -> bool:
        """Whether its guides are dental, which have messages of their own shape."""
        return self.lote.tipo_de_guia == TipoDeGuia.ODONTO

    @property
    def aparencia(self) -> Situacao:
        """How its state looks."""
        return RECURSO[self.situacao]

    @property
    def editavel(self) -> bool:
        """Whether the prestador may still change it."""
        return self.situacao == SituacaoDoRecurso.RASCUNHO
