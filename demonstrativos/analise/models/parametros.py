"""What an operadora decides about its analysis."""

from __future__ import annotations

from django.db import models

from conecta.contas.models import Organizacao
from demonstrativos.analise.estados import AcaoDoCriterio


class ParametrosDaAnalise(models.Model):
    """One row of an operadora; without it the defaults below hold."""

    operadora = models.OneToOneField(Organizacao, on_delete=models.PROTECT, related_name="+")
    conferencia_automatica = models.BooleanField(
        "conferência automática",
        default=True,
        help_text="Ao entrar em análise, o protocolo é conferido pelas regras, que propõem glosas.",
    )
    exige_conferencia_das_guias = models.BooleanField(
        "exigir que todas as guias sejam conferidas",
        default=False,
        help_text="Um protocolo só é liberado depois que um analista conferiu cada guia.",
    )
    permite_reprecificar = models.BooleanField(
        "permitir reprecificar sem glosa",
        default=False,
        help_text="O analista pode processar um item abaixo do informado sem glosa. O prestador não pode contestar a "
        "diferença: por isso é melhor glosar.",
    )
    prazo_de_analise = models.PositiveSmallIntegerField(
        "prazo de análise (dias)", default=30, help_text="Contado do recebimento do protocolo."
    )

    def __str__(self) -> str:
        return f"parâmetros da análise de {self.operadora_id}"


class AjusteDoCriterio(models.Model):
    """What this operadora lets one criterion of the automatic pass do, and with which code of Tabela 38 ("": its own).

    `tolerancia_centavos`: up to which difference it lets an item pass, where the criterion compares amounts.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    criterio = models.CharField(max_length=30)
    acao = models.CharField("ação", max_length=9, choices=AcaoDoCriterio)
    codigo = models.CharField("código da glosa", max_length=4, blank=True)
    tolerancia_centavos = models.PositiveIntegerField("tolerância (centavos)", default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["operadora", "criterio"], name="ajuste_do_criterio_unico")]

    def __str__(self) -> str:
        return f"{self.criterio} de {self.operadora_id}"
