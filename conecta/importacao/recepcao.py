"""Receiving a file of rows: on disk, never more of it than the limit, and nothing of what did not arrive whole."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from conecta.importacao.erros import ArquivoRecusado

CAMPO: Final = "arquivo"
"""Name of the field of the form that carries the file."""
EXTENSOES: Final = (".csv", ".txt", ".xlsx")
_MAIOR_NOME: Final = 255


class NoDisco(TemporaryFileUploadHandler):
    """Keeps files up to the limit; of one that exceeds it, the rest is read off the wire and thrown away."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.excedeu = False
        self._tamanho = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._tamanho = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, until there is too much of it."""
        self._tamanho += len(raw_data)
        if self._tamanho > settings.LIMITE_DA_IMPORTACAO:
            self.excedeu = True
            raise SkipFile
        super().receive_data_chunk(raw_data, start)


def receber(request: HttpRequest, manipulador: NoDisco) -> UploadedFile[bytes]:
    """The file that a request brought, its name cleaned. Raises `ArquivoRecusado` for one that is not kept."""
    if manipulador.excedeu:
        mega = settings.LIMITE_DA_IMPORTACAO // 1024**2
        raise ArquivoRecusado(f"O arquivo passa de {mega} MB, o limite. Divida-o em arquivos menores.")
    arquivo = request.FILES.get(CAMPO)
    if not isinstance(arquivo, UploadedFile):
        raise ArquivoRecusado("Nenhum arquivo foi escolhido. Escolha um arquivo .csv ou .xlsx.")
    arquivo.name = _nome_limpo(arquivo.name or "")
    if not arquivo.name.lower().endswith(EXTENSOES):
        raise ArquivoRecusado(f"“{arquivo.name}” não é CSV nem XLSX. Na planilha, use Salvar como, tipo .xlsx ou .csv.")
    if not arquivo.size:
        raise ArquivoRecusado(f"“{arquivo.name}” está vazio. Escolha o arquivo que tem as linhas.")
    return arquivo


def _nome_limpo(bruto: str) -> str:
    """A name to show: without control and direction marks, its end kept where it is too long."""
    visiveis = "".join(letra for letra in bruto if letra.isspace() or unicodedata.category(letra)[0] != "C")
    return re.sub(r"\s+", " ", visiveis).strip()[-_MAIOR_NOME:]
