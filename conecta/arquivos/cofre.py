"""Keeping and opening files of a prestador: the same bytes once, to the byte."""

from __future__ import annotations

import hashlib

from . import armazenamento
from .models import Conteudo


class ConteudoAlterado(RuntimeError):
    """Stored bytes do not have the SHA-256 they were stored with."""


def guardar(dados: bytes, *, prestador_id: int) -> Conteudo:
    """Keep the bytes of a file; when the prestador already has the same bytes, give the row there is.

    Works inside the prestador's scope. Two processes that keep the same bytes at once get one row.
    """
    sha256 = hashlib.sha256(dados).hexdigest()
    existente = Conteudo.objects.defer("comprimido").filter(prestador_id=prestador_id, sha256=sha256).first()
    if existente is not None:
        return existente
    lugar = armazenamento.escolhido().gravar(f"{prestador_id}/{sha256}", armazenamento.comprimir(dados))
    Conteudo.objects.bulk_create(
        [Conteudo(prestador_id=prestador_id, sha256=sha256, tamanho=len(dados), **lugar)],
        ignore_conflicts=True,
    )
    return Conteudo.objects.defer("comprimido").get(prestador_id=prestador_id, sha256=sha256)


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
