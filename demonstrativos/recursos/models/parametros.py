"""What an operadora decides about appeals, and the words that a prestador keeps."""

from __future__ import annotations

from django.db import models

from conecta.contas.models import Organizacao
from demonstrativos.recursos.estados import Desde

PRAZO_PADRAO = 30


class ParametrosDoRecurso(models.Model):
    """One row of an operadora; without it the defaults below hold."""

    operadora = models.OneToOneField(Organizacao, on_delete=models.PROTECT, related_name="+")
    desde = models.CharField(
        "aceita recurso desde",
        max_length=8,
        choices=Desde,
        default=Desde.FATURADO,
        help_text="Situação do protocolo a partir da qual o prestador recorre, e de quando o prazo é contado.",
    )
    prazo_de_recurso = models.PositiveSmallIntegerField(
        "prazo de recurso (dias)",
        default=PRAZO_PADRAO,
        help_text="Para o prestador recorrer, e o mesmo para a operadora responder.",
    )
    segunda_instancia = models.BooleanField(
        "aceita segunda instância",
        default=False,
        help_text="O que um recurso não recuperou pode ser recursado mais uma vez.",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(prazo_de_recurso__range=(1, 365)), name="parametrosdorecurso_prazo"
            )
        ]

    def __str__(self) -> str:
        return f"parâmetros do recurso de {self.operadora_id}"


class PrazoDoContrato(models.Model):
    """The term that one contract has instead of the operadora's."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    prazo_de_recurso = models.PositiveSmallIntegerField("prazo de recurso (dias)")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["operadora", "prestador"], name="prazodocontrato_unico"),
            models.CheckConstraint(condition=models.Q(prazo_de_recurso__range=(1, 365)), name="prazodocontrato_prazo"),
        ]

    def __str__(self) -> str:
        return f"prazo de {self.operadora_id} com {self.prestador_id}"


class JustificativaUsual(models.Model):
    """The last words by which a prestador justified appeals against a code; offered at the next one."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    codigo = models.CharField("código da glosa", max_length=4)
    texto = models.CharField(max_length=500)
    usada_em = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prestador", "codigo", "texto"], name="justificativausual_unica")
        ]

    def __str__(self) -> str:
        return f"justificativa de {self.codigo}"
