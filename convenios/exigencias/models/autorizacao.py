"""The authorisations that an operadora gave, and what each lets be billed."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from conecta.contas.models import Organizacao


class AutorizacaoQuerySet(models.QuerySet["Autorizacao"]):
    def de(self, organizacao: Organizacao) -> Self:
        """Those that an organisation may know: given to a prestador, or by an operadora."""
        if organizacao.e_prestador:
            return self.filter(prestador=organizacao)
        return self.filter(operadora=organizacao)


class Autorizacao(models.Model):
    """What an operadora let one prestador do for one beneficiário. Known by its senha, its guide number, or both.

    Without items, it says nothing of what may be billed. Once cancelled it stays so.
    """

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    numero_guia_operadora = models.CharField("nº da guia na operadora", max_length=20, blank=True)
    senha = models.CharField(max_length=20, blank=True)
    numero_carteira = models.CharField("número da carteira", max_length=20)
    emitida_em = models.DateField("emitida em")
    valida_ate = models.DateField("válida até", null=True, blank=True, help_text="Vazio: não vence.")
    codigo_validacao = models.CharField(
        "código de validação",
        max_length=10,
        blank=True,
        help_text="O token que a guia tem de trazer, se trouxer um (B14). Vazio: não é conferido.",
    )
    cancelada_em = models.DateField("cancelada em", null=True, blank=True)
    motivo_do_cancelamento = models.CharField("motivo do cancelamento", max_length=300, blank=True)

    objects = AutorizacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "autorização"
        verbose_name_plural = "autorizações"
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "senha"], condition=~Q(senha=""), name="autorizacao_senha_unica"
            ),
            models.UniqueConstraint(
                fields=["operadora", "numero_guia_operadora"],
                condition=~Q(numero_guia_operadora=""),
                name="autorizacao_guia_unica",
            ),
            models.UniqueConstraint(fields=["id", "operadora", "prestador"], name="autorizacao_dos_dois"),
            models.CheckConstraint(
                condition=~Q(senha="") | ~Q(numero_guia_operadora=""), name="autorizacao_identificada"
            ),
            models.CheckConstraint(
                condition=Q(valida_ate__isnull=True) | Q(valida_ate__gte=F("emitida_em")), name="autorizacao_periodo"
            ),
            models.CheckConstraint(
                condition=Q(cancelada_em__isnull=True, motivo_do_cancelamento="")
                | Q(Q(cancelada_em__isnull=False), ~Q(motivo_do_cancelamento="")),
                name="autorizacao_cancelada_com_motivo",
            ),
        ]
        indexes = [
            models.Index(fields=["prestador", "operadora", "senha"], name="autorizacao_senha"),
            models.Index(fields=["prestador", "operadora", "numero_guia_operadora"], name="autorizacao_guia"),
            models.Index(fields=["operadora", "-emitida_em", "-id"], name="autorizacao_recente"),
        ]

    def __str__(self) -> str:
        return f"autorização {self.pk}"


class ItemAutorizado(models.Model):
    """A code and how much of it may be billed under an authorisation."""

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    autorizacao = models.ForeignKey(Autorizacao, on_delete=models.CASCADE, related_name="itens", db_index=False)
    tabela = models.CharField(max_length=2)
    codigo = models.CharField("código", max_length=10)
    quantidade = models.DecimalField(max_digits=9, decimal_places=4, validators=[MinValueValidator(Decimal("0.0001"))])

    class Meta:
        verbose_name = "item autorizado"
        verbose_name_plural = "itens autorizados"
        ordering = ["tabela", "codigo"]
        constraints = [
            models.UniqueConstraint(fields=["autorizacao", "tabela", "codigo"], name="item_autorizado_unico"),
            models.CheckConstraint(condition=Q(quantidade__gt=0), name="item_autorizado_quantidade"),
        ]

    def __str__(self) -> str:
        return f"{self.tabela} {self.codigo}"


class ConferenciaDeAutorizacoes(models.Model):
    """From which day on the operadora has all its authorisations registered here.

    What a guide says of an authorisation is looked for only where the care began on that day or later; of what was
    authorised before nobody here knows. Authorisations that are found are always compared.
    """

    operadora = models.OneToOneField(Organizacao, on_delete=models.CASCADE, related_name="+")
    desde = models.DateField(
        "conferir os atendimentos a partir de",
        null=True,
        blank=True,
        help_text="Senha ou número de guia que não está neste registro é criticado (A02, G05) em atendimento a partir "
        "deste dia. Vazio: não é.",
    )

    class Meta:
        verbose_name = "conferência de autorizações"

    def __str__(self) -> str:
        return f"conferência {self.operadora_id}"
