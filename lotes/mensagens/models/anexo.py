"""Documents attached to a lot, and how large they may be."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from lotes.mensagens.documentos import Formato, NaturezaDaGuia, TipoDeDocumento
from lotes.models import Lote

from .conversa import LADOS, Mensagem

MAIOR_LIMITE = 25
"""Megabytes of a document that an operadora may allow at most."""
MAIOR_TOTAL = 500
"""Megabytes of all of a lot's documents that an operadora may allow at most."""
PADRAO_POR_DOCUMENTO, PADRAO_POR_LOTE = 10, 100
"""Megabytes where the operadora has not said."""


class Anexo(models.Model):
    """One document of a lot, with what the message `envioDocumentos` says of it.

    Put beside a lot that was not sent yet it has no message, and goes to the operadora with the lot, by a trigger that
    sets `enviado_em`; until then the prestador may remove it.
    """

    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    enviado_em = models.DateTimeField(null=True, help_text="Since when both sides see it.")
    lote = models.ForeignKey(Lote, on_delete=models.PROTECT, related_name="anexos", db_constraint=False)
    mensagem = models.ForeignKey(
        Mensagem, on_delete=models.PROTECT, related_name="anexos", null=True, db_constraint=False
    )
    de = models.CharField(max_length=9, choices=LADOS)
    nome = models.CharField(max_length=255, help_text="As it came; text to show, never a path.")
    conteudo = models.ForeignKey(Conteudo, on_delete=models.PROTECT, related_name="+", db_constraint=False)
    tamanho = models.PositiveIntegerField(help_text="Bytes.")
    tipo_documento = models.CharField("tipo de documento", max_length=2, choices=TipoDeDocumento)
    formato_documento = models.CharField(max_length=2, choices=Formato)
    natureza_guia = models.CharField(max_length=1, choices=NaturezaDaGuia, default=NaturezaDaGuia.FATURAMENTO)
    numero_guia_prestador = models.CharField("nº guia prestador", max_length=20, blank=True)
    observacao = models.CharField("observação", max_length=500, blank=True)
    anexado_em = models.DateTimeField(default=timezone.now, editable=False)
    anexado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    anexado_por_nome = models.CharField(max_length=70)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(enviado_em__isnull=False) | Q(de="prestador", mensagem__isnull=True),
                name="anexo_por_enviar_e_do_prestador",
            ),
        ]

    def __str__(self) -> str:
        return f"anexo {self.pk}"


class LimiteDeAnexo(models.Model):
    """How large documents may be that an operadora receives, in megabytes (1 MB = 1024² bytes).

    `por_tipo` maps a type's code to its own limit; the others have `por_documento`.
    """

    operadora = models.OneToOneField(Organizacao, on_delete=models.PROTECT, related_name="+")
    por_documento = models.PositiveSmallIntegerField(
        "MB por documento",
        default=PADRAO_POR_DOCUMENTO,
        validators=[MinValueValidator(1), MaxValueValidator(MAIOR_LIMITE)],
    )
    por_lote = models.PositiveSmallIntegerField(
        "MB por lote", default=PADRAO_POR_LOTE, validators=[MinValueValidator(1), MaxValueValidator(MAIOR_TOTAL)]
    )
    por_tipo = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(por_documento__range=(1, MAIOR_LIMITE), por_lote__range=(1, MAIOR_TOTAL)),
                name="limite_de_anexo_na_faixa",
            ),
        ]

    def __str__(self) -> str:
        return f"limites de {self.operadora_id}"

    @property
    def em_palavras(self) -> list[tuple[str, int]]:
        """The types that have a limit of their own, by name."""
        return [(TipoDeDocumento(tipo).label, mega) for tipo, mega in sorted(self.por_tipo.items())]
