"""A finding in one version of a file. The operadora sees those that were ignored with a justification, once sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from conecta.contas.models import Organizacao, Usuario
from lotes.models import Lote
from lotes.models.copias import DosDoisLados
from tiss_schemas.edicoes import Edicao, Valor, de_json

from .arquivo import Arquivo

COM_SUGESTAO = Q(sugestao__isnull=False) | Q(conserto__isnull=False)
"""Críticas that one click mends."""


class Critica(DosDoisLados):
    """What the rules said, where, and what was done about it."""

    class Severidade(models.TextChoices):
        IMPEDITIVA = "impeditiva", "Impede a importação"
        IGNORAVEL = "ignoravel", "Pode ser ignorada com justificativa"
        INFORMATIVA = "informativa", "Informativa"

    operadora = models.ForeignKey(
        Organizacao, on_delete=models.PROTECT, related_name="+", null=True, db_constraint=False, db_index=False
    )
    lote = models.ForeignKey(
        Lote,
        on_delete=models.SET_NULL,
        related_name="criticas_ignoradas",
        null=True,
        db_constraint=False,
    )
    arquivo = models.ForeignKey(
        Arquivo,
        on_delete=models.CASCADE,
        related_name="criticas",
        null=True,
        db_constraint=False,
        db_index=False,
        help_text="Empty: of a typed lot, which keeps only what was ignored.",
    )
    versao = models.PositiveSmallIntegerField()
    posicao = models.PositiveIntegerField(help_text="Place in the verdict, from 1.")
    regra = models.CharField(max_length=5)
    codigo = models.CharField(max_length=4)
    severidade = models.CharField(max_length=11, choices=Severidade)
    tipo = models.CharField(max_length=14)
    mensagem = models.TextField()
    caminho = models.TextField()
    caminho_legivel = models.TextField(blank=True)
    linha = models.PositiveIntegerField(null=True)
    guia = models.CharField(max_length=20, blank=True)
    valor = models.TextField(null=True)
    esperado = models.TextField(null=True)
    sugestao = models.TextField(null=True)
    conserto = models.JSONField(null=True, help_text="Edits, where the suggestion is more than another text.")
    ignorada = models.BooleanField(default=False)
    justificativa = models.CharField(max_length=500, blank=True)
    ignorada_em = models.DateTimeField(null=True)
    ignorada_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    ignorada_por_nome = models.CharField(max_length=70, blank=True)

    class Meta:
        verbose_name = "crítica"
        constraints = [
            models.UniqueConstraint(fields=["arquivo", "versao", "posicao"], name="critica_unica"),
            models.CheckConstraint(
                condition=Q(arquivo__isnull=False) | Q(lote__isnull=False, ignorada=True), name="critica_de_alguem"
            ),
            models.CheckConstraint(
                condition=Q(ignorada=False, ignorada_em__isnull=True, ignorada_por__isnull=True)
                | Q(
                    ignorada=True,
                    ignorada_em__isnull=False,
                    ignorada_por__isnull=False,
                    severidade="ignoravel",
                )
                & ~Q(justificativa=""),
                name="critica_ignorada_com_justificativa",
            ),
        ]

    def __str__(self) -> str:
        return f"crítica {self.pk}"

    @property
    def edicoes(self) -> tuple[Edicao, ...]:
        """The edits that the suggestion is made of; empty without one."""
        if self.sugestao is not None:
            return (Valor(self.caminho, self.sugestao),)
        return de_json(self.conserto or [])
