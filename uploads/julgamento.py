"""The verdict on the bytes of a file: engine, register and rules in one call."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from uploads.contexto import carregar_contexto
from uploads.models import Arquivo
from uploads.veredito import Veredito, julgar


def julgar_arquivo(arquivo: Arquivo, dados: bytes) -> Veredito:
    """Judge the bytes of a file for its prestador, with what the database knows at this moment."""
    contexto_de = partial(
        carregar_contexto, prestador=arquivo.prestador, arquivo_id=arquivo.pk, agora=timezone.localtime()
    )
    return julgar(dados, arquivo.nome, contexto_de=contexto_de)
