"""Who asks for access to whom, and what was changed by hand in the registers."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario


class PedidoDeAcesso(models.Model):
    """A prestador asks to be credenciado, or an operadora invites it; the other side answers.

    An invitation carries the terms of the contract that its acceptance makes; a request is given them by its answer.
    """

    class Lado(models.TextChoices):
        OPERADORA = "operadora", "Operadora"
        PRESTADOR = "prestador", "Prestador"

    class Situacao(models.TextChoices):
        PENDENTE = "pendente", "Aguardando resposta"
        ACEITO = "aceito", "Aceito"
        RECUSADO = "recusado", "Recusado"
        CANCELADO = "cancelado", "Cancelado por quem pediu"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")
    pedido_por = models.CharField(max_length=9, choices=Lado)
    mensagem = models.CharField(max_length=500, blank=True)
    codigo_na_operadora = models.CharField("código na operadora", max_length=14, blank=True)
    inicio = models.DateField("início", null=True)
    tipos_de_guia = ArrayField(models.CharField(max_length=20), default=list)
    situacao = models.CharField("situação", max_length=9, choices=Situacao, default=Situacao.PENDENTE)
    motivo = models.CharField(max_length=500, blank=True)
    pedido_em = models.DateTimeField(default=timezone.now)
    quem_pediu = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    quem_pediu_nome = models.CharField(max_length=70)
    respondido_em = models.DateTimeField(null=True)
    quem_respondeu = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+", null=True)
    quem_respondeu_nome = models.CharField(max_length=70, blank=True)

    class Meta:
        verbose_name = "pedido de acesso"
        verbose_name_plural = "pedidos de acesso"
        ordering = ["-pedido_em", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["operadora", "prestador"], condition=Q(situacao="pendente"), name="pedido_pendente_unico"
            ),
            models.CheckConstraint(
                condition=Q(pedido_por="prestador") | (Q(inicio__isnull=False) & ~Q(codigo_na_operadora="")),
                name="convite_tem_termos",
            ),
        ]

    def __str__(self) -> str:
        return f"pedido {self.pk}"


class MudancaDeCadastro(models.Model):
    """One field of a plano, beneficiário or credenciamento that somebody changed by hand, in words."""

    class Alvo(models.TextChoices):
        PLANO = "plano", "Plano"
        BENEFICIARIO = "beneficiario", "Beneficiário"
        CREDENCIAMENTO = "credenciamento", "Credenciamento"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    alvo = models.CharField(max_length=14, choices=Alvo)
    alvo_id = models.BigIntegerField()
    campo = models.CharField(max_length=60)
    antes = models.TextField(blank=True)
    depois = models.TextField(blank=True)
    quando = models.DateTimeField(default=timezone.now)
    quem = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    quem_nome = models.CharField(max_length=70)

    class Meta:
        verbose_name = "mudança de cadastro"
        ordering = ["-quando", "-id"]
        indexes = [models.Index(fields=["operadora", "alvo", "alvo_id", "-quando"], name="mudanca_do_cadastro")]

    def __str__(self) -> str:
        return f"mudança {self.pk}"
