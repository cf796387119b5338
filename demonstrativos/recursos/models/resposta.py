"""The operadora's answer: hers alone while it is prepared, read by the prestador once it is given."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.analise.estados import Nivel

from .item import ItemDoRecurso
from .recurso import Recurso


class RespostaDoItem(models.Model):
    """The decision on one item: how much is accepted, and why not all of it. `valor_recursado` and `nivel` are copied
    by the database; of a whole guide or protocol all is accepted or nothing."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    respondido_em = models.DateTimeField(null=True)
    recurso = models.ForeignKey(Recurso, on_delete=models.PROTECT, related_name="respostas", db_constraint=False)
    item = models.OneToOneField(ItemDoRecurso, on_delete=models.PROTECT, related_name="resposta", db_constraint=False)
    nivel = models.CharField(max_length=9, choices=Nivel, default=Nivel.ITEM)
    valor_recursado = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    valor_acatado = models.DecimalField(max_digits=14, decimal_places=2)
    justificativa = models.CharField(max_length=500, blank=True)
    quando = models.DateTimeField(default=timezone.now)
    por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    por_nome = models.CharField(max_length=70)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valor_acatado__gte=0, valor_acatado__lte=F("valor_recursado")),
                name="respostadoitem_ate_o_recursado",
            ),
            models.CheckConstraint(
                condition=Q(nivel="item") | Q(valor_acatado=0) | Q(valor_acatado=F("valor_recursado")),
                name="respostadoitem_inteira",
            ),
            models.CheckConstraint(
                condition=Q(valor_acatado=F("valor_recursado")) | ~Q(justificativa=""),
                name="respostadoitem_recusa_tem_motivo",
            ),
        ]

    def __str__(self) -> str:
        return f"resposta {self.pk}"


class AcaoDaResposta(models.Model):
    """A change of an answer that is being prepared. `antes` holds, by item, what an undo brings back; null: nothing."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    recurso = models.ForeignKey(Recurso, on_delete=models.PROTECT, related_name="acoes", db_constraint=False)
    quando = models.DateTimeField(default=timezone.now)
    por_nome = models.CharField(max_length=70)
    titulo = models.CharField(max_length=200)
    antes = models.JSONField()
    desfeita_em = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"ação {self.pk}"
