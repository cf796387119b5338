"""Documents that go with a lot: ANS's list of their types, the formats taken, and how a format is recognised.

The lists are those of `dm_tipoDocumento`, `dm_formatoDocumento` and `dm_tipoGuia` in the schema's message
`envioDocumentos`; the texts are the comments beside its enumerations, for no domain table has them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.db import models


class TipoDeDocumento(models.TextChoices):
    """`tipoDocumento`, 01 to 17."""

    ELEGIBILIDADE = "01", "Comprovante de elegibilidade"
    LAUDO = "02", "Laudo do profissional de saúde"
    PEDIDO = "03", "Pedido do profissional de saúde"
    RELATORIO = "04", "Relatório do profissional de saúde"
    PRESCRICAO = "05", "Prescrição do profissional de saúde"
    COMPARECIMENTO = "06", "Comprovante de comparecimento (assinatura)"
    EMBALAGEM = "07", "Embalagem ou rótulo de materiais e medicamentos"
    ENTREGA = "08", "Comprovante de entrega de medicamentos"
    NOTA_FISCAL = "09", "Notas fiscais"
    ANESTESICO = "10", "Boletim anestésico"
    HEMOTERAPICOS = "11", "Selos hemoterápicos"
    EXAME_DE_IMAGEM = "12", "Exames de imagem"
    ANALISES_CLINICAS = "13", "Exames de análises clínicas"
    CONSENTIMENTO = "14", "Termo de consentimento"
    COBRANCA_DE_TAXA = "15", "Guia de cobrança de taxa"
    AUTORIZACAO = "16", "Autorização prévia"
    AUDITORIA = "17", "Relatório de auditoria"


class Formato(models.TextChoices):
    """`formatoDocumento`, of what is not signed: 01 to 04."""

    JPG = "01", "JPG"
    PDF = "02", "PDF"
    PNG = "03", "PNG"
    TIFF = "04", "TIFF"


class NaturezaDaGuia(models.TextChoices):
    """`naturezaGuia`: the kind of guide that a document goes with."""

    SOLICITACAO = "1", "Solicitação"
    FATURAMENTO = "2", "Faturamento"
    RECURSO = "3", "Recurso de glosa"


EXTENSOES: Final[Mapping[Formato, tuple[str, ...]]] = {
    Formato.JPG: (".jpg", ".jpeg"),
    Formato.PDF: (".pdf",),
    Formato.PNG: (".png",),
    Formato.TIFF: (".tif", ".tiff"),
}
MIDIAS: Final[Mapping[Formato, str]] = {
    Formato.JPG: "image/jpeg",
    Formato.PDF: "application/pdf",
    Formato.PNG: "image/png",
    Formato.TIFF: "image/tiff",
}
ACEITOS: Final = ",".join(extensao for extensoes in EXTENSOES.values() for extensao in extensoes)
"""What the file picker offers."""

_PDF_COMECA_ATE: Final = 1024
"""Readers take a PDF whose header comes within its first kilobyte; we take no more than a byte order mark or blanks."""
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def _e_pdf(dados: bytes) -> bool:
    inicio = dados[:_PDF_COMECA_ATE].removeprefix(b"\xef\xbb\xbf").lstrip()
    return inicio.startswith(b"%PDF-")


_MARCAS: Final[Mapping[Formato, Callable[[bytes], bool]]] = {
    Formato.JPG: lambda dados: dados.startswith(b"\xff\xd8\xff"),
    Formato.PDF: _e_pdf,
    Formato.PNG: lambda dados: dados.startswith(_PNG),
    Formato.TIFF: lambda dados: dados[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"),
}


def formato_de(dados: bytes) -> Formato | None:
    """The format that the bytes themselves show; None for any other."""
    return next((formato for formato, casa in _MARCAS.items() if casa(dados)), None)
