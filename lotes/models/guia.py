"""Guides and items: columns extracted from the XML for search and money. The XML stays what counts."""

from __future__ import annotations

from django.db import models

from lotes.estados import TipoDeGuia

from .copias import DosDoisLados
from .lote import Lote


class Guia(DosDoisLados):
    """One guide of a lot. Composite keys of the migrations tie it to its lot and tenants, in one check a row."""

    lote = models.ForeignKey(
        Lote,
        on_delete=models.CASCADE,
        related_name="guias",
        db_constraint=False,
        db_index=False,
    )
    posicao = models.PositiveSmallIntegerField(help_text="Place in the lot's XML, from 1.")
    tipo = models.CharField(max_length=22, choices=TipoDeGuia)
    numero_do_prestador = models.CharField("nº guia prestador", max_length=20)
    numero_da_operadora = models.CharField("nº guia operadora", max_length=20, blank=True)
    guia_principal = models.CharField(max_length=20, blank=True)
    senha = models.CharField(max_length=20, blank=True)
    tipo_de_atendimento = models.CharField(
        max_length=2, blank=True, default="", help_text="Of a guia SP/SADT, by dm_tipoAtendimento."
    )
    numero_carteira = models.CharField("número da carteira", max_length=20)
    data_de_atendimento = models.DateField(null=True)
    quantidade_de_itens = models.PositiveIntegerField()
    valor_informado = models.DecimalField(max_digits=14, decimal_places=2)
    criado_em = models.DateTimeField("data digitação")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lote", "posicao"], name="guia_posicao_unica"),
            models.UniqueConstraint(fields=["id", "lote", "prestador", "operadora"], name="guia_inquilinos"),
            models.CheckConstraint(
                condition=models.Q(valor_informado__gte=0),
                name="guia_valor_nao_negativo",
            ),
        ]
        indexes = [
            # The organisation stands last: an index that begins with it looks as good as the key to the check of the
            # items' foreign key while there are no statistics, and would then read all its guides for each item.
            models.Index(fields=["numero_do_prestador", "prestador"], name="guia_numero_do_prestador"),
            models.Index(fields=["numero_carteira", "operadora"], name="guia_carteira"),
            models.Index(
                fields=["numero_da_operadora", "prestador"],
                condition=~models.Q(numero_da_operadora=""),
                name="guia_numero_da_operadora",
            ),
        ]

    def __str__(self) -> str:
        return f"guia {self.pk}"


class Item(DosDoisLados):
    """A procedure or an expense of a guide. Composite keys of the migrations tie it to its guide, lot and tenants."""

    class Especie(models.TextChoices):
        PROCEDIMENTO = "procedimento", "Procedimento"
        DESPESA = "despesa", "Outra despesa"

    guia = models.ForeignKey(
        Guia,
        on_delete=models.CASCADE,
        related_name="itens",
        db_constraint=False,
        db_index=False,
    )
    lote = models.ForeignKey(
        Lote,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    posicao = models.PositiveIntegerField(help_text="Place in the guide, from 1.")
    especie = models.CharField(max_length=12, choices=Especie)
    sequencial = models.CharField(max_length=5, blank=True, help_text="Up to four digits; the XSD lets a sign pass.")
    codigo_da_despesa = models.CharField(max_length=2, blank=True)
    data = models.DateField(null=True)
    tabela = models.CharField(max_length=2)
    codigo = models.CharField(max_length=10)
    descricao = models.CharField(max_length=150, blank=True)
    quantidade = models.DecimalField(max_digits=13, decimal_places=4)
    fator = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    valor_unitario = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    valor_total = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["guia", "posicao"], name="item_posicao_unica"),
            models.CheckConstraint(condition=models.Q(valor_total__gte=0), name="item_valor_nao_negativo"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"
