"""The story of an analysis: every change with what stood before it and after it, for undo and for the audit."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario

from .analise import Analise


class Acao(models.Model):
    """One change that somebody made. `antes` and `depois` hold what an undo has to bring back (`fotografia`).

    `guias` are the ids of the guides that it touched; none for what is about the protocol's place in the work list,
    which no undo takes back. Never shown to the prestador. `desfeita_em` marks what was undone; the undo is no action
    of its own.
    """

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    analise = models.ForeignKey(Analise, on_delete=models.PROTECT, related_name="acoes", db_constraint=False)
    quando = models.DateTimeField(default=timezone.now)
    por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    por_nome = models.CharField(max_length=70)
    titulo = models.CharField(max_length=200)
    antes = models.JSONField()
    depois = models.JSONField()
    guias: models.Field[list[int], list[int]] = ArrayField(models.BigIntegerField(), default=list)
    desfeita_em = models.DateTimeField(null=True)
    desfeita_por_nome = models.CharField(max_length=70, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"ação {self.pk}"
