"""The catalogue: one entry a rule, and the code of the version."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tiss_schemas import catalogo
from uploads.regras import REGRAS, Alvo, Apontamento, Contexto, Regra, descricao, regra
from uploads.regras.registro import INICIO

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


@pytest.mark.parametrize("catalogada", REGRAS.values(), ids=lambda catalogada: catalogada.numero)
def test_every_rule_has_an_example_a_beginning_and_codes_that_are_explained(catalogada: Regra) -> None:
    assert catalogada.exemplo[0].isupper()
    assert catalogada.exemplo.endswith(".")
    assert INICIO <= catalogada.desde <= date(2026, 11, 22)
    for versao in catalogo.versoes():
        assert descricao(catalogada.codigo_na(versao.numero)), versao.numero


def test_what_a_file_cannot_come_in_without_cannot_be_switched_off() -> None:
    indispensaveis = "F01 F02 F03 F04 F05 F06 F07 M01 M02 M04 M06 M07 M08 H01 H02 H03 H04 H05 H06 L01 L02 L04 L05"
    for numero in [*indispensaveis.split(), "G02", "G03", "S05", "I09", "I14"]:
        assert not REGRAS[numero].dispensavel, numero


def test_descriptions_are_the_official_ones() -> None:
    assert descricao("1308") == "GUIA JÁ APRESENTADA"
    assert descricao("1005") == "ATENDIMENTO ANTERIOR À INCLUSÃO DO BENEFICIÁRIO"
    assert descricao("0000") == ""
