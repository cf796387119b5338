"""What decides who sees a row, copied down to it from its lot, so that a policy compares columns and never joins."""

from __future__ import annotations

from django.db import models

from conecta.contas.models import Organizacao


class DosDoisLados(models.Model):
    """A row of a lot: whose it is, who receives it, and since when. Keys and triggers in migrations keep it true."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    enviado_em = models.DateTimeField(null=True)

    class Meta:
        abstract = True
