"""The catalogue: one entry a rule, and the code of the version."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from uploads.regras import REGRAS, Alvo, Apontamento, Contexto, Regra, descricao, regra

QUALQUER = Regra(
    numero="X01", codigo="3300", codigo_antigo="1300", codigos_ate={"3.05.00": "5002"}, alvo=Alvo.LOTE, frase="."
)


@pytest.mark.parametrize(
    ("versao", "codigo"),
    [
        ("3.04.01", "5002"),
        ("3.05.00", "5002"),
        ("4.00.00", "1300"),
        ("4.02.00", "1300"),
        ("4.03.00", "3300"),
        ("4.10.00", "3300"),
        (None, "3300"),
        ("quatro", "3300"),
    ],
)
def test_the_code_is_that_of_the_version(versao: str | None, codigo: str) -> None:
    assert QUALQUER.codigo_na(versao) == codigo


def _nada(sujeito: object, contexto: Contexto) -> Iterator[Apontamento]:
    """Nada."""
    yield from ()


def test_a_number_is_registered_once() -> None:
    with pytest.raises(ValueError, match="M02"):
        regra("M02", codigo="5014", alvo="mensagem")(_nada)


def test_a_rule_says_what_it_checks() -> None:
    def muda(sujeito: object, contexto: Contexto) -> Iterator[Apontamento]:
        yield from ()

    with pytest.raises(ValueError, match="X99"):
        regra("X99", codigo="5014", alvo="mensagem")(muda)
    assert "X99" not in REGRAS


def test_every_rule_speaks_portuguese_sentences() -> None:
    for catalogada in REGRAS.values():
        assert catalogada.frase[0].isupper()
        assert catalogada.frase.endswith(".")


def test_descriptions_are_the_official_ones() -> None:
    assert descricao("1308") == "GUIA JÁ APRESENTADA"
    assert descricao("1005") == "ATENDIMENTO ANTERIOR À INCLUSÃO DO BENEFICIÁRIO"
    assert descricao("0000") == ""
