"""Lists as XLSX: numbers are numbers, dates are dates, and no text ever runs as a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_FORMATOS = {Decimal: "#,##0.00", datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy"}
_NA_MEMORIA = 2 * 1024 * 1024
_DE_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Coluna:
    """A column: its heading and its width in characters."""

    titulo: str
    largura: int = 14


@dataclass(frozen=True, slots=True)
class Folha:
    """A sheet: its name, at most 31 characters, its columns and its rows."""

    titulo: str
    colunas: Sequence[Coluna]
    linhas: Iterable[Sequence[Any]]


def escrever(titulo: str, colunas: Sequence[Coluna], linhas: Iterable[Sequence[Any]], *outras: Folha) -> IO[bytes]:
    """Write the rows, one at a time, to a workbook, each of `outras` to a sheet behind; give the file, at its start.

    A cell may be text, int, Decimal (money, two decimals), date, an aware datetime (written in the portal's zone) or
    None. `titulo` names the first sheet: at most 31 characters.
    """
    pasta = Workbook(write_only=True)
    for desta in (Folha(titulo, colunas, linhas), *outras):
        _folha(pasta, desta)
    arquivo = SpooledTemporaryFile(max_size=_NA_MEMORIA)  # noqa: SIM115 - whoever sends it closes it
    pasta.save(arquivo)
    arquivo.seek(0)
    return arquivo


def _folha(pasta: Workbook, desta: Folha) -> None:
    folha = pasta.create_sheet(desta.titulo)
    folha.freeze_panes = "A2"
    for indice, coluna in enumerate(desta.colunas, start=1):
        folha.column_dimensions[get_column_letter(indice)].width = coluna.largura
    folha.append([_cabecalho(folha, coluna.titulo) for coluna in desta.colunas])
    for linha in desta.linhas:
        folha.append([_celula(folha, valor) for valor in linha])


def _cabecalho(folha: Any, texto: str) -> WriteOnlyCell:
    celula = WriteOnlyCell(folha, value=texto)
    celula.font = Font(bold=True)
    return celula


def _celula(folha: Any, valor: Any) -> WriteOnlyCell:
    if isinstance(valor, str):
        return _texto(folha, valor)
    if isinstance(valor, datetime) and timezone.is_aware(valor):
        valor = timezone.localtime(valor).replace(tzinfo=None)
    celula = WriteOnlyCell(folha, value=valor)
    if (formato := _FORMATOS.get(type(valor))) is not None:
        celula.number_format = formato
    return celula


def _texto(folha: Any, valor: str) -> WriteOnlyCell:
    """Text stays text: the library takes what begins with "=" for a formula, and so do programs that open it later."""
    celula = WriteOnlyCell(folha, value=ILLEGAL_CHARACTERS_RE.sub("", valor))
    celula.data_type = "s"
    if valor.startswith(_DE_FORMULA):
        celula.quotePrefix = True
    return celula
