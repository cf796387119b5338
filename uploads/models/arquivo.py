"""An uploaded file and its versions. The original stays byte for byte; a correction is a new version."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from lotes.estados import TipoDeGuia
from lotes.models import Lote
from uploads.estados import SituacaoDoArquivo


class ArquivoQuerySet(models.QuerySet["Arquivo"]):
    def do_prestador(self, organizacao: Organizacao) -> Self:
        """Of that prestador. The database says so too; this lets it use the index."""
        return self.filter(prestador=organizacao)


class Arquivo(models.Model):
    """One upload. It has its lot number from the first moment, also when it is never imported."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="arquivos")
    operadora = models.ForeignKey(
        Organizacao,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="Null until destino is read.",
    )
    nome = models.CharField("arquivo", max_length=255)
    nome_busca = models.CharField(max_length=255)
    numero_lote = models.BigIntegerField("nº lote", unique=True)
    situacao = models.CharField(
        "situação",
        max_length=16,
        choices=SituacaoDoArquivo,
        default=SituacaoDoArquivo.EM_PROCESSAMENTO,
    )
    versao_atual = models.PositiveSmallIntegerField(default=1)
    corrigido_online = models.BooleanField(default=False)
    criado_em = models.DateTimeField("data/hora inclusão", default=timezone.now)
    criado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    criado_por_nome = models.CharField(max_length=70)
    processado_em = models.DateTimeField(null=True)
    erro = models.CharField(max_length=300, blank=True)
    lote = models.OneToOneField(Lote, on_delete=models.PROTECT, related_name="arquivo", null=True)
    numero_lote_do_prestador = models.CharField("lote do prestador", max_length=12, blank=True)
    versao_tiss = models.CharField(max_length=8, blank=True)
    tipo_de_guia = models.CharField(max_length=22, choices=TipoDeGuia, blank=True)
    quantidade_de_guias = models.PositiveIntegerField(default=0)
    quantidade_de_criticas = models.PositiveIntegerField("críticas", default=0)
    quantidade_impeditivas = models.PositiveIntegerField(default=0)

    objects = ArquivoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador"], name="arquivo_inquilino"),
            models.CheckConstraint(
                condition=Q(situacao="importado", lote__isnull=False)
                | (~Q(situacao="importado") & Q(lote__isnull=True)),
                name="arquivo_importado_tem_lote",
            ),
            models.CheckConstraint(
                condition=Q(situacao="em_processamento") | Q(processado_em__isnull=False),
                name="arquivo_processado_tem_data",
            ),
        ]
        indexes = [
            models.Index(
                fields=["prestador", "situacao", "-criado_em", "-id"],
                name="arquivo_historico",
            )
        ]

    def __str__(self) -> str:
        return f"arquivo {self.pk}"


class Versao(models.Model):
    """The bytes of a file at one time: 1 is the original, each saved correction adds one."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    arquivo = models.ForeignKey(Arquivo, on_delete=models.CASCADE, related_name="versoes")
    numero = models.PositiveSmallIntegerField()
    conteudo = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+")
    criada_em = models.DateTimeField(default=timezone.now)
    criada_por_nome = models.CharField(max_length=70)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["arquivo", "numero"], name="versao_unica")]
        ordering = ["numero"]

    def __str__(self) -> str:
        return f"versão {self.numero} do arquivo {self.arquivo_id}"


class Alteracao(models.Model):
    """One path that a correction changed: from what, to what, by whom, in which version."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    arquivo = models.ForeignKey(Arquivo, on_delete=models.CASCADE, related_name="alteracoes")
    versao = models.PositiveSmallIntegerField(help_text="The version that the change made.")
    caminho = models.TextField()
    caminho_legivel = models.TextField()
    de = models.TextField(blank=True)
    para = models.TextField(blank=True)
    motivo = models.CharField(max_length=60)
    quando = models.DateTimeField(default=timezone.now)
    por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    por_nome = models.CharField(max_length=70)

    class Meta:
        ordering = ["versao", "id"]
        indexes = [models.Index(fields=["arquivo", "versao"], name="alteracao_da_versao")]

    def __str__(self) -> str:
        return f"alteração {self.pk}"
