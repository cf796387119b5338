"""The verdict on the bytes of a file: engine, register and rules in one call."""

from __future__ import annotations

from uploads.models import Arquivo
from uploads.veredito import Veredito, julgar


def julgar_arquivo(arquivo: Arquivo, dados: bytes) -> Veredito:
    """Judge the bytes of a file for its prestador, with what the database knows at this moment."""
    return julgar(dados, arquivo.nome)
