"""Several things wrong at a time, in different places: each is found, nothing else, and all that can be is mended."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.danos.base import Dano, Original, da_conta, local
from tests.danos.exame import examinar
from tests.danos.tipos import DANOS, MODESTO
from tiss_schemas.exemplos import TIPOS_DE_GUIA, VARIANTES

COMBINAM = [dano for dano in DANOS if dano.combina]


@pytest.mark.parametrize("versao", ["4.02.00", "4.03.00"])
@pytest.mark.parametrize("tipo", TIPOS_DE_GUIA)
def test_many_damages_are_each_found_and_all_that_can_be_is_mended(tipo: str, versao: str) -> None:
    @MODESTO
    @given(st.integers(2, 5), st.integers(0, VARIANTES - 1), st.integers(0, 2**32))
    def examinar_varios(quantos: int, variante: int, semente: int) -> None:
        dado = random.Random(semente)
        original = Original.novo(tipo, versao, variante)
        sorteados = _sorteio(original, quantos, dado)
        examinar(original, [(dano, dano.fazer(original, no, dado)) for dano, no in sorteados])

    examinar_varios()


def _sorteio(original: Original, quantos: int, dado: random.Random) -> list[tuple[Dano, etree._Element]]:
    """So many damages with a place for each, none in the way of another."""
    sorteados: list[tuple[Dano, etree._Element]] = []
    for dano in dado.sample([dano for dano in COMBINAM if original.tipo in dano.tipos], len(COMBINAM) // 2):
        livres = [no for no in dano.lugares(original) if all(_longe(no, outro) for _, outro in sorteados)]
        if livres:
            sorteados.append((dano, dado.choice(livres)))
        if len(sorteados) == quantos:
            break
    return sorteados


def _longe(um: etree._Element, outro: etree._Element) -> bool:
    """In different groups, neither inside the other, and not two of the amounts of one guide."""
    if um.getparent() is outro.getparent() or um in _acima(outro) or outro in _acima(um):
        return False
    return not (da_conta(um) and da_conta(outro) and _guia(um) is _guia(outro))


def _acima(no: etree._Element) -> list[etree._Element]:
    return [no, *no.iterancestors()]


def _guia(no: etree._Element) -> etree._Element | None:
    return next(
        (acima for acima in _acima(no) if local(acima).startswith("guia") and local(acima) != "guiasTISS"), None
    )
