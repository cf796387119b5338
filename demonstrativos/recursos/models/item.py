"""What is appealed for: a glosa of an item, alone or as part of a whole guide or protocol."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Glosa
from lotes.models import Guia, Item

from .recurso import DoRecurso, Recurso


class ItemDoRecurso(DoRecurso):
    """One glosa appealed against. Lot, guide, item, code and `valor_da_glosa`, which is what can still be appealed for,
    are copied by the database from the glosa while the appeal is a draft.

    Of a whole guide or protocol (`nivel`) every glosa is appealed for in full, and justified alike.
    """

    recurso = models.ForeignKey(
        Recurso, on_delete=models.PROTECT, related_name="itens", db_constraint=False, db_index=False
    )
    glosa = models.ForeignKey(Glosa, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    lote_id = models.BigIntegerField(default=0)
    guia = models.ForeignKey(Guia, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    nivel = models.CharField("nível", max_length=9, choices=Nivel, default=Nivel.ITEM)
    instancia = models.PositiveSmallIntegerField(default=1)
    codigo = models.CharField("código da glosa", max_length=4, default="")
    valor_da_glosa = models.DecimalField(max_digits=14, decimal_places=2, default=Decimal(0))
    valor_recursado = models.DecimalField(max_digits=14, decimal_places=2)
    justificativa = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["glosa", "instancia"], name="itemdorecurso_uma_vez"),
            models.UniqueConstraint(
                fields=["id", "recurso", "prestador", "operadora"], name="itemdorecurso_inquilinos"
            ),
            models.CheckConstraint(
                condition=Q(valor_recursado__gt=0, valor_recursado__lte=F("valor_da_glosa")),
                name="itemdorecurso_ate_a_glosa",
            ),
            models.CheckConstraint(
                condition=Q(nivel="item") | Q(valor_recursado=F("valor_da_glosa")), name="itemdorecurso_inteiro"
            ),
            models.CheckConstraint(
                condition=Q(enviado_em__isnull=True) | ~Q(justificativa=""), name="itemdorecurso_justificado"
            ),
        ]
        indexes = [models.Index(fields=["recurso", "guia"], name="itemdorecurso_do_recurso")]

    def __str__(self) -> str:
        return f"item de recurso {self.pk}"
