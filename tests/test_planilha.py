"""Lists as XLSX: what a spreadsheet program finds in the cells."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from conecta.planilha import Coluna, escrever


def ler(*linha: object) -> Worksheet:
    """Write one row and read it back."""
    with escrever("Lotes", [Coluna(f"C{n}") for n, _ in enumerate(linha)], [linha]) as arquivo:
        return load_workbook(BytesIO(arquivo.read()))["Lotes"]


def test_money_is_a_number_with_two_decimals() -> None:
    celula = ler(Decimal("1234.50"))["A2"]
    assert (celula.value, celula.number_format) == (1234.5, "#,##0.00")


def test_dates_are_dates_and_instants_are_of_sao_paulo() -> None:
    folha = ler(date(2026, 11, 27), datetime(2026, 11, 28, 1, 30, tzinfo=UTC))
    assert folha["A2"].value.date() == date(2026, 11, 27)
    assert folha["B2"].value == datetime(2026, 11, 27, 22, 30)


@pytest.mark.parametrize("texto", ["=1+1", "=HYPERLINK(1)", "+55", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_is_ever_a_formula(texto: str) -> None:
    celula = ler(texto)["A2"]
    assert (celula.data_type, celula.value, celula.quotePrefix) == ("s", texto, True)


@given(st.text(min_size=1, max_size=40))
def test_whatever_text_comes_it_stays_text(texto: str) -> None:
    folha = ler(texto, "fim")
    assert folha["A2"].data_type != "f"
    assert folha["B2"].value == "fim"


def test_nothing_is_an_empty_cell_and_the_heading_stays_in_sight() -> None:
    folha = ler(None, "fim")
    assert folha["A2"].value is None
    assert folha.freeze_panes == "A2"
    assert folha["A1"].font.bold
