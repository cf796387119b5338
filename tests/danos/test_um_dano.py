"""One thing wrong in a valid message, of every kind: found at its node, alone, and mended where a suggestion is due."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.danos.base import Dano, Original
from tests.danos.exame import examinar
from tests.danos.tipos import DANOS, POUCOS
from tiss_schemas import catalogo
from tiss_schemas.exemplos import VARIANTES, VERSOES

VERSOES_A_MAO = [versao.numero for versao in catalogo.versoes() if versao.numero in VERSOES]
CASOS = [(dano, tipo) for dano in DANOS for tipo in sorted(dano.tipos)]


@pytest.mark.parametrize("versao", VERSOES_A_MAO)
@pytest.mark.parametrize(("dano", "tipo"), CASOS, ids=str)
def test_a_damage_is_found_where_it_was_done_and_mended(dano: Dano, tipo: str, versao: str) -> None:
    @POUCOS
    @given(st.data(), st.integers(0, VARIANTES - 1), st.integers(0, 9_999))
    def examinar_um(dados: st.DataObject, variante: int, semente: int) -> None:
        original = _com_lugar(dano, tipo, versao, variante)
        lugares = dano.lugares(original)
        no = lugares[dados.draw(st.integers(0, len(lugares) - 1))]
        examinar(original, [(dano, dano.fazer(original, no, random.Random(semente)))])

    examinar_um()


def _com_lugar(dano: Dano, tipo: str, versao: str, variante: int) -> Original:
    """The message of that variant, or the next one that has a place for the damage."""
    for passo in range(VARIANTES):
        original = Original.novo(tipo, versao, variante + passo)
        if dano.lugares(original):
            return original
    raise AssertionError(f"{dano} não tem lugar em {tipo} {versao}")


def test_there_are_kinds_enough_and_each_has_its_name() -> None:
    assert len(DANOS) >= 60
    assert len({dano.nome for dano in DANOS}) == len(DANOS)
