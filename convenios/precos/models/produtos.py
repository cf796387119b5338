"""What a prestador uses and what it pays for it: the base of prices where no list has the item."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from conecta.contas.models import Organizacao
from convenios.models import Convenio
from convenios.models.camadas import MAIOR_PERCENTUAL
from convenios.precos.naturezas import Grupo

from .chaves import sem_zeros
from .tabelas import NAO_NEGATIVO


class Produto(models.Model):
    """A product of a prestador with its average cost, in reais.

    The prestador's, because the cost is: what it buys for, from whom, is nobody else's business, and it is the same for
    every operadora that it bills. An operadora sees the price that comes of it, on what is charged, and not the cost.
    """

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    codigo = models.CharField("código", max_length=20, help_text="O do seu estoque; também o que vai na tabela 00.")
    descricao = models.CharField("descrição", max_length=150)
    grupo = models.CharField(max_length=11, choices=Grupo)
    custo_medio = models.DecimalField("custo médio", max_digits=12, decimal_places=4, validators=[NAO_NEGATIVO])
    codigo_tuss = models.CharField("código TUSS", max_length=10, blank=True)
    codigo_brasindice = models.CharField("código Brasíndice", max_length=20, blank=True)
    codigo_simpro = models.CharField("código Simpro", max_length=20, blank=True)
    ativo = models.BooleanField(default=True)
    chave = sem_zeros("codigo", 20)
    chave_tuss = sem_zeros("codigo_tuss", 10)

    class Meta:
        ordering = ["descricao"]
        constraints = [
            models.UniqueConstraint(fields=["prestador", "codigo"], name="produto_codigo_unico"),
            models.CheckConstraint(condition=Q(custo_medio__gte=0), name="produto_custo"),
        ]
        indexes = [
            models.Index(fields=["prestador", "chave"], name="produto_chave"),
            models.Index(fields=["prestador", "chave_tuss"], name="produto_tuss"),
        ]

    def __str__(self) -> str:
        return f"{self.codigo} {self.descricao}"


class PercentualDoGrupo(models.Model):
    """Lista de Produtos: how much of the average cost a convênio pays for a group, where no list has the item."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="percentuais")
    grupo = models.CharField(max_length=11, choices=Grupo)
    percentual = models.DecimalField(
        max_digits=6, decimal_places=3, validators=[NAO_NEGATIVO], help_text="Aplicado sobre o custo médio do produto."
    )

    class Meta:
        verbose_name = "percentual do grupo"
        verbose_name_plural = "percentuais por grupo"
        ordering = ["grupo"]
        constraints = [
            models.UniqueConstraint(fields=["convenio", "grupo"], name="percentual_do_grupo_unico"),
            models.CheckConstraint(
                condition=Q(percentual__range=(0, MAIOR_PERCENTUAL)), name="percentual_do_grupo_limites"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_grupo_display()}: {self.percentual} %"
