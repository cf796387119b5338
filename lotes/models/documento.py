"""Documents drawn of a lot, kept so that the same one comes out again to the byte."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao

from .lote import Lote


class DocumentoDoLote(models.Model):
    """One PDF of a sent lot, by the values that it shows. New values make another one; none is ever replaced."""

    class Tipo(models.TextChoices):
        CAPA = "capa", "Capa do Lote"

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    enviado_em = models.DateTimeField(help_text="When the lot was sent: from then on the operadora sees it.")
    lote = models.ForeignKey(Lote, on_delete=models.PROTECT, related_name="documentos")
    tipo = models.CharField(max_length=20, choices=Tipo)
    chave_dos_valores = models.CharField(max_length=64, help_text="SHA-256 of the values shown.")
    conteudo = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+")
    criado_em = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lote", "tipo", "chave_dos_valores"], name="documento_unico_por_valores")
        ]

    def __str__(self) -> str:
        return f"{self.tipo} {self.lote_id}"
