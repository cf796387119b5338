"""The only part of the engine that Django loads: where installed versions live is a setting."""

from __future__ import annotations

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from tiss_schemas import catalogo


class TissSchemasConfig(AppConfig):
    """Hands the setting TISS_ESQUEMAS_DIR to the engine."""

    name = "tiss_schemas"
    verbose_name = "Padrão TISS"

    def ready(self) -> None:
        """Called once by Django, when settings are known."""
        pasta = getattr(settings, "TISS_ESQUEMAS_DIR", None)
        if pasta is not None:
            catalogo.usar_pasta(Path(pasta))
