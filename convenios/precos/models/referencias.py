"""The price lists of vendors, Brasíndice and Simpro. Licensed: each operadora imports its own, and none is shipped."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q

from conecta.contas.models import Organizacao
from convenios.models.camadas import Referencia
from convenios.precos.naturezas import Grupo
from convenios.regras import ZERO

from .chaves import sem_zeros
from .tabelas import NAO_NEGATIVO


class EdicaoDeReferencia(models.Model):
    """One edition of a list, in force from `inicio` until the next one begins. Its rows never change."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    lista = models.CharField(max_length=10, choices=[c for c in Referencia.choices if c[0] != Referencia.NENHUMA.value])
    edicao = models.CharField("edição", max_length=20)
    inicio = models.DateField("em vigor desde")

    class Meta:
        verbose_name = "edição de lista de preço"
        verbose_name_plural = "edições de lista de preço"
        ordering = ["lista", "-inicio"]
        constraints = [
            models.UniqueConstraint(fields=["operadora", "lista", "edicao"], name="edicao_de_referencia_unica"),
            models.UniqueConstraint(fields=["operadora", "lista", "inicio"], name="edicao_de_referencia_inicio"),
            models.UniqueConstraint(fields=["id", "operadora"], name="edicao_de_referencia_da_operadora"),
            models.CheckConstraint(condition=~Q(lista=Referencia.NENHUMA.value), name="edicao_de_referencia_lista"),
        ]

    def __str__(self) -> str:
        return f"{self.get_lista_display()} {self.edicao}"


class ItemDeReferencia(models.Model):
    """What an edition says of one commercial item. Prices are those of the package, which holds `unidades`."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    edicao = models.ForeignKey(EdicaoDeReferencia, on_delete=models.CASCADE, related_name="itens", db_index=False)
    codigo = models.CharField("código na lista", max_length=20)
    codigo_tiss = models.CharField("código TISS", max_length=10, blank=True)
    codigo_tuss = models.CharField("código TUSS", max_length=10, blank=True)
    descricao = models.CharField("descrição", max_length=150)
    grupo = models.CharField(max_length=11, choices=Grupo)
    pmc = models.DecimalField("PMC", max_digits=12, decimal_places=4, default=ZERO, validators=[NAO_NEGATIVO])
    pfb = models.DecimalField("PFB", max_digits=12, decimal_places=4, default=ZERO, validators=[NAO_NEGATIVO])
    unidades = models.DecimalField(
        "unidades na embalagem",
        max_digits=12,
        decimal_places=4,
        default=Decimal(1),
        help_text="O preço de uma é o da embalagem dividido por elas. 1: cobra-se a embalagem.",
    )
    chave = sem_zeros("codigo", 20)
    chave_tiss = sem_zeros("codigo_tiss", 10)
    chave_tuss = sem_zeros("codigo_tuss", 10)

    class Meta:
        verbose_name = "item de lista de preço"
        verbose_name_plural = "itens de lista de preço"
        ordering = ["codigo"]
        constraints = [
            models.UniqueConstraint(fields=["edicao", "codigo"], name="item_de_referencia_unico"),
            models.CheckConstraint(
                condition=Q(pmc__gte=0, pfb__gte=0, unidades__gt=0), name="item_de_referencia_numeros"
            ),
        ]
        indexes = [
            models.Index(fields=["edicao", "chave"], name="item_referencia_chave"),
            models.Index(fields=["edicao", "chave_tiss"], name="item_referencia_tiss"),
            models.Index(fields=["edicao", "chave_tuss"], name="item_referencia_tuss"),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.descricao}"
