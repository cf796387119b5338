"""How django-allauth behaves here: nobody signs up by themselves, and second factors are encrypted at rest."""

from __future__ import annotations

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest


class AdaptadorDeConta(DefaultAccountAdapter):
    """People are invited by their organisation: the sign-up page is closed."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": (
            "Foram tentativas demais com este e-mail. Aguarde 15 minutos e tente de novo, ou use “Esqueci a senha”."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class AdaptadorDeSegundoFator(DefaultMFAAdapter):
    """Keeps TOTP secrets and recovery seeds encrypted with keys derived from the platform's secrets."""

    def encrypt(self, text: str) -> str:
        return _cifra().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cifra().decrypt(encrypted_text.encode()).decode()


def _cifra() -> MultiFernet:
    segredos = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"mfa:{s}".encode()).digest())) for s in segredos]
    )
