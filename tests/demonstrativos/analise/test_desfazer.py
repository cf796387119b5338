"""Taking a change back, when others changed something meanwhile."""

from __future__ import annotations

import pytest

from demonstrativos.analise import transicoes
from demonstrativos.analise.desfazer import desfazer
from lotes.recusas import OutraPessoaMudou
from tests.demonstrativos.analise.apoio import Mesa
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def outra(mesa: Mesa, cenario: Cenario) -> Mesa:
    """The gestor at the same protocol."""
    return Mesa(mesa.analise, cenario.pessoa("gestor", "pasa"))


def test_an_undone_page_is_an_old_page_too(mesa: Mesa, outra: Mesa) -> None:
    velhos = mesa.vistos()
    outra.glosar("1.00")
    desfazer(analise=mesa.analise, por=outra.por)
    with pytest.raises(OutraPessoaMudou):
        transicoes.marcar_conferidos(analise=mesa.analise, por=mesa.por, vistos=velhos, itens=[mesa.item().pk])
