"""Receiving documents: on disk, never more of a request than a bound, and nothing of what did not arrive whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

from lotes.mensagens.erros import AnexoRecusado
from lotes.mensagens.models.anexo import MAIOR_LIMITE

MEGA: Final = 1024 * 1024
POR_VEZ: Final = 5
"""Documents that one message takes."""
MAIOR_ENVIO: Final = 60 * MEGA
"""Bytes of all documents of one request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recebido:
    """A file as it arrived; of one that `excedeu`, or came after too many others, there are no bytes."""

    nome: str
    dados: bytes
    excedeu: bool = False


class _Contado:
    """A stream that knows how much was read from it."""

    def __init__(self, fluxo: Any) -> None:
        self._fluxo = fluxo
        self.lidos = 0

    def read(self, quanto: int = -1) -> bytes:
        dados: bytes = self._fluxo.read(quanto)
        self.lidos += len(dados)
        return dados


class VariosNoDisco(TemporaryFileUploadHandler):
    """Keeps up to `POR_VEZ` files, each up to `maior` bytes; the rest is read off the wire and dropped.

    `excederam` maps the fields of the form whose file was dropped to its name. Django takes a body that ends early for
    a whole one, so its bytes are counted here: `interrompido`.
    """

    def __init__(self, request: HttpRequest, maior: int = MAIOR_LIMITE * MEGA) -> None:
        super().__init__(request)
        self.maior = maior
        self.excederam: dict[str, str] = {}
        self.interrompido = False
        self._dentro = False
        self._arquivos = self._neste = self._ao_todo = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - the name is Django's
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> Any:
        """Parse by Django's parser over a stream that is counted, and compare with what was announced."""
        if self._dentro:
            return None
        self._dentro = True
        contado = _Contado(input_data)
        resultado = MultiPartParser(META, contado, [self], encoding).parse()  # type: ignore[arg-type]
        self.interrompido = contado.lidos < content_length
        return resultado

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; one too many is skipped."""
        super().new_file(*args, **kwargs)
        self._arquivos += 1
        self._neste = 0
        if self._arquivos > POR_VEZ:
            self._largar()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, until there is too much of it."""
        self._neste += len(raw_data)
        self._ao_todo += len(raw_data)
        if self._neste > self.maior or self._ao_todo > MAIOR_ENVIO:
            self._largar()
        super().receive_data_chunk(raw_data, start)

    def recebido(self, campo: str) -> Recebido | None:
        """The file that came in that field of the form; None where none did. Raises `AnexoRecusado` for half of it."""
        assert self.request is not None
        arquivo = self.request.FILES.get(campo)
        if self.interrompido:
            raise AnexoRecusado("O envio foi interrompido antes do fim, e nada foi guardado. Envie outra vez.")
        if campo in self.excederam:
            return Recebido(nome=self.excederam[campo], dados=b"", excedeu=True)
        if not isinstance(arquivo, UploadedFile):
            return None
        return Recebido(nome=arquivo.name or "", dados=bytes(arquivo.read()))

    def _largar(self) -> None:
        self.excederam[self.field_name or ""] = self.file_name or ""
        raise SkipFile
