"""The e-mail that tells of a message: the lot's and the protocol's number, and a link. Nothing of what was written."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from lotes.mensagens.models import AvisoPorEmail

_NAO_ENTREGAM: Final = frozenset({"console", "dummy"})
"""Backends of Django that reach nobody."""


def ha_correio() -> bool:
    """Whether this portal delivers e-mail."""
    return settings.EMAIL_BACKEND.split(".")[-2] not in _NAO_ENTREGAM


def compor(aviso: AvisoPorEmail, para: str) -> EmailMessage:
    """The e-mail of a notice. Written again it has the same Message-ID, so that who gets it twice is shown it once."""
    numeros = f"lote {aviso.numero_do_lote}, protocolo {aviso.protocolo}"
    base = settings.ENDERECO_DO_PORTAL.rstrip("/")
    conversa = f"{base}{reverse('mensagens:conversa', args=[aviso.slug, aviso.lote])}"
    preferencia = f"{base}{reverse('mensagens:avisos', args=[aviso.slug])}"
    texto = (
        f"Há mensagem nova na Troca de Mensagens do {numeros}.\n\n"
        f"Leia no Conecta: {conversa}\n\n"
        "Por segurança, o texto da mensagem não vai por e-mail.\n"
        f"Para não receber mais estes avisos: {preferencia}\n"
    )
    dominio = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
    cabecalhos = {"Message-ID": f"<conecta-aviso-{aviso.pk}@{dominio}>", "Auto-Submitted": "auto-generated"}
    return EmailMessage(f"Mensagem nova: {numeros}", texto, to=[para], headers=cabecalhos)
