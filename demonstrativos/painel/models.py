"""Who executed what was refused. The XML of a sent lot says it; searching for it there takes too long for a page."""

from __future__ import annotations

from django.db import models

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Analise, GuiaAnalisada, ItemAnalisado


class Executante(models.Model):
    """The professional of an item of which something was refused; empty texts where the guide names none."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    analise = models.ForeignKey(
        Analise, on_delete=models.CASCADE, related_name="executantes", db_constraint=False, db_index=False
    )
    guia = models.ForeignKey(
        GuiaAnalisada, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    item = models.OneToOneField(ItemAnalisado, on_delete=models.CASCADE, related_name="executante", db_constraint=False)
    nome = models.CharField(max_length=70, blank=True)
    conselho = models.CharField(max_length=2, blank=True, help_text="By domain table 26.")
    numero = models.CharField(max_length=15, blank=True)
    uf = models.CharField(max_length=2, blank=True, help_text="By domain table 59.")

    def __str__(self) -> str:
        return f"executante do item {self.item_id}"
