"""Keeping and opening files between a prestador and its operadora: the same bytes once, to the byte."""

from __future__ import annotations

import hashlib
from typing import Any

from django.utils import timezone

from . import armazenamento
from .models import Conteudo


class ConteudoAlterado(RuntimeError):
    """Stored bytes do not have the SHA-256 they were stored with."""


def guardar(dados: bytes, *, prestador_id: int) -> Conteudo:
    """Keep the bytes of a file; when the prestador already has the same bytes, give the row there is.

    Works inside the prestador's scope. Two processes that keep the same bytes at once get one row.
    """
    return _guardar(dados, {"prestador_id": prestador_id, "da_operadora": False}, {})


def guardar_da_operadora(dados: bytes, *, prestador_id: int, operadora_id: int) -> Conteudo:
    """Keep the bytes of what an operadora hands to a prestador: both read them from now on, nobody changes them.

    Works inside the operadora's scope. The same bytes for the same prestador are kept once.
    """
    de_quem = {"prestador_id": prestador_id, "operadora_id": operadora_id, "da_operadora": True}
    return _guardar(dados, de_quem, {"enviado_em": timezone.now()})


def _guardar(dados: bytes, de_quem: dict[str, Any], novo: dict[str, Any]) -> Conteudo:
    sha256 = hashlib.sha256(dados).hexdigest()
    achados = Conteudo.objects.defer("comprimido").filter(**de_quem, sha256=sha256)
    if (existente := achados.first()) is not None:
        return existente
    prefixo = f"{de_quem['prestador_id']}/" + (f"{de_quem['operadora_id']}/" if de_quem["da_operadora"] else "")
    lugar = armazenamento.escolhido().gravar(f"{prefixo}{sha256}", armazenamento.comprimir(dados))
    linha = Conteudo(**de_quem, **novo, sha256=sha256, tamanho=len(dados), **lugar)
    Conteudo.objects.bulk_create([linha], ignore_conflicts=True)
    return achados.get()


def abrir(conteudo_id: int) -> bytes:
    """The bytes as they came. Raises `ConteudoAlterado` when storage gives back anything else."""
    conteudo = Conteudo.objects.get(pk=conteudo_id)
    try:
        dados = armazenamento.descomprimir(armazenamento.de(conteudo).abrir(conteudo))
    except armazenamento.BytesEstragados as erro:
        raise ConteudoAlterado(conteudo_id) from erro
    if hashlib.sha256(dados).hexdigest() != conteudo.sha256:
        raise ConteudoAlterado(conteudo_id)
    return dados
