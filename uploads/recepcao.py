"""Receiving a file: in memory, never more of it than the limit, and nothing of what did not arrive whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser

from uploads.nomes import nome_limpo

CAMPO = "arquivo"
"""Name of the field of the form that carries the file."""


class EnvioRecusado(Exception):
    """A file that is not kept. `codigo` is that of Tabela 38, `frase` what the person reads."""

    def __init__(self, codigo: str, frase: str) -> None:
        super().__init__(frase)
        self.codigo = codigo
        self.frase = frase


@dataclass(frozen=True, slots=True)
class Recebido:
    """A file that arrived whole and may be kept."""

    nome: str
    dados: bytes


class _Contador:
    """A stream that knows how much was read from it."""

    def __init__(self, fluxo: Any) -> None:
        self._fluxo = fluxo
        self.lidos = 0

    def read(self, tamanho: int = -1) -> bytes:
        dados: bytes = self._fluxo.read(tamanho)
        self.lidos += len(dados)
        return dados


class NaMemoria(FileUploadHandler):
    """Keeps one file, up to the limit. What exceeds it is read off the wire and thrown away.

    Django takes a body that ends early for a whole one, so the bytes are counted here. What a request brought too much
    or too little of is in `excedeu`, `arquivos` and `interrompido`.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.excedeu = False
        self.interrompido = False
        self.arquivos = 0
        self._partes: list[bytes] = []
        self._tamanho = 0
        self._aninhado = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - the name is Django's
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> Any:
        """Parse by Django's parser over a stream that is counted, and compare with what was announced."""
        if self._aninhado:
            return None
        self._aninhado = True
        contador = _Contador(input_data)
        resultado = MultiPartParser(META, contador, [self], encoding).parse()
        self.interrompido = contador.lidos < content_length
        return resultado

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; a second one is skipped, not buffered."""
        super().new_file(*args, **kwargs)
        self.arquivos += 1
        if self.arquivos > 1:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece; at 15 MB + 1 byte forget all and skip the rest."""
        self._tamanho += len(raw_data)
        if self._tamanho > settings.LIMITE_DO_ARQUIVO:
            self.excedeu = True
            self._partes.clear()
            raise SkipFile
        self._partes.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The file, unless it was skipped."""
        dados = b"".join(self._partes)
        self._partes.clear()
        return SimpleUploadedFile("envio.xml", dados)


def receber(request: HttpRequest, manipulador: NaMemoria) -> Recebido:
    """The file that a request brought. Raises `EnvioRecusado` for one that is not kept."""
    arquivo = request.FILES.get(CAMPO)
    nome = nome_limpo(manipulador.file_name or "")
    if manipulador.interrompido:
        raise EnvioRecusado(
            "5010", "O envio foi interrompido antes do fim e nada foi guardado. Inclua o arquivo outra vez."
        )
    if manipulador.arquivos > 1:
        raise EnvioRecusado("5002", "Chegou mais de um arquivo, e nenhum foi guardado. Inclua um arquivo .xml por vez.")
    if manipulador.excedeu:
        raise EnvioRecusado("3166", f"“{nome}” passa de 15 MB, o limite. Divida o lote em arquivos menores.")
    if arquivo is None:
        raise EnvioRecusado("5002", "Nenhum arquivo foi escolhido. Arraste o XML para a área ou clique nela.")
    dados = arquivo.read()
    _conferir(nome, dados)
    return Recebido(nome, dados)


def _conferir(nome: str, dados: bytes) -> None:
    if nome.lower().endswith((".zip", ".rar", ".7z", ".gz")):
        raise EnvioRecusado("5002", f"“{nome}” não é XML. Descompacte e inclua um arquivo .xml por vez.")
    if not nome.lower().endswith(".xml"):
        raise EnvioRecusado("5002", f"“{nome}” não é XML. Escolha o arquivo .xml que o seu sistema gerou.")
    if not dados.strip():
        raise EnvioRecusado("5002", f"“{nome}” está vazio. Gere o arquivo outra vez no seu sistema.")
