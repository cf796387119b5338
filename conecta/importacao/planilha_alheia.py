"""The first sheet of a stranger's XLSX: bounded before it is opened, without entities, formulas as their last result.

An XLSX is a ZIP of XML parts. How large a part unpacks is written in the ZIP, and the library that unpacks never gives
more than what is written there; so what is written there is judged first. Only sheets may be large, and they are read
piece by piece; so what the package gives out as the table of texts, or as the workbook, is judged by what it is used
for, whatever its name.
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

from openpyxl.cell.cell import ERROR_CODES
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.xml.constants import SHARED_STRINGS, WORKSHEET_TYPE

from conecta.importacao.celulas import NumeroDaPlanilha
from conecta.importacao.erros import ArquivoRecusado

MAIORES_PARTES: Final = 2_000
MAIOR_FOLHA: Final = 1024**3
"""Bytes of a sheet, and of all of them."""
MAIOR_LINHA: Final = 4 * 1024**2
"""Bytes of a sheet from one row to the next: they are in memory at once."""
MAIORES_TEXTOS: Final = 128 * 1024**2
"""Bytes of the table of texts, the one part that is kept in memory."""
MAIOR_PARTE: Final = 8 * 1024**2
"""Bytes of any other part."""
_GRANDE_DEMAIS: Final = "A planilha é grande demais depois de aberta. Divida-a, ou envie como CSV."
_ULTIMA_LINHA: Final = 1_048_576
_MAIOR_NUMERO_EXATO: Final = 10**15
_FOLHA: Final = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_TEXTOS: Final = "xl/sharedstrings.xml"
_SEM_USO: Final = re.compile(
    r"(xl/(media|embeddings|printersettings)/|docprops/thumbnail).*(?<!\.xml)(?<!\.rels)", re.IGNORECASE
)


class Ilegivel(str):
    """A cell that cannot be taken as it stands; its text is what the person sees, `frase` says why."""

    frase: str

    def __new__(cls, texto: str, frase: str) -> Ilegivel:
        esta = super().__new__(cls, texto)
        esta.frase = frase
        return esta


def ler_planilha(arquivo: IO[bytes], *, colunas: int) -> Iterator[Sequence[str]]:
    """The rows of the first visible sheet, blank ones too, each up to its last cell that has something.

    Of at most `colunas` cells. Raises `ArquivoRecusado`.
    """
    with _ilegivel_como_recusa():
        _conferir_pacote(arquivo)
        folha = _primeira_folha(arquivo)
        percentuais: dict[int, bool] = {}
        anterior: Sequence[Any] = ()
        for numero, linha in enumerate(folha.iter_rows(max_col=colunas), start=1):
            if numero > _ULTIMA_LINHA:
                raise ArquivoRecusado("A planilha tem mais linhas do que uma planilha pode ter: está estragada.")
            # Rows that the file leaves out come as one and the same object: there may be a million.
            yield [] if linha is anterior else _textos(linha, percentuais)
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
        if sum(parte.file_size for parte in partes if _FOLHA.fullmatch(parte.filename)) > MAIOR_FOLHA:
            raise ArquivoRecusado(_GRANDE_DEMAIS)
        for parte in partes:
            if parte.flag_bits & 1:
                raise ArquivoRecusado("A planilha tem senha. Salve-a sem senha e envie outra vez.")
            if parte.file_size > _limite(parte.filename):
                raise ArquivoRecusado(_GRANDE_DEMAIS)
            if parte.filename.lower().endswith((".xml", ".rels")):
                _recusar_entidades(pacote, parte)
    arquivo.seek(0)


def _limite(nome: str) -> int:
    if _FOLHA.fullmatch(nome):
        return MAIOR_FOLHA
    if nome.lower() == _TEXTOS:
        return MAIORES_TEXTOS
    # Pictures are never opened; unpacked or not, they cost nothing.
    return MAIOR_FOLHA if _SEM_USO.fullmatch(nome) else MAIOR_PARTE


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
        leitor = _Leitor(arquivo, read_only=True, data_only=True, keep_links=False)
        leitor.read()
    for folha in leitor.wb.worksheets:
        if folha.sheet_state == "visible":
            return folha
    raise ArquivoRecusado("A planilha não tem nenhuma folha visível.")


class _Leitor(ExcelReader):  # type: ignore[misc]
    """Opens what a list is made of, no more of it than `_limite` allows."""

    def read_manifest(self) -> None:
        """See what each part is given out for."""
        super().read_manifest()
        limites = {SHARED_STRINGS: MAIORES_TEXTOS, WORKSHEET_TYPE: MAIOR_FOLHA}
        for parte in self.package.Override:
            nome = parte.PartName.removeprefix("/")
            limite = limites.get(parte.ContentType, MAIOR_PARTE)
            if nome in self.valid_files and self.archive.getinfo(nome).file_size > limite:
                raise ArquivoRecusado(_GRANDE_DEMAIS)

    def read_worksheets(self) -> None:
        """Make the sheets known, none of them opened."""
        for folha, relacao in self.parser.find_sheets():
            if relacao.target in self.valid_files:
                aberta = _Folha(self.wb, folha.name, relacao.target, self.shared_strings)
                aberta.sheet_state = "hidden" if "chartsheet" in relacao.Type else folha.state
                self.wb._sheets.append(aberta)


class _Folha(ReadOnlyWorksheet):  # type: ignore[misc]
    """A sheet whose size nobody looks for, and of which no row takes more than `MAIOR_LINHA`."""

    def _get_size(self) -> None:
        """What a sheet says of its own size may be wrong, and to count is to read it once more."""

    def _get_source(self) -> _Fluxo:
        self.fluxo = _Fluxo(super()._get_source())
        return self.fluxo

    def _get_row(self, *args: Any, **opcoes: Any) -> Any:
        self.fluxo.lidos = 0
        return super()._get_row(*args, **opcoes)


class _Fluxo:
    """The bytes of a sheet; `lidos` of them since the last row."""

    def __init__(self, fluxo: IO[bytes]) -> None:
        self._fluxo = fluxo
        self.lidos = 0

    def __enter__(self) -> _Fluxo:
        return self

    def __exit__(self, *_: object) -> None:
        self._fluxo.close()

    def read(self, quantos: int) -> bytes:
        """The next bytes. Raises `ArquivoRecusado` where a row does not end."""
        pedaco = self._fluxo.read(quantos)
        self.lidos += len(pedaco)
        if self.lidos > MAIOR_LINHA:
            raise ArquivoRecusado("Uma linha da planilha passa de 4 MB: isto não é uma lista.")
        return pedaco


def _textos(linha: Sequence[Any], percentuais: dict[int, bool]) -> list[str]:
    """The cells up to the last that has something."""
    largura = len(linha)
    while largura and linha[largura - 1].value is None:
        largura -= 1
    return [_texto(celula, percentuais) for celula in linha[:largura]]


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
