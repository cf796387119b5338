"""The bytes of files: immutable, kept to the byte, with their SHA-256."""

from django.db import models
from django.utils import timezone


class Conteudo(models.Model):
    """The bytes of one file between a prestador and its operadora, compressed, or the key under which another storage
    keeps them. `da_operadora`: the operadora brought them, and the prestador reads them.

    Never read in lists: rows that show a file point here and do not carry it.
    """

    prestador = models.ForeignKey("contas.Organizacao", on_delete=models.PROTECT, related_name="+")
    operadora = models.ForeignKey("contas.Organizacao", on_delete=models.PROTECT, related_name="+", null=True)
    enviado_em = models.DateTimeField(null=True)
    da_operadora = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    tamanho = models.BigIntegerField(help_text="Bytes before compression.")
    comprimido = models.BinaryField(null=True)
    chave = models.CharField(max_length=200, blank=True)
    criado_em = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["prestador", "sha256"],
                condition=models.Q(da_operadora=False),
                name="conteudo_unico_por_prestador",
            ),
            # Apart from the prestador's own: an operadora cannot find out what a prestador keeps.
            models.UniqueConstraint(
                fields=["prestador", "operadora", "sha256"],
                condition=models.Q(da_operadora=True),
                name="conteudo_unico_da_operadora",
            ),
            models.UniqueConstraint(fields=["id", "prestador"], name="conteudo_inquilino"),
            models.CheckConstraint(
                condition=models.Q(comprimido__isnull=False, chave="")
                | (models.Q(comprimido__isnull=True) & ~models.Q(chave="")),
                name="conteudo_em_um_lugar",
            ),
            models.CheckConstraint(
                condition=models.Q(enviado_em__isnull=True) | models.Q(operadora__isnull=False),
                name="conteudo_enviado_tem_operadora",
            ),
            models.CheckConstraint(
                condition=models.Q(da_operadora=False) | models.Q(enviado_em__isnull=False),
                name="conteudo_da_operadora_e_visto_por_ela",
            ),
        ]

    def __str__(self) -> str:
        return f"conteúdo {self.pk}"
