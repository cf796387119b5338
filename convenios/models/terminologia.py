"""The standard's own tables, with edition and validity: loaded from the package `tiss`, never changed by hand."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class Edicao(models.Model):
    """One loading of a source: what it was and its SHA-256, so that loading it again does nothing."""

    fonte = models.CharField(max_length=40)
    rotulo = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    carregada_em = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fonte", "sha256"], name="edicao_unica")]

    def __str__(self) -> str:
        return f"{self.fonte} {self.rotulo}"


class ComVigencia(models.QuerySet["Termo"]):
    def vigentes_em(self, dia: date) -> Self:
        """Valid on that day."""
        return self.filter(
            Q(vigencia_fim__isnull=True) | Q(vigencia_fim__gte=dia),
            vigencia_inicio__lte=dia,
        )


class Termo(models.Model):
    """An item of TUSS (tables 18, 19, 20, 22)."""

    tabela = models.CharField(max_length=2)
    codigo = models.CharField(max_length=10)
    termo = models.TextField()
    termo_busca = models.TextField(help_text="Lower case, without accents.")
    vigencia_inicio = models.DateField()
    vigencia_fim = models.DateField(null=True)
    edicao = models.ForeignKey(Edicao, on_delete=models.PROTECT, related_name="+")

    objects = ComVigencia.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tabela", "codigo", "vigencia_inicio"], name="termo_unico"),
        ]

    def __str__(self) -> str:
        return f"{self.tabela} {self.codigo}"


class ItemDeDominio(models.Model):
    """A code of a domain table (23 caráter, 24 CBO, 39 motivo de encerramento, …)."""

    tabela = models.CharField(max_length=2)
    codigo = models.CharField(max_length=10)
    texto = models.TextField()
    vigencia_inicio = models.DateField(null=True)
    vigencia_fim = models.DateField(null=True)
    edicao = models.ForeignKey(Edicao, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tabela", "codigo"], name="item_de_dominio_unico")]

    def __str__(self) -> str:
        return f"{self.tabela} {self.codigo}"


class MensagemTiss(models.Model):
    """A code of Tabela 38: messages, glosas and refusals."""

    codigo = models.CharField(max_length=4, unique=True)
    descricao = models.TextField()
    grupo = models.CharField(max_length=4)
    edicao = models.ForeignKey(Edicao, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.codigo


class OperadoraNaAns(models.Model):
    """An active operadora of ANS's public register."""

    registro_ans = models.CharField(max_length=6, unique=True)
    cnpj = models.CharField(max_length=14)
    razao_social = models.TextField()
    nome_fantasia = models.TextField(blank=True)
    edicao = models.ForeignKey(Edicao, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.registro_ans
