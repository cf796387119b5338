"""Threads of lots and their attachments, notices by e-mail, and informativos."""

from .anexo import Anexo, LimiteDeAnexo
from .aviso import AvisoPorEmail, PreferenciaDeAviso
from .conversa import Conversa, LeituraDaConversa, Mensagem
from .informativo import (
    DestinatarioDoInformativo,
    Informativo,
    LeituraDoInformativo,
    PdfDoInformativo,
)

__all__ = [
    "Anexo",
    "AvisoPorEmail",
    "Conversa",
    "DestinatarioDoInformativo",
    "Informativo",
    "LeituraDaConversa",
    "LeituraDoInformativo",
    "LimiteDeAnexo",
    "Mensagem",
    "PdfDoInformativo",
    "PreferenciaDeAviso",
]
