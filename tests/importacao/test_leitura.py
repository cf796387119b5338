"""Files that people really have are read; what is hostile or broken is refused with a sentence, in bounded memory."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.xml.constants import SHARED_STRINGS

from conecta.importacao import leitura, planilha_alheia
from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.leitura import registros
from conecta.importacao.planilha_alheia import Ilegivel
from tests.importacao.apoio import csv, xlsx

LINHAS = (("Código", "Descrição"), ("1", "São João"), ("2", "Ação; com ponto e vírgula"))


def ler(dados: bytes) -> list[tuple[int, list[str]]]:
    conhecidos = {"Código", "Descrição", "Descricao"}
    lidos = registros(io.BytesIO(dados), lambda titulos: len(conhecidos & set(titulos)))
    return [(registro.numero, list(registro.celulas)) for registro in lidos]


@pytest.mark.parametrize("codificacao", ["utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimitador", [";", ",", "\t"])
def test_every_encoding_and_divider_that_spreadsheets_write_is_told_by_itself(
    codificacao: str, delimitador: str
) -> None:
    linhas = [[f'"{celula}"' for celula in linha] for linha in LINHAS]
    lidas = ler(csv(*linhas, delimitador=delimitador, codificacao=codificacao))
    assert [celulas for _, celulas in lidas] == [list(linha) for linha in LINHAS]


def test_rows_are_numbered_as_spreadsheets_number_them() -> None:
    dados = 'Código;Descrição\n\n1;"duas\nlinhas"\n2;fim\n'.encode()
    assert [numero for numero, _ in ler(dados)] == [1, 3, 4]
    assert [numero for numero, _ in ler(xlsx(LINHAS[0], (), ("1", "a")))] == [1, 3]


def test_the_mark_that_excel_writes_for_the_divider_is_no_row() -> None:
    assert ler("sep=,\nCódigo,Descrição\n1,a".encode()) == [(2, ["Código", "Descrição"]), (3, ["1", "a"])]


@pytest.mark.parametrize(
    ("valor", "lido"),
    [
        (date(2026, 11, 27), "2026-11-27"),
        (datetime(2026, 11, 27, 10, 30), "2026-11-27 10:30"),
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        (1e-7, "0.0000001"),
        (True, "Sim"),
        ("  texto ", "texto"),
        (None, ""),
    ],
)
def test_cells_of_a_workbook_are_read_as_people_see_them(valor: Any, lido: str) -> None:
    assert ler(xlsx(LINHAS[0], ("x", valor, "y")))[1][1] == ["x", lido, "y"]


def test_a_cell_shown_as_percentage_is_read_as_shown() -> None:
    pasta = Workbook()
    pasta.active.append(["Código", 0.125])
    pasta.active["B1"].number_format = "0.0%"
    arquivo = io.BytesIO()
    pasta.save(arquivo)
    assert ler(arquivo.getvalue())[0][1][1] == "12.5%"


@pytest.mark.parametrize("valor", ["#REF!", "#N/A", 12345678901234567890, 1e300])
def test_cells_that_excel_has_spoiled_are_told_instead_of_imported(valor: Any) -> None:
    celula = ler(xlsx(LINHAS[0], ("x", valor)))[1][1][1]
    assert isinstance(celula, Ilegivel)
    assert celula.frase


def test_a_formula_is_never_worked_out() -> None:
    assert ler(xlsx(LINHAS[0], ("x", "=1+1", "y")))[1][1] == ["x", "", "y"]


@pytest.mark.parametrize(
    ("dados", "frase"),
    [
        (b"", "vazio"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "senha"),
        (b"PK\x03\x04 quebrado", "estragado"),
        (b"\xef\xbb\xbfC\xe7;x\n", "acentos"),
        (b'a;"' + b"x" * 200_000, "aspas"),
        (b"a" + b";" * (leitura.MAIOR_REGISTRO + 5), "1 milhão de caracteres"),
        (b"a" + b";b" * 100, "100 colunas"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(dados: bytes, frase: str) -> None:
    with pytest.raises(ArquivoRecusado, match=frase):
        ler(dados)


def test_empty_columns_without_end_are_left_out() -> None:
    dados = b"C\xc3\xb3digo;Descri\xc3\xa7\xc3\xa3o" + b";" * 900_000 + b"\n1;a" + b";" * 900_000
    assert [len(celulas) for _, celulas in ler(dados)] == [leitura.MAIOR_NUMERO_DE_COLUNAS] * 2


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leitura, "MAIOR_NUMERO_DE_LINHAS", 2)
    with pytest.raises(ArquivoRecusado, match="milhão de linhas"):
        ler(b"a\n1\n2\n3\n")


def _com_parte(nome: str, conteudo: bytes, planilha: bytes = b"") -> bytes:
    """A workbook one part of which is another."""
    antes = zipfile.ZipFile(io.BytesIO(planilha or xlsx(*LINHAS)))
    arquivo = io.BytesIO()
    with zipfile.ZipFile(arquivo, "w", zipfile.ZIP_DEFLATED) as depois:
        for parte in antes.namelist():
            depois.writestr(parte, conteudo if parte == nome else antes.read(parte))
        if nome not in antes.namelist():
            depois.writestr(nome, conteudo)
    return arquivo.getvalue()


PLANILHA = xlsx(*LINHAS)
FOLHA = "xl/worksheets/sheet1.xml"
ABRE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
RISADAS = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
EXTERNA = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>'


@pytest.mark.parametrize("parte", [FOLHA, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
@pytest.mark.parametrize("conteudo", [RISADAS, EXTERNA, b"<!-- " + b"x" * 9000 + b" -->" + RISADAS])
def test_entities_are_refused_wherever_they_stand(parte: str, conteudo: bytes) -> None:
    with pytest.raises(ArquivoRecusado, match="declarações"):
        ler(_com_parte(parte, conteudo))


@pytest.mark.parametrize(("parte", "limite"), [("xl/styles.xml", "MAIOR_PARTE"), (FOLHA, "MAIOR_FOLHA")])
def test_a_part_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    parte: str, limite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planilha_alheia, limite, 10_000)
    with pytest.raises(ArquivoRecusado, match="grande demais"):
        ler(_com_parte(parte, b"<a>" + b" " * 20_000 + b"</a>"))


@pytest.mark.parametrize("nome", ["xl/worksheets/outra.xml", "xl/media/textos.bin"])
def test_a_table_of_texts_by_another_name_is_held_to_its_own_limit(nome: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept in memory, and the package decides which part it is."""
    monkeypatch.setattr(planilha_alheia, "MAIORES_TEXTOS", 10_000)
    monkeypatch.setattr(planilha_alheia, "MAIOR_PARTE", 15_000)
    tipos = zipfile.ZipFile(io.BytesIO(PLANILHA)).read("[Content_Types].xml")
    textos = f'<Override PartName="/{nome}" ContentType="{SHARED_STRINGS}"/></Types>'.encode()
    com_tipo = _com_parte("[Content_Types].xml", tipos.replace(b"</Types>", textos))
    with pytest.raises(ArquivoRecusado, match="grande demais"):
        ler(_com_parte(nome, b"<sst>" + b" " * 20_000 + b"</sst>", com_tipo))


def test_sheets_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planilha_alheia, "MAIOR_FOLHA", 15_000)
    duas = _com_parte("xl/worksheets/a.xml", b"<a>" + b" " * 10_000 + b"</a>")
    assert ler(duas)
    with pytest.raises(ArquivoRecusado, match="grande demais"):
        ler(_com_parte("xl/worksheets/b.xml", b"<b>" + b" " * 10_000 + b"</b>", duas))


@pytest.mark.parametrize(
    "conteudo",
    [
        b"<sheetData><row>" + b"<c/>" * 30_000 + b"</row></sheetData>",
        b'<sheetData><row><c t="inlineStr"><is><t>' + b"a" * 90_000 + b"</t></is></c></row></sheetData>",
        b"<cols>" + b'<col min="1" max="1"/>' * 5_000 + b"</cols><sheetData/>",
        b'<sheetData><row r="1"><c/></row>' + b'<row r="1"/>' * 9_000 + b"</sheetData>",
    ],
    ids=["cells", "text", "columns", "the same row"],
)
def test_what_has_to_be_in_memory_at_once_is_bounded(conteudo: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """However well it is compressed: the reader takes a row at a time."""
    monkeypatch.setattr(planilha_alheia, "MAIOR_LINHA", 70_000)
    with pytest.raises(ArquivoRecusado, match="isto não é uma lista"):
        ler(_com_parte(FOLHA, ABRE + conteudo + b"</worksheet>"))


def test_many_short_rows_are_together_larger_than_one_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planilha_alheia, "MAIOR_LINHA", 70_000)
    linhas = b"<row><c><v>1</v></c><c><v>2</v></c></row>" * 10_000
    assert len(ler(_com_parte(FOLHA, ABRE + b"<sheetData>" + linhas + b"</sheetData></worksheet>"))) == 10_000


def test_rows_far_below_do_not_make_it_walk_there() -> None:
    folha = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="999999999999"><c r="A1"><v>1</v></c></row>'
        b"</sheetData></worksheet>"
    )
    with pytest.raises(ArquivoRecusado, match="estragada"):
        ler(_com_parte(FOLHA, folha))


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.integers(4, len(PLANILHA) - 1), st.integers(0, 255), min_size=1, max_size=20))
def test_a_damaged_workbook_is_refused_or_read_and_never_falls(danos: dict[int, int]) -> None:
    planilha = bytearray(PLANILHA)
    for lugar, octeto in danos.items():
        planilha[lugar] = octeto
    try:
        ler(bytes(planilha))
    except ArquivoRecusado as recusa:
        assert recusa.frase  # noqa: PT017 - either is good


@given(st.binary(max_size=200))
def test_no_bytes_make_it_fall(dados: bytes) -> None:
    try:
        ler(dados)
    except ArquivoRecusado as recusa:
        assert recusa.frase  # noqa: PT017 - either is good
