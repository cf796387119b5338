"""The verdict on the bytes of a file: engine, register and rules in one call."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from conecta.contas.models import Organizacao
from uploads.contexto import carregar_contexto
from uploads.models import Arquivo
from uploads.veredito import Veredito, julgar


def julgar_arquivo(arquivo: Arquivo, dados: bytes) -> Veredito:
    """Judge the bytes of a file for its prestador, with what the database knows at this moment."""
    return julgar_para(arquivo.prestador, dados, arquivo.nome, arquivo_id=arquivo.pk)


def julgar_para(
    prestador: Organizacao, dados: bytes, nome: str, *, arquivo_id: int | None = None, lote_id: int | None = None
) -> Veredito:
    """Judge bytes as if that prestador had sent them; `arquivo_id` is the upload that they are, `lote_id` the typed lot
    whose message they are, None for neither."""
    contexto_de = partial(
        carregar_contexto, prestador=prestador, arquivo_id=arquivo_id, lote_id=lote_id, agora=timezone.localtime()
    )
    return julgar(dados, nome, contexto_de=contexto_de)
