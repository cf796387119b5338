"""What an operadora decided about a rule of the catalogue, from which day on. Rows are added and never changed."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario


class AjusteDeRegraQuerySet(models.QuerySet["AjusteDeRegra"]):
    def vigentes(self, operadora_id: int, dia: date) -> Self:
        """The operadora's decision in force on that day about each rule: of the latest day, what was decided last."""
        da_operadora = self.filter(operadora=operadora_id, desde__lte=dia)
        return da_operadora.order_by("regra", "-desde", "-id").distinct("regra")


class AjusteDeRegra(models.Model):
    """One decision: from `desde` on, the rule is asked in that way. `severidade` empty: the rule's own."""

    class Modo(models.TextChoices):
        """The values are those of `uploads.regras.contexto.Modo`."""

        LIGADA = "ligada", "Ligada"
        OBSERVADA = "observada", "Observada"
        DESLIGADA = "desligada", "Desligada"

    class Severidade(models.TextChoices):
        """The values are those of `tiss_schemas.achados.Severidade`."""

        IMPEDITIVA = "impeditiva", "Impeditiva"
        IGNORAVEL = "ignoravel", "Ignorável com justificativa"
        INFORMATIVA = "informativa", "Informativa"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    regra = models.CharField(max_length=5)
    modo = models.CharField(max_length=9, choices=Modo)
    severidade = models.CharField(max_length=11, choices=Severidade, blank=True)
    desde = models.DateField()
    motivo = models.CharField(max_length=300)
    criado_em = models.DateTimeField(default=timezone.now)
    criado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    criado_por_nome = models.CharField(max_length=70, blank=True, help_text="Empty: nobody, it came with an update.")

    objects = AjusteDeRegraQuerySet.as_manager()

    class Meta:
        verbose_name = "ajuste de regra"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(modo__in=["ligada", "observada", "desligada"])
                & models.Q(severidade__in=["", "impeditiva", "ignoravel", "informativa"]),
                name="ajuste_conhecido",
            )
        ]
        indexes = [models.Index(fields=["operadora", "regra", "-desde", "-id"], name="ajuste_vigente")]

    def __str__(self) -> str:
        return f"ajuste {self.pk}"
