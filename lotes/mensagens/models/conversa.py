"""What prestador and operadora write to each other about a sent lot, and how far each person has read."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from lotes.models import Protocolo

LADOS = Organizacao.Tipo
"""Who writes: one of the two kinds of organisation."""
MAIOR_TEXTO = 4_000
"""Characters of one message."""


class ConversaQuerySet(models.QuerySet["Conversa"]):
    def de(self, organizacao: Organizacao) -> Self:
        """Those that the organisation takes part in. The database says so too; this lets it use the index."""
        lado = "prestador" if organizacao.e_prestador else "operadora"
        return self.filter(**{lado: organizacao})


class Conversa(models.Model):
    """The thread of a protocol, begun by its first message. Sums of its messages, so that lists need not read them.

    Its row is locked while a message is written: within a thread a higher id came later.
    """

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    protocolo = models.OneToOneField(Protocolo, on_delete=models.PROTECT, related_name="conversa")
    mensagens = models.PositiveIntegerField(default=0)
    ultima_em = models.DateTimeField(default=timezone.now)
    ultima_do_prestador = models.BigIntegerField(default=0, help_text="Id of its last message; 0: none.")
    ultima_da_operadora = models.BigIntegerField(default=0, help_text="Id of its last message; 0: none.")
    pedidos_em_aberto = models.PositiveSmallIntegerField(default=0)
    respondida_em = models.DateTimeField(null=True, help_text="When the last request was answered, until the next one.")

    objects = ConversaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="conversa_inquilinos"),
        ]
        indexes = [
            models.Index(fields=["prestador", "-ultima_em"], name="conversa_do_prestador"),
            models.Index(fields=["operadora", "-ultima_em"], name="conversa_da_operadora"),
        ]

    def __str__(self) -> str:
        return f"conversa {self.pk}"

    def ultima_alheia_a(self, organizacao: Organizacao) -> int:
        """Id of the last message that the other side wrote; 0: none."""
        return self.ultima_da_operadora if organizacao.e_prestador else self.ultima_do_prestador


class Mensagem(models.Model):
    """One message. Both sides see all of them; nobody changes or removes one, and each writes in its own name only.

    Names are copied: the message still reads after somebody left, and no other organisation's people are looked up.
    """

    class Tipo(models.TextChoices):
        MENSAGEM = "mensagem", "Mensagem"
        PEDIDO = "pedido", "Pedido de documentos"
        RESPOSTA = "resposta", "Resposta a pedido"

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    conversa = models.ForeignKey(
        Conversa, on_delete=models.PROTECT, related_name="lista", db_constraint=False, db_index=False
    )
    de = models.CharField(max_length=9, choices=LADOS)
    tipo = models.CharField(max_length=8, choices=Tipo, default=Tipo.MENSAGEM)
    texto = models.TextField(max_length=MAIOR_TEXTO, blank=True)
    tipos_pedidos = models.JSONField(default=list, blank=True, help_text="Codes of `TipoDeDocumento` of a request.")
    prazo = models.DateField(null=True, help_text="Until when the operadora wants the documents.")
    responde_a = models.ForeignKey("self", on_delete=models.PROTECT, related_name="respostas", null=True)
    escrita_em = models.DateTimeField(default=timezone.now, editable=False)
    autor = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    autor_nome = models.CharField(max_length=70)
    autor_organizacao = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "prestador", "operadora"], name="mensagem_inquilinos"),
            models.CheckConstraint(
                condition=(Q(tipo="pedido", de="operadora") & ~Q(tipos_pedidos=[]))
                | (~Q(tipo="pedido") & Q(tipos_pedidos=[], prazo__isnull=True)),
                name="mensagem_so_pedido_pede",
            ),
            models.CheckConstraint(
                condition=Q(tipo="resposta", de="prestador", responde_a__isnull=False)
                | (~Q(tipo="resposta") & Q(responde_a__isnull=True)),
                name="mensagem_so_resposta_responde",
            ),
        ]
        indexes = [models.Index(fields=["conversa", "id"], name="mensagem_da_conversa")]

    def __str__(self) -> str:
        return f"mensagem {self.pk}"


class LeituraDaConversa(models.Model):
    """How far one person has read a thread, in the name of one organisation."""

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    organizacao = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+", db_index=False)
    conversa = models.ForeignKey(
        Conversa, on_delete=models.PROTECT, related_name="leituras", db_constraint=False, db_index=False
    )
    ultima_lida = models.BigIntegerField(default=0, help_text="Id of the last message read; 0: none.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["usuario", "organizacao", "conversa"], name="leitura_unica"),
            models.CheckConstraint(
                condition=Q(organizacao=models.F("prestador")) | Q(organizacao=models.F("operadora")),
                name="leitura_de_um_dos_dois",
            ),
        ]

    def __str__(self) -> str:
        return f"leitura {self.pk}"
