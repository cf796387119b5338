"""What was refused of an item, and what the automatic pass only noted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Usuario
from demonstrativos.analise.estados import Nivel, Origem

from .analise import Analise, DaAnalise, GuiaAnalisada, ItemAnalisado


class Glosa(DaAnalise):
    """A refused part of an item: a code of Tabela 38, an amount, a reason for the prestador.

    One that the automatic pass proposed counts as refused; `confirmada` says whether an analista agreed, or the
    operadora lets the criterion refuse by itself. Nothing is released while one waits.
    """

    analise = models.ForeignKey(Analise, on_delete=models.PROTECT, related_name="glosas", db_constraint=False)
    guia = models.ForeignKey(GuiaAnalisada, on_delete=models.PROTECT, related_name="glosas", db_constraint=False)
    item = models.ForeignKey(ItemAnalisado, on_delete=models.PROTECT, related_name="glosas", db_constraint=False)
    nivel = models.CharField("nível", max_length=9, choices=Nivel, default=Nivel.ITEM)
    codigo = models.CharField("código da glosa", max_length=4)
    valor = models.DecimalField("valor da glosa", max_digits=14, decimal_places=2)
    quantidade = models.DecimalField("qtde glosada", max_digits=13, decimal_places=4, null=True, blank=True)
    motivo = models.CharField("motivo para o prestador", max_length=500, blank=True)
    origem = models.CharField(max_length=8, choices=Origem, default=Origem.ANALISTA)
    criterio = models.CharField(max_length=30, blank=True, help_text="Of the automatic pass that found it.")
    confirmada = models.BooleanField(default=True)
    criada_em = models.DateTimeField(default=timezone.now)
    por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    por_nome = models.CharField(max_length=70, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["id", "item", "guia", "analise", "prestador", "operadora"], name="glosa_inquilinos"
            ),
            models.CheckConstraint(condition=Q(valor__gt=0), name="glosa_tem_valor"),
            models.CheckConstraint(condition=Q(codigo__regex=r"^[0-9]{4}$"), name="glosa_codigo"),
            models.CheckConstraint(condition=Q(confirmada=True) | Q(origem="regra"), name="glosa_proposta_pela_regra"),
        ]
        indexes = [
            models.Index(fields=["operadora", "criada_em"], condition=Q(origem="regra"), name="glosa_da_conferencia"),
            *(
                models.Index(fields=[de, "liberada_em"], condition=Q(liberada_em__isnull=False), name=nome)
                for de, nome in (
                    ("operadora", "glosa_liberada_da_operadora"),
                    ("prestador", "glosa_liberada_do_prestador"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"glosa {self.codigo}"


class Observacao(DaAnalise):
    """What the automatic pass noted for the analista without refusing anything. The prestador never reads it."""

    analise = models.ForeignKey(Analise, on_delete=models.PROTECT, related_name="observacoes", db_constraint=False)
    guia = models.ForeignKey(
        GuiaAnalisada, on_delete=models.PROTECT, related_name="observacoes", db_constraint=False, null=True
    )
    item = models.ForeignKey(
        ItemAnalisado, on_delete=models.PROTECT, related_name="observacoes", db_constraint=False, null=True
    )
    criterio = models.CharField(max_length=30)
    codigo = models.CharField(max_length=4)
    texto = models.CharField(max_length=500)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"observação {self.criterio}"
