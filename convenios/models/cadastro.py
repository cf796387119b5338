"""Who may bill whom, and whom for."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from conecta.contas.models import Organizacao
from conecta.periodo import dentro, em_vigor

from .camadas import RegrasEmCamadas, limites_das_regras


def _versoes_padrao() -> list[str]:
    return ["4.01.00", "4.02.00", "4.03.00"]


class ParametrosDaOperadora(RegrasEmCamadas):
    """What an operadora decides about the files it receives, and the defaults of its convênios."""

    operadora = models.OneToOneField(Organizacao, on_delete=models.CASCADE, related_name="parametros")
    versoes_aceitas = ArrayField(models.CharField(max_length=8), default=_versoes_padrao)
    maximo_de_guias = models.PositiveSmallIntegerField("máximo de guias por lote", default=100)
    tolerancia_centavos = models.PositiveSmallIntegerField("tolerância por linha, em centavos", default=1)
    janela_da_transacao_dias = models.PositiveSmallIntegerField("idade máxima da transação, em dias", default=180)
    tolerancia_hora_minutos = models.PositiveSmallIntegerField(
        "tolerância da hora da transação, em minutos", default=15
    )
    valor_unitario_zero = models.BooleanField("aceita valor unitário zero", default=False)
    tamanhos_da_carteira = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    assinatura_exigida = models.BooleanField("exige assinatura digital", default=False)
    tabelas_aceitas = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    tabela_38_atual = models.BooleanField("códigos da Tabela 38 atual em todas as versões", default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(maximo_de_guias__range=(1, 100)),
                name="parametros_maximo_de_guias",
            ),
            *limites_das_regras("parametros"),
        ]

    def __str__(self) -> str:
        return f"parâmetros {self.operadora_id}"


class CredenciamentoQuerySet(models.QuerySet["Credenciamento"]):
    def vigentes_em(self, dia: date) -> Self:
        """In force on that day."""
        return self.filter(em_vigor(dia), ativo=True)


class Credenciamento(models.Model):
    """The contract of a prestador with an operadora."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="credenciamentos")
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="credenciados")
    codigo_na_operadora = models.CharField("código na operadora", max_length=14)
    inicio = models.DateField("início")
    fim = models.DateField(null=True, blank=True)
    ativo = models.BooleanField(default=True)
    tipos_de_guia = ArrayField(
        models.CharField(max_length=20),
        verbose_name="tipos de guia contratados",
        default=list,
        blank=True,
        help_text="Guia de outro tipo é criticada (L06). Nenhum marcado: todos.",
    )
    grupo = models.CharField(
        max_length=60,
        blank=True,
        help_text="Grupo de prestadores a que as janelas do calendário de entrega se aplicam.",
    )

    objects = CredenciamentoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operadora", "prestador"], name="credenciamento_unico"),
            models.UniqueConstraint(
                fields=["operadora", "codigo_na_operadora"],
                name="credenciamento_codigo_unico",
            ),
            models.UniqueConstraint(
                fields=["id", "operadora", "prestador"],
                name="credenciamento_dos_dois",
            ),
            models.CheckConstraint(
                condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")),
                name="credenciamento_periodo",
            ),
        ]

    def __str__(self) -> str:
        return f"credenciamento {self.pk}"

    def vigente_em(self, dia: date) -> bool:
        """Whether it is in force on that day."""
        return self.ativo and dentro(dia, self.inicio, self.fim)


class Beneficiario(models.Model):
    """A person insured by an operadora. Without plano, the operadora's principal convênio holds, and all is covered."""

    class Sexo(models.TextChoices):
        """The codes are those of the standard's `dm_sexo`."""

        MASCULINO = "1", "Masculino"
        FEMININO = "3", "Feminino"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="beneficiarios")
    numero_carteira = models.CharField("número da carteira", max_length=20)
    nome = models.CharField(max_length=70)
    nome_busca = models.CharField(max_length=70, help_text="Lower case, without accents: what searches compare.")
    nascimento = models.DateField(null=True, blank=True)
    sexo = models.CharField(
        max_length=1, blank=True, choices=Sexo, help_text="Procedimento incompatível é criticado (I21)."
    )
    plano = models.ForeignKey(
        "convenios.Plano", on_delete=models.PROTECT, related_name="beneficiarios", null=True, blank=True
    )
    inclusao = models.DateField("inclusão")
    desligamento = models.DateField(null=True, blank=True)
    validade_carteira = models.DateField("validade da carteira", null=True, blank=True)
    suspenso_desde = models.DateField("suspenso desde", null=True, blank=True)
    inadimplente_desde = models.DateField("em atraso desde", null=True, blank=True)

    class Meta:
        verbose_name = "beneficiário"
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "numero_carteira"],
                name="beneficiario_carteira_unica",
            ),
            models.CheckConstraint(
                condition=Q(desligamento__isnull=True) | Q(desligamento__gte=F("inclusao")),
                name="beneficiario_periodo",
            ),
        ]
        indexes = [models.Index(fields=["operadora", "nome_busca"], name="beneficiario_nome")]

    def __str__(self) -> str:
        return f"beneficiário {self.pk}"


class PalavraDoNome(models.Model):
    """A word of a beneficiário's name, together with all of its words: by it, names are found by any of their words.

    Under row-level security an index serves only comparisons that give nothing away, as of how a text begins. A trigger
    writes these rows with the beneficiário's, and nothing else does: a foreign key would cost a look-up a word.
    """

    pk = models.CompositePrimaryKey("operadora_id", "palavra", "palavras", "beneficiario_id")
    operadora = models.ForeignKey(
        Organizacao, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )
    palavra = models.CharField(max_length=70, db_collation="C")
    palavras = models.CharField(
        max_length=71, db_collation="C", help_text="All of the name in their order, a blank before each."
    )
    beneficiario = models.ForeignKey(
        Beneficiario, on_delete=models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False
    )

    def __str__(self) -> str:
        return f"palavra do nome do beneficiário {self.beneficiario_id}"
