"""What people write in spreadsheets is read in one way or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conecta.importacao.celulas import (
    ErroDaCelula,
    NumeroDaPlanilha,
    cnpj,
    cnpj_ou_cpf,
    codigo,
    cpf,
    data,
    dinheiro,
    escolha,
    escolhas,
    inteiro,
    percentual,
    sim_nao,
    texto,
)


@pytest.mark.parametrize(
    ("escrito", "lido"),
    [
        ("1.234,56", "1234.56"),
        ("1234,56", "1234.56"),
        ("1234.56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("R$ 12,5", "12.50"),
        ("1.234.567", "1234567.00"),
        ("0,5", "0.50"),
        ("12", "12.00"),
        ("1 234,50", "1234.50"),
        (NumeroDaPlanilha("12.5"), "12.50"),
    ],
)
def test_money_is_read_as_it_is_written_here_and_by_systems(escrito: str, lido: str) -> None:
    assert dinheiro(escrito) == Decimal(lido)


@pytest.mark.parametrize("escrito", ["1.234", "1,234", "12.345", "999,000"])
def test_what_could_be_thousands_or_a_fraction_is_refused_with_both_ways_to_write_it(escrito: str) -> None:
    with pytest.raises(ErroDaCelula, match="duas formas"):
        dinheiro(escrito, casas=3)


def test_a_number_of_the_workbook_is_never_ambiguous() -> None:
    assert dinheiro(NumeroDaPlanilha("1.234"), casas=3) == Decimal("1.234")


@pytest.mark.parametrize("escrito", ["doze", "1.2.3", "1,2,3", "12,345.6,7", "--1", "1e3", "٣", "-1", "1,239"])
def test_what_is_no_amount_is_refused(escrito: str) -> None:
    with pytest.raises(ErroDaCelula):
        dinheiro(escrito)


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_every_amount_written_the_brazilian_way_comes_back(valor: Decimal) -> None:
    escrito = f"{valor:,.2f}".translate(str.maketrans({",": ".", ".": ","}))
    assert dinheiro(escrito) == valor


@given(st.text(max_size=30))
def test_no_text_makes_a_reader_fall(escrito: str) -> None:
    leitores: list[Callable[[str], Any]] = [dinheiro, percentual, data, inteiro, sim_nao, cpf, cnpj, cnpj_ou_cpf]
    for ler in leitores:
        with suppress(ErroDaCelula):
            ler(escrito)


@pytest.mark.parametrize("escrito", ["12,5", "12,5 %", "12.5%", NumeroDaPlanilha("12.5%")])
def test_a_percentage_is_what_people_say(escrito: str) -> None:
    assert percentual(escrito) == Decimal("12.5")


@pytest.mark.parametrize(
    "escrito", ["27/11/2026", "27-11-2026", "2026-11-27", "2026-11-27 00:00:00", "27112026", "46353"]
)
def test_a_day_is_read_in_the_ways_it_is_written(escrito: str) -> None:
    assert data(escrito) == date(2026, 11, 27)


@pytest.mark.parametrize("escrito", ["31/02/2026", "27/11/26", "11/27/2026", "ontem", "01/01/1899", "2026-11-27 10:30"])
def test_what_is_no_day_is_refused(escrito: str) -> None:
    with pytest.raises(ErroDaCelula):
        data(escrito)


@pytest.mark.parametrize(("escrito", "lido"), [("Sim", True), ("S", True), ("x", True), ("NÃO", False), ("0", False)])
def test_yes_and_no(escrito: str, lido: bool) -> None:
    assert sim_nao(escrito) is lido


def test_documents_are_checked_and_get_back_the_zeros_that_a_workbook_lost() -> None:
    assert cnpj("07.906.129/0001-02") == "07906129000102"
    assert cnpj(NumeroDaPlanilha("7906129000102")) == "07906129000102"
    with pytest.raises(ErroDaCelula):
        cnpj("7906129000102")
    with pytest.raises(ErroDaCelula):
        cpf("11111111111")


def test_texts_and_codes_are_bounded() -> None:
    assert texto("  Maria \t da  Silva ", maximo=20) == "Maria da Silva"
    with pytest.raises(ErroDaCelula, match="cabem 5"):
        texto("Maria da Silva", maximo=5)
    with pytest.raises(ErroDaCelula, match="espaço"):
        codigo("12 34", maximo=10)


def test_options_are_known_by_key_or_words_in_any_case() -> None:
    opcoes = {"amb": "Ambulatorial", "odo": "Odontológico"}
    assert escolha("ODONTOLOGICO", opcoes) == "odo"
    assert escolhas("odonto" + "lógico; amb", opcoes) == ["amb", "odo"]
    with pytest.raises(ErroDaCelula, match="Ambulatorial, Odontológico"):
        escolha("hospitalar", opcoes)


def test_whole_numbers_are_bounded() -> None:
    assert inteiro("1.234.567") == 1_234_567
    with pytest.raises(ErroDaCelula, match="de 1 a 100"):
        inteiro("101", minimo=1, maximo=100)
    with pytest.raises(ErroDaCelula, match="inteiro"):
        inteiro("1,5")
