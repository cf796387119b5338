"""Masks of guide numbers: what fits, how numbers are written, and what is only missing its signs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenios.mascaras import arrumado, combina, formatar, lugares, preencher

MASCARAS = st.text("0X.-/ ", min_size=1, max_size=20).filter(lugares)


@pytest.mark.parametrize(
    ("mascara", "texto", "serve"),
    [
        ("000000-00", "000012-34", True),
        ("000000-00", "00001234", False),
        ("000000-00", "00001A-34", False),
        ("000000-00", "000012.34", False),
        ("XX-000000", "AB-000123", True),
        ("XX-000000", "12-000123", True),
        ("XX-000000", "ab-000123", False),
        ("00", "٣٤", False),
        ("00", "123", False),
    ],
)
def test_a_text_fits_its_mask_sign_by_sign(mascara: str, texto: str, serve: bool) -> None:
    assert combina(mascara, texto) is serve


def test_a_number_gets_the_zeros_and_the_signs_of_the_mask() -> None:
    assert formatar("000000-00", 1234) == "000012-34"
    assert formatar("XX-000", 7) == "00-007"
    assert preencher("XX-000", "AB012") == "AB-012"


@pytest.mark.parametrize(("mascara", "caracteres"), [("000", "1234"), ("0-X", "A1"), ("---", "1")])
def test_what_does_not_fit_is_not_written(mascara: str, caracteres: str) -> None:
    with pytest.raises(ValueError, match=r"fit|places"):
        preencher(mascara, caracteres)


def test_a_negative_number_is_not_written() -> None:
    with pytest.raises(ValueError, match="negative"):
        formatar("00", -1)


@given(MASCARAS, st.data())
def test_every_number_with_room_is_written_by_its_mask(mascara: str, dados: st.DataObject) -> None:
    numero = dados.draw(st.integers(0, 10 ** lugares(mascara) - 1))
    texto = formatar(mascara, numero)
    assert combina(mascara, texto)
    assert int("".join(filter(str.isdecimal, texto))) == numero
    assert arrumado(mascara, texto) == texto


@pytest.mark.parametrize(
    ("mascara", "texto", "certo"),
    [
        ("000000-00", "12345678", "123456-78"),
        ("000000-00", "123.456.78", "123456-78"),
        ("XX-000", "ab012", "AB-012"),
        ("000000-00", "1234567", None),
        ("00-XX", "AB12", None),
    ],
)
def test_only_missing_signs_are_put_right(mascara: str, texto: str, certo: str | None) -> None:
    assert arrumado(mascara, texto) == certo
