"""Notices of an operadora to its prestadores."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario

MAIOR_TEXTO_DO_INFORMATIVO = 10_000
"""Characters."""
MAIOR_PDF = 5 * 1024 * 1024
"""Bytes of the PDF that goes with an informativo."""


class Informativo(models.Model):
    """A notice: rascunho until it is published, shown from `mostrar_de` to `mostrar_ate`, and archived in the end."""

    class Situacao(models.TextChoices):
        RASCUNHO = "rascunho", "Rascunho"
        PUBLICADO = "publicado", "Publicado"
        ARQUIVADO = "arquivado", "Arquivado"

    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    titulo = models.CharField("título", max_length=120)
    texto = models.TextField(
        max_length=MAIOR_TEXTO_DO_INFORMATIVO,
        help_text="Texto simples: linha em branco separa parágrafos, e endereços que começam com https:// viram links.",
    )
    importante = models.BooleanField(
        default=False, help_text="Fica no Início de cada pessoa do prestador até que ela o leia."
    )
    para_todos = models.BooleanField("para todos os credenciados", default=True)
    mostrar_de = models.DateField("mostrar de", default=timezone.localdate)
    mostrar_ate = models.DateField("até", null=True, blank=True, help_text="Vazio: até ser arquivado.")
    situacao = models.CharField("situação", max_length=9, choices=Situacao, default=Situacao.RASCUNHO)
    criado_em = models.DateTimeField(default=timezone.now, editable=False)
    criado_por = models.ForeignKey(Usuario, on_delete=models.PROTECT, related_name="+")
    publicado_em = models.DateTimeField(null=True)
    atualizado_em = models.DateTimeField(null=True, help_text="Last change after it was published.")
    arquivado_em = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "operadora"], name="informativo_inquilino"),
            models.CheckConstraint(
                condition=Q(mostrar_ate__isnull=True) | Q(mostrar_ate__gte=F("mostrar_de")), name="informativo_periodo"
            ),
            models.CheckConstraint(
                condition=Q(situacao="rascunho", publicado_em__isnull=True)
                | (~Q(situacao="rascunho") & Q(publicado_em__isnull=False)),
                name="informativo_publicado_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(situacao="arquivado", arquivado_em__isnull=False)
                | (~Q(situacao="arquivado") & Q(arquivado_em__isnull=True)),
                name="informativo_arquivado_tem_data",
            ),
        ]
        indexes = [models.Index(fields=["operadora", "situacao", "-mostrar_de"], name="informativo_da_operadora")]

    def __str__(self) -> str:
        return f"informativo {self.pk}"

    @property
    def valido_desde(self) -> object:
        """Since when its words are these: who read it before has not read it."""
        return self.atualizado_em or self.publicado_em


class DestinatarioDoInformativo(models.Model):
    """A prestador that an informativo was chosen for; there are none where it is for all."""

    informativo = models.ForeignKey(
        Informativo, on_delete=models.CASCADE, related_name="destinatarios", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["informativo", "prestador"], name="destinatario_unico")]

    def __str__(self) -> str:
        return f"destinatário {self.pk}"


class PdfDoInformativo(models.Model):
    """The document of an informativo. Apart, so that lists do not carry its bytes."""

    informativo = models.OneToOneField(Informativo, on_delete=models.CASCADE, related_name="pdf", db_constraint=False)
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    nome = models.CharField(max_length=255)
    tamanho = models.PositiveIntegerField(help_text="Bytes.")
    dados = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(tamanho__range=(1, MAIOR_PDF)), name="pdf_do_informativo_cabe")
        ]

    def __str__(self) -> str:
        return f"PDF {self.pk}"


class LeituraDoInformativo(models.Model):
    """That one person of a prestador opened an informativo, and when last."""

    informativo = models.ForeignKey(
        Informativo, on_delete=models.DO_NOTHING, related_name="leituras", db_constraint=False, db_index=False
    )
    operadora = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    prestador = models.ForeignKey(Organizacao, on_delete=models.PROTECT, related_name="+", db_index=False)
    usuario = models.ForeignKey(Usuario, on_delete=models.CASCADE, related_name="+")
    lido_em = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["informativo", "prestador", "usuario"], name="leitura_do_informativo_unica")
        ]

    def __str__(self) -> str:
        return f"leitura do informativo {self.pk}"
