"""What an operadora decides about notas fiscais."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from conecta.contas.models import Organizacao
from convenios.models import Convenio


class ParametrosDasNotas(models.Model):
    """One row of an operadora; without it the defaults below hold."""

    operadora = models.OneToOneField(Organizacao, on_delete=models.PROTECT, related_name="+")
    dias = models.PositiveSmallIntegerField(
        "dias em que a nota é cobrada",
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(3_650)],
        help_text="Protocolos liberados há mais tempo não aparecem mais em Nota Fiscal Pendente.",
    )
    tolerancia_centavos = models.PositiveSmallIntegerField(
        "tolerância, em centavos",
        default=1,
        help_text="Diferença entre a nota e o valor liberado que não precisa de justificativa.",
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(dias__range=(1, 3650)), name="parametros_das_notas_dias")]

    def __str__(self) -> str:
        return f"parâmetros das notas de {self.operadora_id}"


class DispensaDeNota(models.Model):
    """Who owes no nota: a prestador, a convênio, or a prestador in one convênio."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    convenio = models.ForeignKey(
        Convenio, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="convênio"
    )

    class Meta:
        verbose_name = "dispensa de nota"
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "prestador", "convenio"], nulls_distinct=False, name="dispensa_unica"
            ),
            models.CheckConstraint(
                condition=Q(prestador__isnull=False) | Q(convenio__isnull=False), name="dispensa_de_alguem"
            ),
        ]

    def __str__(self) -> str:
        return f"dispensa {self.pk}"
