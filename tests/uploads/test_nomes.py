"""Names of files of strangers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uploads.nomes import MAIOR_NOME, SEM_NOME, nome_limpo


@pytest.mark.parametrize(
    ("bruto", "limpo"),
    [
        ("lote.xml", "lote.xml"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\lote 1.xml", "lote 1.xml"),
        ("nota\r\nSet-Cookie: x.xml", "nota Set-Cookie: x.xml"),
        ("lote\u202elmx.exe", "lotelmx.exe"),
        ("a\x00b.xml", "ab.xml"),
        ("  ", SEM_NOME),
        ("..", SEM_NOME),
    ],
)
def test_a_hostile_name_becomes_harmless_text(bruto: str, limpo: str) -> None:
    assert nome_limpo(bruto) == limpo


@given(st.text(max_size=600))
def test_every_name_fits_the_column_and_shows_no_control_character(bruto: str) -> None:
    nome = nome_limpo(bruto)
    assert 0 < len(nome) <= MAIOR_NOME
    assert not any(unicodedata.category(c).startswith("C") for c in nome)
    assert not {"/", "\\"} & set(nome)


def test_a_long_name_keeps_its_extension() -> None:
    assert nome_limpo("x" * 400 + ".xml").endswith(".xml")
