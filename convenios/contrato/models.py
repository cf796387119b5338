"""What an operadora and one prestador agreed beyond the layered settings, and what stops a guide at the prestador."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from convenios.contrato.codigos import CodigoAcordado
from convenios.models import Convenio, Credenciamento


class CodigoCredenciado(models.Model):
    """A code used in place of `Credenciamento.codigo_na_operadora`; `contrato.codigos` says which one wins."""

    class Por(models.TextChoices):
        ENTRADA = "entrada", "Entrada: tipo de guia ou regime de atendimento"
        ATENDIMENTO = "atendimento", "Tipo de atendimento"
        PROCEDIMENTO = "procedimento", "Procedimento, ou como o código começa"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    credenciamento = models.ForeignKey(Credenciamento, on_delete=models.PROTECT, related_name="codigos")
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="+")
    por = models.CharField(max_length=12, choices=Por)
    chave = models.CharField(max_length=22)
    codigo = models.CharField("código", max_length=14)

    class Meta:
        verbose_name = "código credenciado"
        ordering = ["por", "chave"]
        constraints = [
            models.UniqueConstraint(fields=["credenciamento", "convenio", "por", "chave"], name="codigo_por_chave"),
            models.CheckConstraint(condition=~Q(codigo="") & ~Q(chave=""), name="codigo_com_chave"),
        ]

    def __str__(self) -> str:
        return f"código credenciado {self.pk}"

    @property
    def acordado(self) -> CodigoAcordado:
        """The pure value of this row."""
        return CodigoAcordado(convenio=self.convenio_id, por=self.por, chave=self.chave, codigo=self.codigo)


class PendenciaDeExame(models.Model):
    """A guide that cannot be billed yet: an exam of it was not done, or has no report. Only the prestador sees it."""

    class Motivo(models.TextChoices):
        EXAME_PENDENTE = "exame_pendente", "Exame pendente"
        SEM_LAUDO = "sem_laudo", "Exame sem laudo"

    class Origem(models.TextChoices):
        """Who marked it. The laboratory's are removed by a new list of the laboratory."""

        MANUAL = "manual", "Marcada à mão"
        LABORATORIO = "laboratorio", "Lista do laboratório"

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    convenio = models.ForeignKey(Convenio, on_delete=models.PROTECT, related_name="+")
    numero_da_guia = models.CharField("nº guia prestador", max_length=20)
    motivo = models.CharField(max_length=14, choices=Motivo)
    origem = models.CharField(max_length=11, choices=Origem)
    marcada_em = models.DateTimeField(default=timezone.now)
    marcada_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    marcada_por_nome = models.CharField(max_length=70)
    retirada_em = models.DateTimeField(null=True, blank=True)
    retirada_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    retirada_por_nome = models.CharField(max_length=70, blank=True)

    class Meta:
        verbose_name = "pendência de exame"
        ordering = ["-marcada_em", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["prestador", "operadora", "numero_da_guia", "motivo"],
                condition=Q(retirada_em__isnull=True),
                name="pendencia_aberta_unica",
            ),
            models.CheckConstraint(
                condition=Q(retirada_em__isnull=True) | Q(retirada_em__gte=F("marcada_em")), name="pendencia_periodo"
            ),
        ]

    def __str__(self) -> str:
        return f"pendência {self.pk}"
