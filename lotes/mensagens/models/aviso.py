"""Who is told by e-mail that a message came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario


class PreferenciaDeAviso(models.Model):
    """Whether one person wants e-mails about one organisation's threads; yes, where there is no row."""

    organizacao = models.ForeignKey(Organizacao, on_delete=models.CASCADE, related_name="+", db_index=False)
    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+")
    por_email = models.BooleanField("avisar por e-mail", default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organizacao", "usuario"], name="preferencia_unica")]

    def __str__(self) -> str:
        return f"preferência {self.pk}"


class AvisoPorEmail(models.Model):
    """One e-mail to one person about one thread: only numbers, nothing of what was written.

    The platform's own row, for it alone reads addresses. While one waits, later messages of the thread join it.
    """

    class Situacao(models.TextChoices):
        PENDENTE = "pendente", "A enviar"
        ENVIADO = "enviado", "Enviado"
        DISPENSADO = "dispensado", "Não foi preciso"
        DESISTIDO = "desistido", "Não saiu"

    organizacao = models.ForeignKey(Organizacao, on_delete=models.CASCADE, related_name="+", db_index=False)
    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversa = models.BigIntegerField(help_text="Id of the thread.")
    mensagem = models.BigIntegerField(help_text="Id of the last message that it tells of.")
    lote = models.BigIntegerField(help_text="Id of the lot, for the link.")
    numero_do_lote = models.BigIntegerField()
    protocolo = models.BigIntegerField(help_text="Number of the protocol.")
    slug = models.SlugField(max_length=60, help_text="Of the organisation, for the link.")
    situacao = models.CharField(max_length=10, choices=Situacao, default=Situacao.PENDENTE)
    nao_antes_de = models.DateTimeField(default=timezone.now)
    criado_em = models.DateTimeField(default=timezone.now, editable=False)
    resolvido_em = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organizacao", "usuario", "conversa"],
                condition=Q(situacao="pendente"),
                name="aviso_pendente_unico",
            ),
        ]
        indexes = [
            models.Index(fields=["nao_antes_de"], condition=Q(situacao="pendente"), name="aviso_a_enviar"),
            models.Index(fields=["usuario", "conversa", "-resolvido_em"], name="aviso_da_conversa"),
        ]

    def __str__(self) -> str:
        return f"aviso {self.pk}"
