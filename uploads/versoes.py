"""The version of a file that counts, and its bytes."""

from __future__ import annotations

from conecta.arquivos import cofre
from uploads.models import Arquivo, Versao


def versao_de(arquivo: Arquivo) -> Versao:
    """The file's current version."""
    return Versao.objects.get(arquivo=arquivo, numero=arquivo.versao_atual)


def conteudo_de(arquivo: Arquivo) -> bytes:
    """The bytes of the file's current version."""
    return cofre.abrir(versao_de(arquivo).conteudo_id)
