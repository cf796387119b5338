"""A protocol under analysis, its guides and its items, each with the four amounts.

`valor_glosado` of an item is the sum of its glosas, every amount of a guide the sum of its items, of the analysis that
of its guides: triggers write them, whatever a statement says. `liberada_em` is copied down likewise: from then on the
prestador reads all of it, and nobody changes any.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.analise.estados import Conferencia, Prioridade
from lotes.models import Guia, Item, Lote, Protocolo

_ZERO = Decimal(0)


def _valor() -> models.DecimalField[Decimal, Decimal]:
    return models.DecimalField(max_digits=14, decimal_places=2, default=_ZERO)


class DaAnalise(models.Model):
    """Whose it is, and since when the prestador reads it and nobody changes it."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    liberada_em = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Valores(models.Model):
    """Informado, processado, glosado; liberado is what remains, in the database itself."""

    valor_informado = _valor()
    valor_processado = _valor()
    valor_glosado = _valor()
    valor_liberado = models.GeneratedField(
        expression=F("valor_processado") - F("valor_glosado"),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )

    class Meta:
        abstract = True


def _valores_possiveis(nome: str) -> models.CheckConstraint:
    """No more is refused than processed, and no more processed than billed."""
    return models.CheckConstraint(
        condition=Q(
            valor_glosado__gte=0,
            valor_glosado__lte=F("valor_processado"),
            valor_processado__lte=F("valor_informado"),
        ),
        name=f"{nome}_valores_possiveis",
    )


class AnaliseQuerySet(models.QuerySet["Analise"]):
    def da_operadora(self, organizacao: Organizacao) -> Self:
        """Of protocols received by that operadora. The database says so too; this lets it use the index."""
        return self.filter(operadora=organizacao)


class Analise(DaAnalise, Valores):
    """The analysis of one protocol, from *Em análise* on. `glosa` is the code by which the whole was refused, if so."""

    protocolo = models.OneToOneField(Protocolo, on_delete=models.PROTECT, related_name="analise")
    lote = models.ForeignKey(Lote, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    criada_em = models.DateTimeField()
    conferencia = models.CharField(max_length=10, choices=Conferencia, default=Conferencia.PENDENTE)
    conferida_em = models.DateTimeField(null=True, help_text="When the automatic pass ended.")
    responsavel = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    responsavel_nome = models.CharField("responsável", max_length=70, blank=True)
    prioridade = models.SmallIntegerField(choices=Prioridade, default=Prioridade.NORMAL)
    prazo = models.DateField(null=True)
    glosa = models.CharField("glosa do protocolo", max_length=4, blank=True)
    motivo_da_glosa = models.CharField(max_length=500, blank=True)
    guias_conferidas = models.PositiveIntegerField(default=0)
    guias_com_glosa = models.PositiveIntegerField(default=0)
    itens_com_glosa = models.PositiveIntegerField(default=0)

    objects = AnaliseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="analise_inquilinos"),
            _valores_possiveis("analise"),
        ]
        indexes = [
            models.Index(fields=["operadora", "responsavel"], name="analise_do_responsavel"),
            models.Index(fields=["operadora", "id"], condition=Q(conferencia="pendente"), name="analise_por_conferir"),
        ]

    def __str__(self) -> str:
        return f"análise {self.pk}"


class GuiaAnalisada(DaAnalise, Valores):
    """One guide. `versao` counts the changes made to it: who saw an older one changes nothing."""

    analise = models.ForeignKey(
        Analise, on_delete=models.PROTECT, related_name="guias", db_constraint=False, db_index=False
    )
    guia = models.OneToOneField(Guia, on_delete=models.PROTECT, related_name="analisada", db_constraint=False)
    posicao = models.PositiveSmallIntegerField(help_text="Place in the lot, from 1.")
    versao = models.PositiveIntegerField(default=0)
    glosa = models.CharField("glosa da guia", max_length=4, blank=True)
    motivo_da_glosa = models.CharField(max_length=500, blank=True)
    observacao = models.CharField("observação", max_length=500, blank=True)
    itens_com_glosa = models.PositiveIntegerField(default=0)
    propostas = models.PositiveIntegerField(default=0, help_text="Glosas that still wait for an analista's word.")
    conferida_em = models.DateTimeField(null=True)
    conferida_por_nome = models.CharField(max_length=70, blank=True)
    mudada_por_nome = models.CharField(max_length=70, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["analise", "posicao"], name="guiaanalisada_posicao"),
            models.UniqueConstraint(
                fields=["id", "analise", "prestador", "operadora"], name="guiaanalisada_inquilinos"
            ),
            _valores_possiveis("guiaanalisada"),
        ]

    def __str__(self) -> str:
        return f"guia analisada {self.pk}"


class ItemAnalisado(DaAnalise, Valores):
    """One item. `valor_processado` is what the operadora takes as base; unlike informado only where it repriced."""

    analise = models.ForeignKey(
        Analise, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    guia = models.ForeignKey(
        GuiaAnalisada, on_delete=models.PROTECT, related_name="itens", db_constraint=False, db_index=False
    )
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="analisado", db_constraint=False)
    posicao = models.PositiveIntegerField(help_text="Place in the guide, from 1.")
    conferido = models.BooleanField(default=False, help_text="An analista looked at it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guia", "posicao"], name="itemanalisado_posicao"),
            models.UniqueConstraint(
                fields=["id", "guia", "analise", "prestador", "operadora"], name="itemanalisado_inquilinos"
            ),
            _valores_possiveis("itemanalisado"),
        ]

    def __str__(self) -> str:
        return f"item analisado {self.pk}"
