"""The first sheet of a stranger's XLSX: bounded before it is opened, without entities, formulas as their last result.

An XLSX is a ZIP of XML parts. How large a part unpacks is written in the ZIP, and the library that unpacks never gives
more than what is written there; so what is written there is judged first.
"""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any, Final
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES

from conecta.importacao.celulas import NumeroDaPlanilha
from conecta.importacao.erros import ArquivoRecusado

MAIORES_PARTES: Final = 2_000
MAIOR_FOLHA: Final = 1024**3
MAIORES_TEXTOS: Final = 128 * 1024**2
"""Bytes of the table of texts, the one part that is kept in memory."""
MAIOR_PARTE: Final = 8 * 1024**2
"""Bytes of any other part."""
_ULTIMA_LINHA: Final = 1_048_576
_MAIOR_NUMERO_EXATO: Final = 10**15
_FOLHA: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTOS: Final = "xl/sharedstrings.xml"
_SEM_USO: Final = re.compile(
    r"xl/(media|embeddings|drawings|printersettings|charts)/|docprops/thumbnail", re.IGNORECASE
)


class Ilegivel(str):
    """A cell that cannot be taken as it stands; its text is what the person sees, `frase` says why."""

    frase: str

    def __new__(cls, texto: str, frase: str) -> Ilegivel:
        esta = super().__new__(cls, texto)
        esta.frase = frase
        return esta


def ler_planilha(arquivo: IO[bytes], *, colunas: int) -> Iterator[Sequence[str]]:
    """The rows of the first visible sheet, blank ones too, of at most `colunas` cells. Raises `ArquivoRecusado`."""
    with _ilegivel_como_recusa():
        _conferir_pacote(arquivo)
        folha = _primeira_folha(arquivo)
        percentuais: dict[int, bool] = {}
        anterior: Sequence[Any] = ()
        for numero, linha in enumerate(folha.iter_rows(max_col=colunas), start=1):
            if numero > _ULTIMA_LINHA:
                raise ArquivoRecusado("A planilha tem mais linhas do que uma planilha pode ter: está estragada.")
            # Rows that the file leaves out come as one and the same object: there may be a million.
            yield [] if linha is anterior else [_texto(celula, percentuais) for celula in linha]
            anterior = linha


@contextmanager
def _ilegivel_como_recusa() -> Iterator[None]:
    """What a hostile or broken file can make the library raise is not bounded: all of it means the same."""
    try:
        yield
    except (ArquivoRecusado, MemoryError, GeneratorExit):
        raise
    except Exception as erro:
        raise ArquivoRecusado(
            "A planilha não pôde ser lida: o arquivo está estragado. Abra-o no Excel, salve de novo como .xlsx e envie."
        ) from erro


def _conferir_pacote(arquivo: IO[bytes]) -> None:
    with zipfile.ZipFile(arquivo) as pacote:
        partes = pacote.infolist()
        if len(partes) > MAIORES_PARTES:
            raise ArquivoRecusado("O arquivo tem partes demais para ser uma planilha.")
        for parte in partes:
            if parte.flag_bits & 1:
                raise ArquivoRecusado("A planilha tem senha. Salve-a sem senha e envie outra vez.")
            if parte.file_size > _limite(parte.filename):
                raise ArquivoRecusado("A planilha é grande demais depois de aberta. Divida-a, ou envie como CSV.")
            if parte.filename.lower().endswith((".xml", ".rels")):
                _recusar_entidades(pacote, parte)
    arquivo.seek(0)


def _limite(nome: str) -> int:
    if _FOLHA.fullmatch(nome):
        return MAIOR_FOLHA
    if nome.lower() == _TEXTOS:
        return MAIORES_TEXTOS
    # Pictures are never opened; unpacked or not, they cost nothing.
    return MAIOR_FOLHA if _SEM_USO.match(nome) else MAIOR_PARTE


def _recusar_entidades(pacote: zipfile.ZipFile, parte: zipfile.ZipInfo) -> None:
    """Refuse a part with a document type: no workbook has one, and entities are declared there.

    It stands before the first element, so no more than that is read.
    """
    leitor = expat.ParserCreate()
    comecou: list[str] = []

    def doctype(*_: Any) -> None:
        raise ArquivoRecusado("A planilha tem declarações que nenhuma planilha precisa ter, e não foi aberta.")

    leitor.StartDoctypeDeclHandler = doctype
    leitor.StartElementHandler = lambda nome, _: comecou.append(nome)
    with pacote.open(parte) as fluxo:
        while not comecou and (pedaco := fluxo.read(4096)):
            leitor.Parse(pedaco)


def _primeira_folha(arquivo: IO[bytes]) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what the library leaves out of a workbook is nothing that we read
        pasta = load_workbook(arquivo, read_only=True, data_only=True, keep_links=False)
    for folha in pasta.worksheets:
        if folha.sheet_state == "visible":
            folha.reset_dimensions()
            return folha
    raise ArquivoRecusado("A planilha não tem nenhuma folha visível.")


def _texto(celula: Any, percentuais: dict[int, bool]) -> str:
    valor = celula.value
    if valor is None:
        return ""
    if isinstance(valor, str):
        limpo = valor.strip()
        if limpo in ERROR_CODES:
            return Ilegivel(limpo, f"A fórmula desta célula deu o erro {limpo}. Corrija-a, ou escreva o valor.")
        return limpo
    if isinstance(valor, bool):
        return "Sim" if valor else "Não"
    if isinstance(valor, (int, float)):
        return _numero(valor, celula, percentuais)
    return _momento(valor)


def _numero(valor: int | float, celula: Any, percentuais: dict[int, bool]) -> str:
    if abs(valor) >= _MAIOR_NUMERO_EXATO:
        return Ilegivel(
            f"{valor:.0f}" if abs(valor) < 10**40 else "número enorme",
            "Planilhas arredondam números de mais de 15 algarismos. Formate a coluna como Texto e digite de novo.",
        )
    # A workbook keeps binary fractions, of which 15 digits are what a person typed.
    exato = Decimal(valor) if isinstance(valor, int) else Decimal(f"{valor:.15g}")
    if _e_percentual(celula, percentuais):
        return NumeroDaPlanilha(f"{_sem_zeros(exato * 100)}%")
    return NumeroDaPlanilha(_sem_zeros(exato))


def _sem_zeros(numero: Decimal) -> str:
    texto = f"{numero:f}"
    return texto.rstrip("0").rstrip(".") if "." in texto else texto


def _e_percentual(celula: Any, percentuais: dict[int, bool]) -> bool:
    estilo: int = celula._style_id
    if estilo not in percentuais:
        percentuais[estilo] = "%" in celula.number_format
    return percentuais[estilo]


def _momento(valor: object) -> str:
    if isinstance(valor, datetime):
        return valor.date().isoformat() if valor.time() == time() else valor.isoformat(" ", "minutes")
    return valor.isoformat() if isinstance(valor, (date, time)) else str(valor)
