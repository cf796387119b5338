"""Guides that are typed, and what typing learns for the next ones. All of it is the prestador's alone."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from convenios.models import Convenio
from lotes.estados import TipoDeGuia
from lotes.models import Lote
from uploads.digitacao.estados import SituacaoDaGeracao, SituacaoDaGuia


class GuiaDigitadaQuerySet(models.QuerySet["GuiaDigitada"]):
    def do_prestador(self, organizacao: Organizacao) -> Self:
        """Of that prestador. The database says so too; this lets it use the index."""
        return self.filter(prestador=organizacao)

    def vivas(self) -> Self:
        """All but the excluded."""
        return self.exclude(situacao=SituacaoDaGuia.EXCLUIDA)

    def soltas(self) -> Self:
        """Living, and in no lot."""
        return self.vivas().filter(lote=None)


class GuiaDigitada(models.Model):
    """One guide as it is typed. `valores` are the flat values of `tiss_schemas.fragmento`; the columns are taken out of
    them at each save, for lists and sums. Keys beginning with `fichas.ficha.PAPEL` stand on paper only.

    `revisao` counts the writes: who writes says which one was seen, and is told when it is no longer the last.
    """

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="+", db_index=False)
    tipo = models.CharField("tipo de guia", max_length=22, choices=TipoDeGuia)
    versao_tiss = models.CharField("versão TISS", max_length=8)
    situacao = models.CharField("situação", max_length=12, choices=SituacaoDaGuia, default=SituacaoDaGuia.EM_DIGITACAO)
    valores = models.JSONField(default=dict)
    revisao = models.PositiveIntegerField(default=1)
    criticas = models.JSONField(default=list, help_text="What the last verdict found, as `juizo.para_json` writes it.")
    ignoradas = models.JSONField(default=list, help_text="Findings that a person ignored, each with its reason.")
    travados = models.JSONField(default=list, help_text="Paths of values that the convênio lets nobody change.")
    lote = models.ForeignKey(Lote, on_delete=models.PROTECT, related_name="guias_digitadas", null=True, db_index=False)
    posicao = models.PositiveSmallIntegerField(null=True, help_text="Place in its lot, from 1.")
    destino = models.ForeignKey(
        Lote,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_index=False,
        help_text="The lot that it was begun for, and enters when it is ready.",
    )
    numero_do_prestador = models.CharField("nº guia prestador", max_length=20, blank=True)
    numero_da_operadora = models.CharField("nº guia operadora", max_length=20, blank=True)
    numero_carteira = models.CharField("número da carteira", max_length=20, blank=True)
    nome_do_beneficiario = models.CharField("beneficiário", max_length=70, blank=True)
    nome_busca = models.CharField(max_length=70, blank=True)
    data_de_atendimento = models.DateField("data do atendimento", null=True)
    quantidade_de_itens = models.PositiveIntegerField("itens", default=0)
    valor_informado = models.DecimalField("valor", max_digits=14, decimal_places=2, default=0)
    criado_em = models.DateTimeField("digitada em", default=timezone.now)
    criado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    criado_por_nome = models.CharField("digitada por", max_length=70)
    mudado_em = models.DateTimeField(default=timezone.now)
    mudado_por_nome = models.CharField(max_length=70)
    aberta_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    aberta_por_nome = models.CharField(max_length=70, blank=True)
    aberta_em = models.DateTimeField(null=True, help_text="The last sign of life of who has it open.")
    conferida_em = models.DateTimeField(null=True)
    conferida_por_nome = models.CharField(max_length=70, blank=True)

    objects = GuiaDigitadaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador"], name="digitada_inquilino"),
            models.UniqueConstraint(
                fields=["lote", "posicao"], name="digitada_posicao_unica", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(lote__isnull=True, posicao__isnull=True)
                | Q(lote__isnull=False, posicao__isnull=False, situacao__in=["pronta", "com_criticas"]),
                name="digitada_em_lote_tem_posicao",
            ),
            models.CheckConstraint(condition=Q(valor_informado__gte=0), name="digitada_valor_nao_negativo"),
        ]
        indexes = [
            models.Index(fields=["prestador", "-criado_em", "-id"], name="digitada_do_prestador"),
            models.Index(fields=["prestador", "operadora", "numero_do_prestador"], name="digitada_numero"),
            models.Index(fields=["prestador", "numero_carteira"], name="digitada_carteira"),
        ]

    def __str__(self) -> str:
        return f"guia digitada {self.pk}"


class GeracaoDeLotes(models.Model):
    """*Geração Automática* of more lots than somebody waits for: asked for, and made by a job."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    filtros = models.JSONField(help_text="As `geracao.Escolha.para_json` writes them.")
    visto = models.CharField(max_length=64, help_text="Digest of the plan that the person confirmed.")
    situacao = models.CharField(
        max_length=9, choices=SituacaoDaGeracao, default=SituacaoDaGeracao.ESPERANDO, verbose_name="situação"
    )
    previstos = models.PositiveIntegerField("lotes previstos")
    lotes = models.JSONField(default=list, help_text="Ids of the lots that were made.")
    erro = models.CharField(max_length=300, blank=True)
    pedida_em = models.DateTimeField(default=timezone.now)
    pedida_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    terminada_em = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["prestador", "-pedida_em"], name="geracao_recentes")]

    def __str__(self) -> str:
        return f"geração {self.pk}"


class Conhecido(models.Model):
    """Something that was typed before, offered again: the more often and the later used, the sooner."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    usos = models.PositiveIntegerField(default=1)
    ultimo_uso = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class BeneficiarioConhecido(Conhecido):
    """A card and its name, learnt for operadoras that gave no list of theirs."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    numero_carteira = models.CharField("número da carteira", max_length=20)
    nome = models.CharField(max_length=70, blank=True)
    nome_busca = models.CharField(max_length=70, blank=True)
    validade_carteira = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prestador", "operadora", "numero_carteira"], name="beneficiario_conhecido_unico"
            )
        ]

    def __str__(self) -> str:
        return f"beneficiário conhecido {self.pk}"


class ProfissionalConhecido(Conhecido):
    """Somebody who executes or asks for procedures."""

    nome = models.CharField(max_length=70)
    nome_busca = models.CharField(max_length=70)
    conselho = models.CharField(max_length=2)
    numero_conselho = models.CharField("número no conselho", max_length=15)
    uf = models.CharField("UF", max_length=2)
    cbo = models.CharField("CBO", max_length=6, blank=True)
    cpf = models.CharField("CPF", max_length=11, blank=True)
    codigos = models.JSONField(default=dict, help_text="Código na operadora, by the operadora's id.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prestador", "conselho", "numero_conselho", "uf"], name="profissional_conhecido_unico"
            )
        ]

    def __str__(self) -> str:
        return f"profissional conhecido {self.pk}"


class ProcedimentoUsual(Conhecido):
    """A code that this prestador bills in a convênio. `favorito`: a person put it first."""

    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="+", db_index=False)
    tipo = models.CharField("tipo de guia", max_length=22, choices=TipoDeGuia)
    tabela = models.CharField(max_length=2)
    codigo = models.CharField("código", max_length=10)
    codigo_despesa = models.CharField(max_length=2, blank=True)
    descricao = models.CharField("descrição", max_length=150)
    descricao_busca = models.CharField(max_length=150)
    favorito = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prestador", "convenio", "tipo", "tabela", "codigo", "codigo_despesa"],
                name="procedimento_usual_unico",
            )
        ]

    def __str__(self) -> str:
        return f"procedimento usual {self.pk}"
