"""Statements that were issued: what they say is frozen with their number, and their files are drawn once."""

from __future__ import annotations

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from demonstrativos.pagamentos.models import Pagamento
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo


class Tipo(models.TextChoices):
    """The three statements of the standard."""

    ANALISE = "analise", "Análise de Conta"
    PAGAMENTO = "pagamento", "Pagamento"
    ODONTO = "odonto", "Pagamento de Tratamento Odontológico"


class Estado(models.TextChoices):
    """What became of a document that was asked for."""

    PENDENTE = "pendente", "Em preparo"
    PRONTO = "pronto", "Pronto"
    FALHOU = "falhou", "Não foi feito"


class _DosDois(models.Model):
    """Who issues and whom it is for. Composite keys of the migrations tie these to what the row hangs on."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True


class DemonstrativoQuerySet(models.QuerySet["Demonstrativo"]):
    def de(self, organizacao: Organizacao) -> Self:
        """Issued by that operadora, or to that prestador. The database says so too; this lets it use the index."""
        if organizacao.e_prestador:
            return self.filter(prestador=organizacao)
        return self.filter(operadora=organizacao)


class Demonstrativo(_DosDois):
    """One statement. `chave` is the SHA-256 of what it says but its number and date: the same is never issued twice.

    `assunto` is the SHA-256 of what it is about: a later one about the same has other values, and takes its place.
    """

    tipo = models.CharField(max_length=9, choices=Tipo)
    numero = models.BigIntegerField("nº", help_text="In the operadora's series, without gaps.")
    versao = models.CharField("versão TISS", max_length=8)
    emitido_em = models.DateTimeField("data de emissão", default=timezone.now)
    chave = models.CharField(max_length=64)
    assunto = models.CharField(max_length=64)
    valores = models.BinaryField(help_text="What it says, as `congelado.congelar` writes it.")
    sigla = models.CharField(max_length=60, help_text="Of the operadora, where no logo stands in its head.")
    titulo = models.CharField(max_length=200, help_text="What it is about, for lists.")
    lote = models.CharField(max_length=12, blank=True, help_text="The prestador's number, where it is about one lot.")
    protocolos = ArrayField(models.BigIntegerField(), default=list, help_text="Numbers, for lists.")
    itens = models.PositiveIntegerField(default=0)
    valor_informado = models.DecimalField(max_digits=14, decimal_places=2)
    valor_glosado = models.DecimalField(max_digits=14, decimal_places=2)
    valor_liberado = models.DecimalField(max_digits=14, decimal_places=2)
    conteudo_pdf = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+", null=True)
    conteudo_xml = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+", null=True)
    erro = models.CharField(max_length=500, blank=True, help_text="Why a file is not there, for whoever asks for it.")
    substituido_por = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)

    objects = DemonstrativoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operadora", "numero"], name="demonstrativo_numero_unico"),
            models.UniqueConstraint(fields=["operadora", "prestador", "chave"], name="demonstrativo_unico_por_valores"),
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="demonstrativo_inquilinos"),
            models.CheckConstraint(
                condition=Q(numero__range=(1, 999_999_999_999)), name="demonstrativo_ate_12_digitos"
            ),
            models.CheckConstraint(
                condition=Q(conteudo_pdf__isnull=False) | Q(conteudo_xml__isnull=False),
                name="demonstrativo_tem_arquivo",
            ),
        ]
        indexes = [
            models.Index(fields=["operadora", "-emitido_em", "-id"], name="demonstrativo_da_operadora"),
            models.Index(fields=["prestador", "-emitido_em", "-id"], name="demonstrativo_do_prestador"),
            models.Index(fields=["operadora", "prestador", "assunto"], name="demonstrativo_assunto"),
        ]

    def __str__(self) -> str:
        return f"Demonstrativo {self.numero}"


class ParteDoDemonstrativo(_DosDois):
    """What a statement is about: a protocol, or a payment."""

    demonstrativo = models.ForeignKey(
        Demonstrativo, on_delete=models.PROTECT, related_name="partes", db_constraint=False
    )
    protocolo = models.ForeignKey(
        Protocolo, on_delete=models.PROTECT, related_name="demonstrativos", db_constraint=False, null=True
    )
    pagamento = models.ForeignKey(
        Pagamento, on_delete=models.PROTECT, related_name="demonstrativos", db_constraint=False, null=True
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(protocolo__isnull=False, pagamento__isnull=True)
                | Q(protocolo__isnull=True, pagamento__isnull=False),
                name="parte_e_uma_coisa",
            ),
            models.UniqueConstraint(
                fields=["demonstrativo", "protocolo", "pagamento"], nulls_distinct=False, name="parte_unica"
            ),
        ]

    def __str__(self) -> str:
        return f"parte {self.pk}"


class PedidoDeDemonstrativo(models.Model):
    """Somebody asked for statements. `filtros` says which (`selecao.Selecao`); jobs of the operadora issue them.

    `da_operadora`: its own people asked, and the prestador does not see it; `prestador` is empty where they asked for
    those of several.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False, null=True)
    da_operadora = models.BooleanField()
    tipo = models.CharField(max_length=9, choices=Tipo)
    filtros = models.JSONField(encoder=DjangoJSONEncoder)
    pedido_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    pedido_por_nome = models.CharField(max_length=70)
    criado_em = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "pedido de demonstrativo"
        constraints = [
            models.UniqueConstraint(fields=["id", "operadora", "da_operadora"], name="pedido_da_operadora"),
            models.CheckConstraint(
                condition=Q(da_operadora=True) | Q(prestador__isnull=False), name="pedido_de_alguem"
            ),
        ]
        indexes = [
            models.Index(fields=["operadora", "-criado_em"], name="pedido_recente_da_operadora"),
            models.Index(fields=["prestador", "-criado_em"], name="pedido_recente_do_prestador"),
        ]

    def __str__(self) -> str:
        return f"pedido {self.pk}"


class DocumentoDoPedido(_DosDois):
    """One statement of a request: what it is to be about, and the one that it became, be it new or issued before."""

    pedido = models.ForeignKey(
        PedidoDeDemonstrativo, on_delete=models.PROTECT, related_name="documentos", db_constraint=False
    )
    da_operadora = models.BooleanField()
    ordem = models.PositiveIntegerField()
    versao = models.CharField(max_length=8)
    titulo = models.CharField(max_length=200)
    protocolos = ArrayField(models.BigIntegerField(), default=list, help_text="Ids.")
    pagamentos = ArrayField(models.BigIntegerField(), default=list, help_text="Ids.")
    estado = models.CharField(max_length=8, choices=Estado, default=Estado.PENDENTE)
    erro = models.CharField(max_length=500, blank=True)
    demonstrativo = models.ForeignKey(
        Demonstrativo, on_delete=models.PROTECT, related_name="+", db_constraint=False, null=True
    )

    class Meta:
        ordering = ["ordem"]
        constraints = [
            models.UniqueConstraint(fields=["pedido", "ordem"], name="documento_do_pedido_em_ordem"),
            models.CheckConstraint(
                condition=Q(estado="pronto", demonstrativo__isnull=False)
                | ~Q(estado="pronto") & Q(demonstrativo__isnull=True),
                name="documento_pronto_e_um_demonstrativo",
            ),
        ]

    def __str__(self) -> str:
        return f"documento do pedido {self.pk}"


class ParametrosDosDemonstrativos(models.Model):
    """From which state on statements are issued: one row of an operadora; without it the defaults below hold."""

    operadora = models.OneToOneField(Organizacao, on_delete=models.PROTECT, related_name="+")
    status_minimo_analise = models.SmallIntegerField(
        "análise de conta, a partir de",
        choices=[
            (valor.value, valor.label)
            for valor in (
                SituacaoDoProtocolo.ENVIADO,
                SituacaoDoProtocolo.EM_ANALISE,
                SituacaoDoProtocolo.LIBERADO,
                SituacaoDoProtocolo.FATURADO,
                SituacaoDoProtocolo.PAGO,
            )
        ],
        default=SituacaoDoProtocolo.LIBERADO,
        help_text="Antes da liberação, o demonstrativo mostra o que foi informado, sem glosas.",
    )
    status_minimo_pagamento = models.SmallIntegerField(
        "pagamento, a partir de",
        choices=[(valor.value, valor.label) for valor in (SituacaoDoProtocolo.FATURADO, SituacaoDoProtocolo.PAGO)],
        default=SituacaoDoProtocolo.FATURADO,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status_minimo_analise__in=[1, 2, 3, 5, 6]), name="minimo_da_analise"),
            models.CheckConstraint(condition=Q(status_minimo_pagamento__in=[3, 6]), name="minimo_do_pagamento"),
        ]

    def __str__(self) -> str:
        return f"parâmetros dos demonstrativos de {self.operadora_id}"


class NomeDeArquivo(models.Model):
    """How a person of an organisation wants downloaded statements to be called (`nomes.PADRAO`)."""

    organizacao = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+", db_index=False)
    padrao = models.CharField("padrão", max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organizacao", "usuario"], name="nome_de_arquivo_da_pessoa")]

    def __str__(self) -> str:
        return f"nome de arquivo {self.pk}"
