"""Imports: a file of rows, what was found in it, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.importacao.estados import EM_ANDAMENTO, Modo, SituacaoDaImportacao


class Importacao(models.Model):
    """One file that somebody brought. Numbers are None until they are known."""

    organizacao = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    layout = models.CharField(max_length=40)
    opcoes = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    nome = models.CharField("arquivo", max_length=255)
    tamanho = models.BigIntegerField(help_text="Bytes of the file.")
    situacao = models.CharField(max_length=12, choices=SituacaoDaImportacao, default=SituacaoDaImportacao.CONFERINDO)
    modo = models.CharField(max_length=4, choices=Modo, blank=True)
    titulos = ArrayField(models.TextField(), default=list, help_text="Headings of the file, in its order.")
    ignorados = ArrayField(models.TextField(), default=list, help_text="Those that the layout does not know.")
    amostra = models.JSONField(default=list, help_text="The first good rows, as they stand in the file.")
    boas = models.PositiveIntegerField(null=True)
    ruins = models.PositiveIntegerField(null=True)
    puladas = models.PositiveIntegerField(null=True, help_text="Rows that are the example of the model file.")
    novas = models.PositiveIntegerField(null=True)
    mudadas = models.PositiveIntegerField(null=True)
    iguais = models.PositiveIntegerField(null=True)
    erro = models.CharField(max_length=500, blank=True)
    quem = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    quem_nome = models.CharField(max_length=70)
    criada_em = models.DateTimeField(default=timezone.now, editable=False)
    terminada_em = models.DateTimeField(null=True)
    limpa_em = models.DateTimeField(null=True, help_text="When its content and its bad lines were removed.")

    class Meta:
        verbose_name = "importação"
        verbose_name_plural = "importações"
        constraints = [models.UniqueConstraint(fields=["id", "organizacao"], name="importacao_da_organizacao")]
        indexes = [models.Index(fields=["organizacao", "-criada_em"], name="importacao_recentes")]

    def __str__(self) -> str:
        return f"importação {self.pk}"

    @property
    def em_andamento(self) -> bool:
        """Whether a job is at it, or about to be."""
        return self.situacao in EM_ANDAMENTO


class ConteudoImportado(models.Model):
    """The bytes of an import's file, compressed, or the key under which another storage keeps them."""

    importacao = models.OneToOneField(Importacao, on_delete=models.CASCADE, related_name="conteudo")
    organizacao = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    comprimido = models.BinaryField(null=True)
    chave = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "conteúdo importado"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(comprimido__isnull=False, chave="")
                | (models.Q(comprimido__isnull=True) & ~models.Q(chave="")),
                name="importado_em_um_lugar",
            ),
        ]

    def __str__(self) -> str:
        return f"conteúdo da importação {self.importacao_id}"


class LinhaRuim(models.Model):
    """A row that cannot be imported: its cells as they stand in the file, and what is wrong with which.

    `erros` is a list of {"coluna": heading or "", "valor", "frase"}.
    """

    importacao = models.ForeignKey(Importacao, on_delete=models.CASCADE, related_name="linhas_ruins", db_index=False)
    organizacao = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    numero = models.PositiveIntegerField(help_text="As spreadsheets number rows.")
    celulas: Any = models.JSONField()
    erros: Any = models.JSONField()

    class Meta:
        verbose_name = "linha ruim"
        ordering = ["numero"]
        constraints = [models.UniqueConstraint(fields=["importacao", "numero"], name="linha_ruim_unica")]

    def __str__(self) -> str:
        return f"linha {self.numero} da importação {self.importacao_id}"
