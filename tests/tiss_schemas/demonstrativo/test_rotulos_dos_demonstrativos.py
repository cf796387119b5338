"""Whoever reads what is wrong with a statement or an appeal reads the names of its fields in Portuguese."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tiss_schemas.mensagens.molde import Molde, molde
from tiss_schemas.rotulos_demonstrativos import ROTULOS_DOS_DEMONSTRATIVOS

CORPOS = [
    ("operadoraParaPrestador", "demonstrativosRetorno"),
    ("prestadorParaOperadora", "recursoGlosa"),
    ("operadoraParaPrestador", "recebimentoRecursoGlosa"),
    ("operadoraParaPrestador", "respostaRecursoGlosa"),
]


def abaixo(de: Molde) -> Iterator[Molde]:
    """All elements below."""
    for filho in de.filhos:
        yield filho
        yield from abaixo(filho)


@pytest.mark.parametrize("passos", CORPOS, ids=lambda passos: passos[1])
def test_every_element_has_a_label(passos: tuple[str, str]) -> None:
    assert [elemento.nome for elemento in abaixo(molde("4.03.00", *passos)) if elemento.rotulo == elemento.nome] == []


def test_no_label_is_of_an_element_that_a_guide_has_too() -> None:
    das_guias = {elemento.nome for elemento in abaixo(molde("4.03.00", "prestadorParaOperadora", "loteGuias"))}
    assert das_guias & set(ROTULOS_DOS_DEMONSTRATIVOS) == set()
