"""A small file that a form brings: kept in memory up to a limit, and thrown away on the wire beyond it."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class Pequeno(FileUploadHandler):
    """Keeps the first file of a request, up to `limite` bytes; `excedeu` says that it was longer."""

    def __init__(self, request: HttpRequest, limite: int) -> None:
        super().__init__(request)
        self.limite = limite
        self.excedeu = False
        self._arquivos = 0
        self._partes: list[bytes] = []
        self._tamanho = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; a second one is skipped."""
        super().new_file(*args, **kwargs)
        self._arquivos += 1
        if self._arquivos > 1:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; beyond the limit forget all and skip the rest."""
        self._tamanho += len(raw_data)
        if self._tamanho > self.limite:
            self.excedeu = True
            self._partes.clear()
            raise SkipFile
        self._partes.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The file, without the name it came with: nothing here needs it."""
        return SimpleUploadedFile("arquivo", b"".join(self._partes))


def bytes_de(request: HttpRequest, nome: str) -> bytes:
    """What came in that field of the form; empty where nothing did."""
    arquivo = request.FILES.get(nome)
    return b"" if arquivo is None else bytes(arquivo.read())
