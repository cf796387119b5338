"""A lot of guides, and what happened to it."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from convenios.models import Convenio
from lotes.estados import Canal, SituacaoDoLote, TipoDeGuia


class LoteQuerySet(models.QuerySet["Lote"]):
    def do_prestador(self, organizacao: Organizacao) -> Self:
        """Of that prestador. The database says so too; this lets it use the index."""
        return self.filter(prestador=organizacao)

    def vivos(self) -> Self:
        """All but the excluded."""
        return self.exclude(situacao=SituacaoDoLote.EXCLUIDO)


class Lote(models.Model):
    """Guides of one type for one operadora. Once sent, it never changes again."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="lotes")
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="lotes_recebidos")
    numero = models.BigIntegerField("nº lote", unique=True)
    numero_do_prestador = models.CharField("lote do prestador", max_length=12)
    situacao = models.CharField("situação", max_length=8, choices=SituacaoDoLote, default=SituacaoDoLote.ABERTO)
    canal = models.CharField(max_length=9, choices=Canal)
    tipo_de_guia = models.CharField("tipo de guia", max_length=22, choices=TipoDeGuia)
    versao_tiss = models.CharField("versão TISS", max_length=8)
    sequencial_transacao = models.CharField(max_length=12, blank=True)
    conteudo = models.ForeignKey(
        Conteudo,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        help_text="The XML that will be, or was, sent. A typed lot has one from the moment that it is closed.",
    )
    convenio = models.ForeignKey(
        Convenio,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        db_constraint=False,
        db_index=False,
        help_text="By which its guides are billed; empty: the operadora's principal one.",
    )
    enviar_ate = models.DateField("enviar até", null=True, blank=True)
    quantidade_de_guias = models.PositiveSmallIntegerField()
    quantidade_de_itens = models.PositiveIntegerField()
    valor_informado = models.DecimalField(max_digits=14, decimal_places=2)
    criado_em = models.DateTimeField("data inclusão", default=timezone.now)
    criado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    fechado_em = models.DateTimeField("data fechamento", null=True)
    fechado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    enviado_em = models.DateTimeField("data envio", null=True)
    enviado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    excluido_em = models.DateTimeField(null=True)
    excluido_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)

    objects = LoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="lote_inquilinos"),
            models.UniqueConstraint(fields=["id", "prestador"], name="lote_inquilino"),
            models.UniqueConstraint(
                fields=["prestador", "operadora", "numero_do_prestador"],
                condition=~Q(situacao="excluido"),
                name="lote_numero_do_prestador_unico",
            ),
            models.CheckConstraint(condition=Q(valor_informado__gte=0), name="lote_valor_nao_negativo"),
            models.CheckConstraint(
                condition=Q(situacao="enviado", enviado_em__isnull=False)
                | (~Q(situacao="enviado") & Q(enviado_em__isnull=True)),
                name="lote_enviado_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(situacao__in=["fechado", "enviado"], fechado_em__isnull=False)
                | Q(situacao="aberto", fechado_em__isnull=True)
                | Q(situacao="excluido"),
                name="lote_fechado_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(situacao="excluido", excluido_em__isnull=False)
                | (~Q(situacao="excluido") & Q(excluido_em__isnull=True)),
                name="lote_excluido_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(conteudo__isnull=False) | Q(canal="digitacao", situacao__in=["aberto", "excluido"]),
                name="lote_fechado_tem_xml",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{verbo}_em__isnull": True, f"{verbo}_por__isnull": True})
                    | Q(**{f"{verbo}_em__isnull": False, f"{verbo}_por__isnull": False}),
                    name=f"lote_{verbo}_quem_e_quando",
                )
                for verbo in ("fechado", "enviado", "excluido")
            ),
        ]
        indexes = [
            models.Index(fields=["prestador", "-criado_em", "-id"], name="lote_do_prestador"),
            models.Index(
                fields=["operadora", "-enviado_em"],
                condition=Q(enviado_em__isnull=False),
                name="lote_da_operadora",
            ),
        ]

    def __str__(self) -> str:
        return f"Lote {self.numero}"


class Acontecimento(models.Model):
    """One line of a lot's timeline: who did what when. `publico`: the operadora sees it too.

    Names are copied: the line still reads after somebody left, and no other organisation's people are looked up.
    """

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    lote = models.ForeignKey(Lote, on_delete=models.PROTECT, related_name="acontecimentos")
    quando = models.DateTimeField(default=timezone.now)
    tipo = models.CharField(max_length=30)
    titulo = models.CharField(max_length=120)
    detalhe = models.TextField(blank=True)
    por_nome = models.CharField(max_length=70)
    por_organizacao = models.CharField(max_length=80)
    publico = models.BooleanField(default=False)

    class Meta:
        ordering = ["-quando", "-id"]
        indexes = [models.Index(fields=["lote", "-quando"], name="acontecimento_do_lote")]

    def __str__(self) -> str:
        return f"{self.tipo} {self.lote_id}"
