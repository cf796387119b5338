"""Text as searches compare it."""

import pytest

from conecta.texto import para_busca


@pytest.mark.parametrize(
    ("texto", "normal"),
    [
        ("URGÊNCIA – Março.XML", "urgencia – marco.xml"),
        ("Órtese  de AÇO", "ortese de aco"),
        (" ÁÉÍÓÚ ", "aeiou"),
        ("12 µg/mL", "12 µg/ml"),
        ("", ""),
    ],
)
def test_searches_compare_texts_without_case_accents_or_double_blanks(texto: str, normal: str) -> None:
    assert para_busca(texto) == normal
