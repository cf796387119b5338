"""What proves an appeal."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from lotes.models import Guia

from .recurso import DoRecurso, Recurso


class Anexo(DoRecurso):
    """A document of an appeal, of one guide of it where it says which. `midia` is what its bytes are."""

    recurso = models.ForeignKey(Recurso, on_delete=models.PROTECT, related_name="anexos", db_constraint=False)
    guia = models.ForeignKey(Guia, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False)
    nome = models.CharField(max_length=255)
    midia = models.CharField(max_length=20)
    conteudo = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    tamanho = models.PositiveIntegerField()
    anexado_em = models.DateTimeField(default=timezone.now)
    anexado_por_nome = models.CharField(max_length=70)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"anexo {self.pk}"
