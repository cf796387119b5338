"""The standard's own tables, with edition and validity: loaded from the package `tiss`, never changed by hand."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.importacao.estados import SituacaoDaImportacao
from conecta.periodo import em_vigor


def _trigramas(campo: str, nome: str) -> GinIndex:
    """Finds any three letters in a row within a text, wherever they stand."""
    return GinIndex(fields=[campo], opclasses=["gin_trgm_ops"], name=nome)


class Edicao(models.Model):
    """One loading of a source: what it was and its SHA-256, so that loading it again does nothing."""

    fonte = models.CharField(max_length=40)
    rotulo = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    carregada_em = models.DateTimeField(auto_now_add=True)
    quem_nome = models.CharField(max_length=70, db_default="", help_text="Empty: loaded on the server.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fonte", "sha256"], name="edicao_unica")]

    def __str__(self) -> str:
        return f"{self.fonte} {self.rotulo}"


class EdicaoRecebida(models.Model):
    """A spreadsheet of ANS on its way in by the screen: what it would change, then what it changed.

    Its bytes are kept until it is at an end. Numbers are None until they are known. `ruins` is a list of
    {"linha", "coluna", "motivo"}, `exemplos` lists of {"codigo", "termo", "inicio", "fim"} by the kind of change.
    """

    tabela = models.CharField(max_length=2)
    rotulo = models.CharField(max_length=60)
    completa = models.BooleanField(default=False)
    nome = models.CharField("arquivo", max_length=255)
    tamanho = models.BigIntegerField(help_text="Bytes of the file.")
    comprimido = models.BinaryField(null=True)
    situacao = models.CharField(max_length=12, choices=SituacaoDaImportacao, default=SituacaoDaImportacao.CONFERINDO)
    ja_estava = models.BooleanField(default=False)
    novas = models.PositiveIntegerField(null=True)
    mudadas = models.PositiveIntegerField(null=True)
    encerradas = models.PositiveIntegerField(null=True)
    iguais = models.PositiveIntegerField(null=True)
    quantas_ruins = models.PositiveIntegerField(null=True)
    ruins: Any = models.JSONField(default=list)
    exemplos: Any = models.JSONField(default=dict)
    erro = models.CharField(max_length=500, blank=True)
    quem = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    quem_nome = models.CharField(max_length=70)
    criada_em = models.DateTimeField(default=timezone.now, editable=False)
    terminada_em = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "edição recebida"
        ordering = ["-criada_em", "-id"]

    def __str__(self) -> str:
        return f"edição recebida {self.pk}"


class ComVigencia(models.QuerySet["Termo"]):
    def vigentes_em(self, dia: date) -> Self:
        """Valid on that day."""
        return self.filter(em_vigor(dia, "vigencia_inicio", "vigencia_fim"))


class Termo(models.Model):
    """An item of TUSS (tables 18, 19, 20, 22)."""

    tabela = models.CharField(max_length=2)
    codigo = models.CharField(max_length=10)
    termo = models.TextField()
    termo_busca = models.TextField(help_text="Lower case, without accents.")
    descricao = models.TextField(blank=True, db_default="")
    vigencia_inicio = models.DateField()
    vigencia_fim = models.DateField(null=True)
    fim_implantacao = models.DateField(null=True, help_text="Last day that ANS gives to adapt.")
    edicao = models.ForeignKey(Edicao, on_delete=models.PROTECT, related_name="+")

    objects = ComVigencia.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tabela", "codigo", "vigencia_inicio"], name="termo_unico"),
        ]
        indexes = [_trigramas("termo_busca", "termo_trigramas")]

    def __str__(self) -> str:
        return f"{self.tabela} {self.codigo}"


class ItemDeDominio(models.Model):
    """A code of a domain table (23 caráter, 24 CBO, 39 motivo de encerramento, …)."""

    tabela = models.CharField(max_length=2)
    codigo = models.CharField(max_length=10)
    texto = models.TextField()
    texto_busca = models.TextField(db_default="", help_text="Lower case, without accents.")
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
    descricao_busca = models.TextField(db_default="", help_text="Lower case, without accents.")
    grupo = models.CharField(max_length=4)
    vigencia_inicio = models.DateField(null=True)
    vigencia_fim = models.DateField(null=True)
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


class TermoProprio(models.Model):
    """A code of an operadora's own tables: what no table of TUSS has. It is closed, never removed."""

    class Tabela(models.TextChoices):
        """Those that the standard leaves to operadoras."""

        PROPRIA = "00", "00 Tabela própria"
        PACOTE_ODONTOLOGICO = "90", "90 Pacotes odontológicos"
        PACOTE = "98", "98 Pacotes"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="termos_proprios")
    tabela = models.CharField(max_length=2, choices=Tabela)
    codigo = models.CharField(
        "código",
        max_length=10,
        validators=[RegexValidator(r"^[0-9A-Za-z.\-]+$", "Use só letras sem acento, algarismos, ponto e hífen.")],
        help_text="Até 10 letras e algarismos, como os prestadores o escrevem nas guias.",
    )
    descricao = models.CharField("descrição", max_length=150, help_text="Até 150 caracteres, como cabe na guia.")
    descricao_busca = models.CharField(max_length=150, help_text="Lower case, without accents.")
    vigencia_inicio = models.DateField("vale desde", help_text="Item de antes deste dia é criticado (I05).")
    vigencia_fim = models.DateField(
        "vale até", null=True, blank=True, help_text="Item de depois deste dia é criticado (I05). Vazio: sem fim."
    )

    class Meta:
        verbose_name = "código próprio"
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "tabela", "codigo", "vigencia_inicio"], name="termo_proprio_unico"
            ),
            models.CheckConstraint(
                condition=Q(vigencia_fim__isnull=True) | Q(vigencia_fim__gte=F("vigencia_inicio")),
                name="termo_proprio_periodo",
            ),
            models.CheckConstraint(condition=Q(tabela__in=["00", "90", "98"]), name="termo_proprio_tabela"),
        ]
        indexes = [_trigramas("descricao_busca", "termo_proprio_trigramas")]

    def __str__(self) -> str:
        return f"{self.tabela} {self.codigo}"


class ItemDaTerminologia(models.Model):
    """A line of what can be searched: every table of the standard, and the own tables that the wall lets through.

    A view of the database over the tables above, which asks in the name of whoever reads it. `operadora_id` is None
    for what belongs to everybody.
    """

    id = models.CharField(primary_key=True, max_length=30)
    tabela = models.CharField(max_length=2)
    codigo = models.CharField(max_length=10)
    codigo_busca = models.TextField(help_text="The code in lower case and without its leading zeros.")
    texto = models.TextField()
    texto_busca = models.TextField()
    descricao = models.TextField()
    vigencia_inicio = models.DateField(null=True)
    vigencia_fim = models.DateField(null=True)
    fim_implantacao = models.DateField(null=True)
    edicao = models.ForeignKey(Edicao, on_delete=models.DO_NOTHING, null=True, related_name="+")
    operadora_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "convenios_terminologia"

    def __str__(self) -> str:
        return f"{self.tabela} {self.codigo}"
