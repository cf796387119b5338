"""Ranges from which guides get their numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DecimalRangeField, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast

from conecta.contas.models import Organizacao
from convenios.models import Convenio

MAIOR_NUMERO: Final = 10**18 - 1
"""18 digits fit a bigint; a guide's number has 20 characters, its mask's signs among them."""


_DEZOITO_ZEROS: Final = Value(Decimal(10**18))


def _inteiro(campo: str) -> Cast:
    return Cast(F(campo), models.DecimalField(max_digits=60, decimal_places=0))


_DONOS: Final = (_inteiro("prestador_id") * _DEZOITO_ZEROS + _inteiro("operadora_id")) * _DEZOITO_ZEROS
_NUMEROS_DOS_DOIS: Final = Func(
    _DONOS + _inteiro("de"),
    _DONOS + _inteiro("ate"),
    Value("[]"),
    function="numrange",
    output_field=DecimalRangeField(),
)
"""The numbers, set off by who uses them and for whom: one range to compare, which needs no extension of Postgres."""


class FaixaDeNumeracao(models.Model):
    """Numbers De/Até for one kind of guide of a convênio. `atual` is the next one; past `ate` there is none left.

    No number is in two ranges of a prestador at one operadora: it would be refused as presented already.
    """

    class Tipo(models.TextChoices):
        GERAL = "geral", "Regra Geral"
        CONSULTA = "consulta", "Consulta"
        EXAME = "exame", "Exame"
        PEQUENO_ATENDIMENTO = "pequeno_atendimento", "Pequeno Atendimento"
        INTERNACAO = "internacao", "Internação"

    class Autor(models.TextChoices):
        """Who gave the range: its limits are theirs to change."""

        OPERADORA = "operadora", "Operadora"
        PRESTADOR = "prestador", "Prestador"

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="+", db_index=False)
    tipo = models.CharField(max_length=20, choices=Tipo, default=Tipo.GERAL)
    autor = models.CharField(max_length=9, choices=Autor)
    de = models.BigIntegerField("de", validators=[MinValueValidator(1), MaxValueValidator(MAIOR_NUMERO)])
    ate = models.BigIntegerField("até", validators=[MinValueValidator(1), MaxValueValidator(MAIOR_NUMERO)])
    atual = models.BigIntegerField("próximo número", help_text="O que a próxima guia recebe.")
    automatica = models.BooleanField(
        "numeração automática",
        default=True,
        help_text="Sem esta marca, o número é digitado, e o Conecta não o dá.",
    )

    class Meta:
        verbose_name = "faixa de numeração"
        ordering = ["tipo", "de"]
        indexes = [models.Index(fields=["prestador", "convenio", "tipo", "de"], name="faixa_do_tipo")]
        constraints = [
            models.CheckConstraint(
                condition=Q(de__gte=1, ate__gte=F("de"), ate__lte=MAIOR_NUMERO), name="faixa_de_ate"
            ),
            models.CheckConstraint(condition=Q(atual__gte=F("de"), atual__lte=F("ate") + 1), name="faixa_atual"),
            ExclusionConstraint(
                name="faixa_sem_sobreposicao",
                expressions=[(_NUMEROS_DOS_DOIS, RangeOperators.OVERLAPS)],
                violation_error_message="Há números desta faixa em outra já registrada para a mesma operadora.",
            ),
        ]

    def __str__(self) -> str:
        return f"faixa {self.pk}"

    @property
    def total(self) -> int:
        """How many numbers it has."""
        return self.ate - self.de + 1

    @property
    def restantes(self) -> int:
        """How many are still to be handed out."""
        return self.ate - self.atual + 1
