"""What an operadora demands of the codes that begin with a prefix."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from conecta.contas.models import Organizacao
from convenios.models import Beneficiario, Convenio

MAIOR_QUANTIDADE: Final = 9_999
MAIOR_IDADE: Final = 130
MAIOR_INTERVALO: Final = 3_650
"""Days: ten years."""
PREFIXO: Final = RegexValidator(r"^[0-9A-Za-z]{0,10}\Z", "Escreva só os dígitos ou letras do código, sem pontos.")


class Denticao(models.TextChoices):
    """The teeth that a procedure may be done on."""

    DECIDUOS = "deciduos", "Só em dentes decíduos"
    PERMANENTES = "permanentes", "Só em dentes permanentes"


def _inteiro(rotulo: str, ajuda: str, maior: int, menor: int = 1) -> models.PositiveSmallIntegerField[Any, Any]:
    limites = [MinValueValidator(menor), MaxValueValidator(maior)]
    return models.PositiveSmallIntegerField(rotulo, null=True, blank=True, help_text=ajuda, validators=limites)


def _marca(rotulo: str, ajuda: str) -> models.BooleanField[Any, Any]:
    return models.BooleanField(rotulo, default=False, help_text=ajuda)


class ExigenciaDoProcedimento(models.Model):
    """What the codes that begin with `prefixo` have to meet; empty fields demand nothing.

    Of the rows in force on the day of the item, one decides alone: that of the longest prefix; among those of one
    prefix that of the guide's convênio before one for all; among those the one that began last.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    convenio = models.ForeignKey(
        Convenio,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="convênio",
        help_text="Vazio: vale em todos os convênios.",
    )
    tabela = models.CharField(max_length=2)
    prefixo = models.CharField(
        "código, ou como ele começa",
        max_length=10,
        blank=True,
        validators=[PREFIXO],
        help_text="Vazio: toda a tabela. Entre duas exigências, só a do começo mais longo vale para o código.",
    )
    inicio = models.DateField("início")
    fim = models.DateField(null=True, blank=True, help_text="Vazio: sem fim. Conta a data de cada item.")
    exige_autorizacao = _marca(
        "Exige autorização prévia", "Guia eletiva sem senha nem número da operadora é criticada (A11)."
    )
    quantidade_maxima_por_guia = _inteiro(
        "quantidade máxima por guia", "De cada código. Acima dela, o item é criticado (I10).", MAIOR_QUANTIDADE
    )
    quantidade_maxima_por_dia = _inteiro(
        "quantidade máxima por dia",
        "De cada código na mesma guia e data. Acima dela, o item é criticado (I10).",
        MAIOR_QUANTIDADE,
    )
    intervalo_minimo_dias = _inteiro(
        "intervalo mínimo, em dias",
        "Repetir o código para o mesmo beneficiário antes disso é criticado (C30).",
        MAIOR_INTERVALO,
    )
    exige_equipe = _marca(
        "Exige a equipe", "Item sem nenhum profissional na equipe é criticado (I24): SP/SADT, internação e honorários."
    )
    graus = ArrayField(
        models.CharField(max_length=2),
        verbose_name="graus de participação permitidos",
        default=list,
        blank=True,
        help_text="Outro grau na equipe é criticado (I26). Nenhum marcado: todos.",
    )
    cbos = ArrayField(
        models.CharField(max_length=6),
        verbose_name="CBOs que podem executar",
        default=list,
        blank=True,
        help_text="Se ninguém que executou tem um destes, o item é criticado (I23). Vazio: qualquer CBO.",
    )
    exige_solicitante = _marca("Exige o solicitante", "Guia que não diz quem pediu é criticada (P07).")
    sexo = models.CharField(
        max_length=1,
        blank=True,
        choices=Beneficiario.Sexo,
        help_text="Beneficiário de outro sexo é criticado (I21). Vazio: qualquer um.",
    )
    idade_minima = _inteiro(
        "idade mínima, em anos", "Beneficiário mais novo na data do item é criticado (I22).", MAIOR_IDADE, menor=0
    )
    idade_maxima = _inteiro(
        "idade máxima, em anos",
        "Beneficiário que já passou desta idade na data do item é criticado (I22).",
        MAIOR_IDADE,
        menor=0,
    )
    exige_dente_ou_regiao = _marca("Exige dente ou região", "Na guia odontológica, item sem os dois é criticado (I39).")
    denticao = models.CharField(
        "dentição",
        max_length=11,
        blank=True,
        choices=Denticao,
        help_text="Na guia odontológica, item noutro dente é criticado (I40). Vazio: o que diz a TUSS.",
    )

    class Meta:
        verbose_name = "exigência do procedimento"
        ordering = ["tabela", "prefixo", F("convenio_id").asc(nulls_first=True), "-inicio"]
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "tabela", "prefixo", "convenio", "inicio"],
                nulls_distinct=False,
                name="exigencia_unica",
            ),
            models.CheckConstraint(condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="exigencia_periodo"),
            models.CheckConstraint(
                condition=Q(idade_minima__isnull=True)
                | Q(idade_maxima__isnull=True)
                | Q(idade_maxima__gte=F("idade_minima")),
                name="exigencia_idades",
            ),
            models.CheckConstraint(condition=Q(sexo__in=["", "1", "3"]), name="exigencia_sexo"),
            models.CheckConstraint(condition=Q(denticao__in=["", *Denticao.values]), name="exigencia_denticao"),
        ]

    def __str__(self) -> str:
        return f"{self.tabela} {self.prefixo}"
