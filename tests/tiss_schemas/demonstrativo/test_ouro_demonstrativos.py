"""Golden statements and appeals: the bytes of each case in each version, and what is read out of them."""

from __future__ import annotations

import json

import pytest

from tests.tiss_schemas.demonstrativo.apoio import VERSOES, valida
from tests.tiss_schemas.demonstrativo.casos import OURO, Caso, casos, valores

DE_TODAS = [(versao, arquivo.stem) for versao in VERSOES for arquivo in sorted((OURO / versao).glob("*.xml"))]


@pytest.fixture(scope="module")
def escritos() -> dict[tuple[str, str], Caso]:
    """Every case as it is written today."""
    return {(caso.versao, caso.nome): caso for versao in VERSOES for caso in casos(versao)}


def test_there_is_one_of_each(escritos: dict[tuple[str, str], Caso]) -> None:
    assert sorted(escritos) == sorted(DE_TODAS)


@pytest.mark.parametrize(("versao", "nome"), DE_TODAS)
def test_the_same_values_are_written_as_ever(escritos: dict[tuple[str, str], Caso], versao: str, nome: str) -> None:
    caso = escritos[versao, nome]
    assert caso.xml == caso.arquivo.read_bytes()


@pytest.mark.parametrize(("versao", "nome"), DE_TODAS)
def test_what_was_written_is_valid_and_read_as_ever(versao: str, nome: str) -> None:
    arquivo = OURO / versao / f"{nome}.xml"
    xml = valida(versao, arquivo.read_bytes())
    assert valores(xml, nome) == json.loads(arquivo.with_suffix(".json").read_text())
