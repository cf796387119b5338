"""Reading the rows of a CSV or XLSX file of a stranger: one at a time, in bounded memory, nothing of it ever run."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Final

from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.planilha_alheia import ler_planilha

MAIOR_NUMERO_DE_LINHAS: Final = 1_000_000
MAIOR_NUMERO_DE_COLUNAS: Final = 100
MAIOR_REGISTRO: Final = 1024 * 1024
"""Characters of one row of a CSV file."""

Pontuar = Callable[[Sequence[str]], int]
"""How many of these headings are known."""

_DELIMITADORES: Final = (";", ",", "\t")
_DE_ZIP: Final = b"PK\x03\x04"
_DE_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_BOMS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_PEDACO: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Registro:
    """A row that is not blank: its number as spreadsheets show it, and its cells."""

    numero: int
    celulas: Sequence[str]


def registros(arquivo: IO[bytes], pontuar: Pontuar) -> Iterator[Registro]:
    """The rows of a file, the headings first. `pontuar` helps to tell by what the cells of a CSV file are divided.

    Raises `ArquivoRecusado`, at the latest at the row that is too much.
    """
    quantos = 0
    for numero, celulas in enumerate(_linhas(arquivo, pontuar), start=1):
        if not any(celulas):
            continue
        quantos += 1
        if quantos > MAIOR_NUMERO_DE_LINHAS + 1:
            raise ArquivoRecusado("O arquivo tem mais de 1 milhão de linhas. Divida-o em arquivos menores.")
        if len(celulas) > MAIOR_NUMERO_DE_COLUNAS and any(celulas[MAIOR_NUMERO_DE_COLUNAS:]):
            raise ArquivoRecusado(
                f"A linha {numero} tem mais de {MAIOR_NUMERO_DE_COLUNAS} colunas. Tire as que sobram."
            )
        yield Registro(numero, celulas[:MAIOR_NUMERO_DE_COLUNAS])


def _linhas(arquivo: IO[bytes], pontuar: Pontuar) -> Iterator[Sequence[str]]:
    inicio = arquivo.read(8)
    arquivo.seek(0)
    if not inicio:
        raise ArquivoRecusado("O arquivo está vazio.")
    if inicio == _DE_OLE:
        raise ArquivoRecusado(
            "O arquivo está no formato antigo .xls ou tem senha. No Excel, use Salvar como, tipo .xlsx, sem senha."
        )
    if inicio.startswith(_DE_ZIP):
        return ler_planilha(arquivo, colunas=MAIOR_NUMERO_DE_COLUNAS + 1)
    return _ler_csv(arquivo, pontuar)


def _ler_csv(arquivo: IO[bytes], pontuar: Pontuar) -> Iterator[Sequence[str]]:
    texto = io.TextIOWrapper(arquivo, encoding=_codificacao(arquivo), newline="")
    delimitador = _delimitador(texto.readline(MAIOR_REGISTRO), pontuar)
    texto.seek(0)
    yield from _registros_do_csv(_Linhas(texto), delimitador)


def _registros_do_csv(linhas: _Linhas, delimitador: str) -> Iterator[Sequence[str]]:
    leitor = csv.reader(linhas, delimiter=delimitador)
    numero = 0
    while True:
        numero += 1
        linhas.lidos = 0
        try:
            celulas = next(leitor, None)
        except csv.Error as erro:
            raise ArquivoRecusado(
                f"A linha {numero} não pôde ser lida: parece haver aspas que se abrem e não se fecham. Corrija e envie "
                "outra vez."
            ) from erro
        if celulas is None:
            return
        if numero == 1 and celulas and celulas[0].lower().startswith("sep="):
            celulas = []  # Excel's own mark of the divider
        yield [celula.strip().replace("\0", "") for celula in celulas]


class _Linhas:
    """Lines of a text, of which no record may have too many characters."""

    def __init__(self, texto: io.TextIOWrapper) -> None:
        self._texto = texto
        self.lidos = 0

    def __iter__(self) -> _Linhas:
        return self

    def __next__(self) -> str:
        linha = self._texto.readline(MAIOR_REGISTRO + 1)
        self.lidos += len(linha)
        if self.lidos > MAIOR_REGISTRO:
            raise ArquivoRecusado("Uma linha do arquivo tem mais de 1 milhão de caracteres: isto não é uma lista.")
        if not linha:
            raise StopIteration
        return linha


def _codificacao(arquivo: IO[bytes]) -> str:
    """UTF-8 where all of it is; otherwise what Excel writes in Brazil. Leaves the file at its beginning."""
    inicio = arquivo.read(4)
    arquivo.seek(0)
    for bom, nome in _BOMS:
        if inicio.startswith(bom):
            return _inteira(arquivo, nome) or _recusar_codificacao()
    return _inteira(arquivo, "utf-8") or _inteira(arquivo, "cp1252") or "latin-1"


def _inteira(arquivo: IO[bytes], nome: str) -> str | None:
    """`nome`, when the whole file is in that encoding."""
    decodificador = codecs.getincrementaldecoder(nome)()
    try:
        while pedaco := arquivo.read(_PEDACO):
            decodificador.decode(pedaco)
        decodificador.decode(b"", final=True)
    except UnicodeDecodeError:
        return None
    finally:
        arquivo.seek(0)
    return nome


def _recusar_codificacao() -> str:
    raise ArquivoRecusado("O arquivo está estragado: os acentos não podem ser lidos. Salve-o de novo como CSV UTF-8.")


def _delimitador(primeira: str, pontuar: Pontuar) -> str:
    marca = primeira.strip().lower()
    if marca.startswith("sep=") and len(marca) == 5:
        return marca[4]
    return max(_DELIMITADORES, key=lambda d: (pontuar(_dividida(primeira, d)), primeira.count(d)))


def _dividida(linha: str, delimitador: str) -> list[str]:
    try:
        return [celula.strip() for celula in next(csv.reader([linha], delimiter=delimitador), [])]
    except csv.Error:
        return []
