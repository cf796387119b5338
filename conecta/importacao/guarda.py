"""Keeping and opening the file of an import: compressed on the way, never whole in memory."""

from __future__ import annotations

import gzip
import hashlib
import io
from tempfile import SpooledTemporaryFile
from typing import IO, Final

from conecta.arquivos import armazenamento
from conecta.importacao.models import ConteudoImportado, Importacao

_PEDACO: Final = 1024 * 1024
_NA_MEMORIA: Final = 4 * 1024 * 1024


class ConteudoAlterado(RuntimeError):
    """Stored bytes do not have the SHA-256 that they were stored with."""


def guardar(importacao: Importacao, arquivo: IO[bytes]) -> None:
    """Keep the bytes of the import's file, in the caller's transaction."""
    resumo = hashlib.sha256()
    comprimido = io.BytesIO()
    with gzip.GzipFile(fileobj=comprimido, mode="wb", compresslevel=6, mtime=0) as saida:
        while pedaco := arquivo.read(_PEDACO):
            resumo.update(pedaco)
            saida.write(pedaco)
    chave = f"importacoes/{importacao.organizacao_id}/{importacao.pk}"
    ConteudoImportado.objects.create(
        importacao=importacao,
        organizacao_id=importacao.organizacao_id,
        sha256=resumo.hexdigest(),
        **armazenamento.escolhido().gravar(chave, comprimido.getvalue()),
    )


def abrir(importacao: Importacao) -> IO[bytes]:
    """The file as it came, at its beginning; a large one is on disk, without a name, until it is closed.

    Raises `ConteudoAlterado` when storage gives back anything else.
    """
    conteudo = ConteudoImportado.objects.get(importacao=importacao)
    resumo = hashlib.sha256()
    arquivo: IO[bytes] = SpooledTemporaryFile(max_size=_NA_MEMORIA)  # noqa: SIM115 - whoever asked for it closes it
    with gzip.GzipFile(fileobj=io.BytesIO(armazenamento.de(conteudo).abrir(conteudo))) as entrada:
        while pedaco := entrada.read(_PEDACO):
            resumo.update(pedaco)
            arquivo.write(pedaco)
    if resumo.hexdigest() != conteudo.sha256:
        arquivo.close()
        raise ConteudoAlterado(importacao.pk)
    arquivo.seek(0)
    return arquivo


def apagar(importacao: Importacao) -> None:
    """Remove the bytes for good. Nothing happens where they are gone already."""
    conteudo = ConteudoImportado.objects.defer("comprimido").filter(importacao=importacao).first()
    if conteudo is not None:
        armazenamento.de(conteudo).apagar(conteudo)
        conteudo.delete()
