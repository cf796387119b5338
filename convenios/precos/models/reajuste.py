"""What was adjusted at once: kept to be read, and so that it can be undone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario

from .tabelas import TabelaDePreco


class Reajuste(models.Model):
    """A percentage by which prices of a table changed from `inicio` on; `tabela_tiss` and `prefixo` say which ("" all).

    Sums are of the prices in reais before and after.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    tabela = models.ForeignKey(TabelaDePreco, on_delete=models.CASCADE, related_name="reajustes", db_index=False)
    percentual = models.DecimalField(max_digits=7, decimal_places=3)
    inicio = models.DateField("vale a partir de")
    tabela_tiss = models.CharField("tabela TISS", max_length=2, blank=True)
    prefixo = models.CharField("códigos que começam com", max_length=10, blank=True)
    quantos = models.PositiveIntegerField()
    soma_antes = models.DecimalField(max_digits=18, decimal_places=4)
    soma_depois = models.DecimalField(max_digits=18, decimal_places=4)
    quem = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    quem_nome = models.CharField(max_length=70)
    feito_em = models.DateTimeField(default=timezone.now, editable=False)
    desfeito_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "reajuste"
        ordering = ["-feito_em", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(percentual__gt=-100), name="reajuste_deixa_preco"),
            models.CheckConstraint(condition=Q(quantos__gt=0), name="reajuste_de_algo"),
        ]
        indexes = [models.Index(fields=["tabela", "-feito_em"], name="reajuste_recentes")]

    def __str__(self) -> str:
        return f"{self.percentual} % em {self.inicio}"
