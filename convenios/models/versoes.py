"""Versions of the TISS standard that an operadora takes, and from when until when."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from conecta.contas.models import Organizacao
from conecta.periodo import dentro

from .convenio import Convenio


class VersoesQuerySet(models.QuerySet["VersaoAceita"]):
    def da_operadora(self, operadora: Organizacao | int) -> Self:
        """Of that operadora. The database says so too; this lets it use the index."""
        return self.filter(operadora=operadora)


class VersaoAceita(models.Model):
    """Days on which a version is taken, by the date of the transaction; `ate` None: no end is set.

    With `convenio` they hold for files of that convênio, in place of those that the operadora set for all of them. Of a
    version that has no dates, `ParametrosDaOperadora.versoes_aceitas` decides, on any day.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    convenio = models.ForeignKey(
        Convenio, on_delete=models.PROTECT, related_name="versoes_aceitas", null=True, blank=True
    )
    versao = models.CharField("versão", max_length=8)
    desde = models.DateField("aceita desde", help_text="Arquivo com data de transação anterior é recusado (M05).")
    ate = models.DateField("aceita até", null=True, blank=True, help_text="Último dia. Vazio: sem fim marcado.")

    objects = VersoesQuerySet.as_manager()

    class Meta:
        verbose_name = "versão aceita"
        ordering = ["versao", "desde"]
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "convenio", "versao", "desde"], name="versao_aceita_unica", nulls_distinct=False
            ),
            models.CheckConstraint(
                condition=Q(ate__isnull=True) | Q(ate__gte=F("desde")), name="versao_aceita_periodo"
            ),
        ]

    def __str__(self) -> str:
        return self.versao

    def vigente_em(self, dia: date) -> bool:
        """Whether it is taken on that day."""
        return dentro(dia, self.desde, self.ate)
