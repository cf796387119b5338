"""How often each rule found something: figures to learn from, without any value of the file."""

from __future__ import annotations

from django.db import models

from conecta.contas.models import Organizacao

from .arquivo import Arquivo
from .critica import Critica


class Contagem(models.Model):
    """What one rule found in one field of one version of a file, at the first verdict on that version.

    Of rules that are only observed (`observada`) the prestador writes the rows and does not read them.
    """

    prestador = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    arquivo = models.ForeignKey(
        Arquivo, on_delete=models.CASCADE, related_name="contagens", db_constraint=False, db_index=False
    )
    versao = models.PositiveSmallIntegerField()
    regra = models.CharField(max_length=5)
    campo = models.TextField(help_text="Element names from the root down, as in the XSD; empty: the file as a whole.")
    observada = models.BooleanField()
    codigo = models.CharField(max_length=4)
    severidade = models.CharField(max_length=11, choices=Critica.Severidade)
    quantidade = models.PositiveIntegerField(help_text="Places.")
    guias = models.PositiveIntegerField(help_text="Guides with at least one of the places.")
    importado = models.BooleanField(help_text="Whether this verdict let the file in.")
    julgado_em = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arquivo", "versao", "regra", "campo", "observada"], name="contagem_do_primeiro_veredito"
            )
        ]
        indexes = [
            models.Index(fields=["prestador", "julgado_em"], name="contagem_do_prestador"),
            models.Index(fields=["operadora", "julgado_em"], name="contagem_da_operadora"),
            models.Index(fields=["operadora", "regra", "julgado_em"], name="contagem_da_regra"),
        ]

    def __str__(self) -> str:
        return f"contagem {self.pk}"
