"""Where bytes live: in Postgres by default, in S3-compatible storage when `ARMAZENAMENTO_URL` says so.

Three methods each. In Postgres the bytes are under the same wall, transaction and backup as the rows.
"""

from __future__ import annotations

import gzip
import zlib
from functools import cache
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from django.conf import settings


class SemArmazenamento(RuntimeError):
    """Bytes are in a storage that the settings no longer name."""


class BytesEstragados(ValueError):
    """What storage gave back is not what `comprimir` makes."""


class Armazenamento(Protocol):
    """Keeps compressed bytes for a row of `Conteudo`."""

    def gravar(self, chave: str, comprimido: bytes) -> dict[str, Any]:
        """Keep the bytes; give the columns of `Conteudo` that say where they are."""
        ...

    def abrir(self, conteudo: Any) -> bytes:
        """The compressed bytes of a row."""
        ...

    def apagar(self, conteudo: Any) -> None:
        """Forget the bytes of a row that is being removed."""
        ...


class NoBanco:
    """The column `comprimido` holds the bytes."""

    def gravar(self, chave: str, comprimido: bytes) -> dict[str, Any]:
        return {"comprimido": comprimido, "chave": ""}

    def abrir(self, conteudo: Any) -> bytes:
        return bytes(conteudo.comprimido)

    def apagar(self, conteudo: Any) -> None:
        """Removing the row removes the bytes."""


class NoS3:
    """A bucket holds the bytes. They are written before the row: a crash between the two leaves an unused object."""

    def __init__(self, url: str) -> None:
        from storages.backends.s3 import S3Storage

        partes = urlsplit(url)
        protocolo = "http" if partes.scheme == "s3+http" else "https"
        porta = f":{partes.port}" if partes.port else ""
        self._s3 = S3Storage(
            access_key=unquote(partes.username or ""),
            secret_key=unquote(partes.password or ""),
            bucket_name=partes.path.strip("/"),
            endpoint_url=f"{protocolo}://{partes.hostname}{porta}",
            file_overwrite=True,
            default_acl=None,
        )

    def gravar(self, chave: str, comprimido: bytes) -> dict[str, Any]:
        from django.core.files.base import ContentFile

        self._s3.save(chave, ContentFile(comprimido))
        return {"comprimido": None, "chave": chave}

    def abrir(self, conteudo: Any) -> bytes:
        with self._s3.open(conteudo.chave) as arquivo:
            return bytes(arquivo.read())

    def apagar(self, conteudo: Any) -> None:
        self._s3.delete(conteudo.chave)


@cache
def _s3(url: str) -> NoS3:
    return NoS3(url)


def escolhido() -> Armazenamento:
    """The storage that new bytes go to."""
    return _s3(settings.ARMAZENAMENTO_URL) if settings.ARMAZENAMENTO_URL else NoBanco()


def de(conteudo: Any) -> Armazenamento:
    """The storage that holds a row's bytes: rows from before S3 was set are read from Postgres as ever.

    Raises `SemArmazenamento` for a row whose bytes are in S3 when the setting is gone.
    """
    if not conteudo.chave:
        return NoBanco()
    if not settings.ARMAZENAMENTO_URL:
        raise SemArmazenamento(f"conteúdo {conteudo.pk} is in S3: set ARMAZENAMENTO_URL to read it")
    return _s3(settings.ARMAZENAMENTO_URL)


def comprimir(dados: bytes) -> bytes:
    """Compress, the same bytes always to the same result."""
    return gzip.compress(dados, compresslevel=6, mtime=0)


def descomprimir(comprimido: bytes) -> bytes:
    """The original bytes. Raises `BytesEstragados`."""
    try:
        dados = gzip.decompress(comprimido)
    except (gzip.BadGzipFile, EOFError, zlib.error) as erro:
        raise BytesEstragados(str(erro)) from erro
    return dados
