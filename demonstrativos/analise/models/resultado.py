"""What each criterion of the automatic pass found in an analysis: counted, for the operadora that tunes it."""

from __future__ import annotations

from django.db import models

from conecta.contas.models import Organizacao

from .analise import Analise


class ResultadoDoCriterio(models.Model):
    """What one criterion refused and observed in one analysis, as of its last pass.

    `glosas` counts what it refused or proposed, `retiradas` what people took away before the pass was made again. The
    prestador never reads it.
    """

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    analise = models.ForeignKey(
        Analise, on_delete=models.PROTECT, related_name="resultados", db_constraint=False, db_index=False
    )
    criterio = models.CharField(max_length=30)
    quando = models.DateTimeField()
    glosas = models.PositiveIntegerField(default=0)
    valor = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    observacoes = models.PositiveIntegerField(default=0)
    retiradas = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["analise", "criterio"], name="resultado_do_criterio_unico")]
        indexes = [models.Index(fields=["operadora", "quando"], name="resultado_por_dia")]

    def __str__(self) -> str:
        return f"{self.criterio} na análise {self.analise_id}"
