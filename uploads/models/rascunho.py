"""What a person has decided on the correction screen and not yet saved."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario

from .arquivo import Arquivo


class Rascunho(models.Model):
    """One person's decisions about one verdict on a file, which knows nothing of them until they are saved."""

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    arquivo = models.ForeignKey(
        Arquivo, on_delete=models.CASCADE, related_name="rascunhos", db_constraint=False, db_index=False
    )
    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+")
    versao = models.PositiveSmallIntegerField(help_text="The version that the person saw.")
    conferido_em = models.DateTimeField(help_text="When the verdict was given that the decisions are about.")
    decisoes = models.JSONField()
    alterado_em = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arquivo", "usuario"], name="rascunho_unico")]

    def __str__(self) -> str:
        return f"rascunho {self.pk}"
