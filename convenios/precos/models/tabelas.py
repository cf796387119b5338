"""Price tables of an operadora, and which of them prices what."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from conecta.contas.models import Organizacao
from convenios.models import Convenio
from convenios.precos.naturezas import Natureza
from convenios.regras import CEM, ZERO

from .chaves import sem_zeros

NAO_NEGATIVO: Final = MinValueValidator(ZERO)
MAIOR_BANDA: Final = Decimal("999.999")


class TabelaDePreco(models.Model):
    """A price table of an operadora. With `prestador` it belongs to the contract with that one, and only it reads it.

    An edition is a table of its own: prices of an earlier one stay as they were.
    """

    class Tipo(models.TextChoices):
        """How its rows say what a code costs."""

        VALORES = "valores", "Valor por código (TUSS, própria, contrato)"
        PORTES = "portes", "Portes (CBHPM)"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(
        Organizacao,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Tabela do contrato com este prestador; só ele a vê. Vazio: serve a qualquer credenciado.",
    )
    nome = models.CharField(max_length=60)
    tipo = models.CharField(max_length=7, choices=Tipo)
    edicao = models.CharField("edição", max_length=20, blank=True, help_text="Como 2012, ou o mês da lista.")
    uco = models.DecimalField(
        "valor da UCO",
        max_digits=12,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[NAO_NEGATIVO],
        help_text="Em reais: o custo operacional de cada procedimento é contado em UCO.",
    )
    inicio = models.DateField("início", help_text="Antes deste dia ela não dá preço a nada.")
    fim = models.DateField(null=True, blank=True, help_text="Depois deste dia ela não dá preço a nada.")
    ativa = models.BooleanField(default=True)

    class Meta:
        verbose_name = "tabela de preço"
        verbose_name_plural = "tabelas de preço"
        ordering = ["nome", "edicao"]
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "prestador", "nome", "edicao"], name="tabela_nome_unico", nulls_distinct=False
            ),
            models.UniqueConstraint(fields=["id", "operadora"], name="tabela_da_operadora"),
            models.CheckConstraint(condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="tabela_periodo"),
            models.CheckConstraint(condition=Q(uco__isnull=True) | Q(uco__gte=0), name="tabela_uco"),
        ]

    def __str__(self) -> str:
        return f"{self.nome} {self.edicao}".strip()


class Preco(models.Model):
    """What a table says that a code costs, from `inicio` to `fim`. Where two rows hold on one day, the later one wins.

    In a table of `valores`, `valor`. In one of `portes`: `porte` × `fracao_do_porte` (of 1), `custo_operacional` in
    UCO, `filme_m2` in square metres; and for the team, how many auxiliares there may be and the porte anestésico.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    tabela = models.ForeignKey(TabelaDePreco, on_delete=models.CASCADE, related_name="precos", db_index=False)
    tabela_tiss = models.CharField("tabela TISS", max_length=2, help_text="22, 19, 20, 18, 00, 90 ou 98.")
    codigo = models.CharField("código", max_length=10)
    descricao = models.CharField("descrição", max_length=150, blank=True)
    valor = models.DecimalField(max_digits=12, decimal_places=4, null=True, blank=True, validators=[NAO_NEGATIVO])
    porte = models.CharField(max_length=4, blank=True, help_text="Como 3C.")
    fracao_do_porte = models.DecimalField(
        "fração do porte",
        max_digits=7,
        decimal_places=4,
        default=Decimal(1),
        validators=[NAO_NEGATIVO],
        help_text="Parte do porte que o procedimento vale: 1 é o porte inteiro, 0,1 a décima parte.",
    )
    custo_operacional = models.DecimalField(
        "custo operacional",
        max_digits=12,
        decimal_places=4,
        default=ZERO,
        validators=[NAO_NEGATIVO],
        help_text="Em UCO.",
    )
    filme_m2 = models.DecimalField(
        "filme, em m²", max_digits=8, decimal_places=4, default=ZERO, validators=[NAO_NEGATIVO]
    )
    numero_de_auxiliares = models.PositiveSmallIntegerField(
        "número de auxiliares", null=True, blank=True, validators=[MaxValueValidator(4)]
    )
    porte_anestesico = models.CharField("porte anestésico", max_length=4, blank=True, help_text="O do anestesista.")
    inicio = models.DateField("início")
    fim = models.DateField(null=True, blank=True)
    chave = sem_zeros("codigo", 10)

    class Meta:
        verbose_name = "preço"
        ordering = ["tabela_tiss", "codigo", "inicio"]
        constraints = [
            models.UniqueConstraint(fields=["tabela", "tabela_tiss", "codigo", "inicio"], name="preco_unico"),
            models.CheckConstraint(condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="preco_periodo"),
            models.CheckConstraint(
                condition=(Q(valor__isnull=True) | Q(valor__gte=0))
                & Q(fracao_do_porte__gte=0, custo_operacional__gte=0, filme_m2__gte=0),
                name="preco_nao_negativo",
            ),
        ]
        indexes = [models.Index(fields=["tabela", "chave"], name="preco_chave")]

    def __str__(self) -> str:
        return f"{self.tabela_tiss} {self.codigo}"


class ValorDoPorte(models.Model):
    """What a porte is worth in one table, in reais."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    tabela = models.ForeignKey(TabelaDePreco, on_delete=models.CASCADE, related_name="portes", db_index=False)
    porte = models.CharField(max_length=4)
    valor = models.DecimalField(max_digits=12, decimal_places=4, validators=[NAO_NEGATIVO])

    class Meta:
        verbose_name = "valor do porte"
        ordering = ["porte"]
        constraints = [
            models.UniqueConstraint(fields=["tabela", "porte"], name="porte_unico"),
            models.CheckConstraint(condition=Q(valor__gte=0), name="porte_nao_negativo"),
        ]

    def __str__(self) -> str:
        return self.porte


class VinculoDeTabela(models.Model):
    """That a table prices one kind of item of a convênio, for every credenciado or for one.

    The links of the contract with the prestador are asked first, then those of the convênio; among them by `ordem`.
    The first table that has the code on the day of the service decides.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="tabelas")
    prestador = models.ForeignKey(
        Organizacao,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        help_text="Só no contrato com este prestador. Vazio: em todos os do convênio.",
    )
    natureza = models.CharField(max_length=13, choices=Natureza, help_text="O que a tabela precifica.")
    tabela = models.ForeignKey(TabelaDePreco, on_delete=models.PROTECT, related_name="vinculos")
    ordem = models.PositiveSmallIntegerField(default=1, help_text="Onde o código não está na primeira, vale a próxima.")
    percentual = models.DecimalField(
        max_digits=6,
        decimal_places=3,
        default=CEM,
        validators=[NAO_NEGATIVO],
        help_text="Aplicado sobre o preço da tabela: 100 o deixa como está.",
    )
    banda_porte = models.DecimalField(
        "banda do porte, em %",
        max_digits=6,
        decimal_places=3,
        default=ZERO,
        validators=[MinValueValidator(-CEM)],
        help_text="Soma ao valor do porte; com sinal de menos, é um deflator.",
    )
    banda_uco = models.DecimalField(
        "banda da UCO, em %",
        max_digits=6,
        decimal_places=3,
        default=ZERO,
        validators=[MinValueValidator(-CEM)],
        help_text="Soma ao valor da UCO; com sinal de menos, é um deflator.",
    )
    inicio = models.DateField("início")
    fim = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "vínculo de tabela"
        verbose_name_plural = "vínculos de tabela"
        ordering = ["natureza", F("prestador").asc(nulls_last=True), "ordem", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["convenio", "prestador", "natureza", "tabela", "inicio"],
                name="vinculo_de_tabela_unico",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="vinculo_de_tabela_periodo"
            ),
            models.CheckConstraint(
                condition=Q(percentual__range=(0, MAIOR_BANDA))
                & Q(banda_porte__range=(-CEM, MAIOR_BANDA))
                & Q(banda_uco__range=(-CEM, MAIOR_BANDA)),
                name="vinculo_de_tabela_percentuais",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_natureza_display()}: {self.tabela_id}"

    def clean(self) -> None:
        """A table of the contract with one prestador is linked in that contract only: no other would see it."""
        super().clean()
        if self.tabela.prestador_id is not None and self.tabela.prestador_id != self.prestador_id:
            raise ValidationError(
                {"tabela": "Esta tabela é do contrato com um prestador. Vincule-a só no contrato com ele."}
            )
