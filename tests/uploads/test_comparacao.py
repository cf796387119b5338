"""Old and new value side by side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tiss_schemas import campos
from uploads.comparacao import DePara, comparar, para_pessoas

_RAIZ = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS/ans:guiaSP-SADT"


def test_swapped_digits_are_marked() -> None:
    assert comparar("41208337000167", "41208337000176") == DePara("412083370001", "67", "76", "")


def test_amounts_of_other_lengths_are_marked_whole() -> None:
    assert comparar("7,10", "472,30") == DePara("", "7,10", "472,30", "")


def test_two_ways_of_writing_a_date_are_marked_whole() -> None:
    assert comparar("29/10/2026", "2026-10-29") == DePara("", "29/10/2026", "2026-10-29", "")


@given(st.text(), st.text())
def test_both_texts_can_be_read_from_it(de: str, para: str) -> None:
    comparado = comparar(de, para)
    assert comparado.inicio + comparado.de + comparado.fim == de
    assert comparado.inicio + comparado.para + comparado.fim == para


def test_values_are_shown_as_people_write_them() -> None:
    total = campos.descrever("4.03.00", f"{_RAIZ}/ans:valorTotal/ans:valorTotalGeral")
    data = campos.descrever(
        "4.03.00", f"{_RAIZ}/ans:procedimentosExecutados/ans:procedimentoExecutado/ans:dataExecucao"
    )
    assert total
    assert data
    assert para_pessoas(total, "1361.32") == "1.361,32"
    assert para_pessoas(data, "2026-11-05") == "05/11/2026"
    assert para_pessoas(data, "2026-13-05") == "2026-13-05"
    assert para_pessoas(data, None) == ""
