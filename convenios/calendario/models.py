"""The calendar of delivery: when an operadora receives the lots of each competência, and who got more time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from conecta.contas.models import Organizacao
from convenios.models import Convenio


class JanelaDeEntrega(models.Model):
    """From when until when lots of a competência are received; the end itself is already too late.

    Without `convenio` it is for all of them, without `grupo` for all prestadores. Of the windows of one competência the
    most particular one holds: for the group and the convênio, for the group, for the convênio, for everybody.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="janelas_de_entrega")
    convenio = models.ForeignKey(
        Convenio,
        verbose_name="convênio",
        on_delete=models.PROTECT,
        related_name="janelas_de_entrega",
        null=True,
        blank=True,
        help_text="Vazio: todos.",
    )
    grupo = models.CharField(
        "grupo de prestadores", max_length=60, blank=True, help_text="Como está no credenciamento. Vazio: todos."
    )
    competencia = models.DateField("competência", help_text="O primeiro dia do mês.")
    abre = models.DateTimeField("abre em")
    fecha = models.DateTimeField("fecha em")

    class Meta:
        verbose_name = "janela de entrega"
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "convenio", "grupo", "competencia"], name="janela_unica", nulls_distinct=False
            ),
            models.UniqueConstraint(fields=["id", "operadora"], name="janela_da_operadora"),
            models.CheckConstraint(condition=Q(fecha__gt=F("abre")), name="janela_periodo"),
            models.CheckConstraint(condition=Q(competencia__day=1), name="janela_competencia"),
        ]

    def __str__(self) -> str:
        return f"{self.competencia:%m/%Y}"


class ExcecaoDeEntrega(models.Model):
    """Another end of a window, for one prestador."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    janela = models.ForeignKey(JanelaDeEntrega, on_delete=models.CASCADE, related_name="excecoes")
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="excecoes_de_entrega")
    fecha = models.DateTimeField("fecha em")
    motivo = models.CharField(max_length=200, help_text="O prestador vê.")

    class Meta:
        verbose_name = "exceção de entrega"
        constraints = [models.UniqueConstraint(fields=["janela", "prestador"], name="excecao_unica")]

    def __str__(self) -> str:
        return f"exceção {self.pk}"
