"""Taking a change back, when others changed something meanwhile."""

from __future__ import annotations

import pytest

from demonstrativos.analise import transicoes
from demonstrativos.analise.desfazer import desfazer
from demonstrativos.analise.recusas import DesfazerRecusado
from lotes.recusas import OutraPessoaMudou
from tests.demonstrativos.analise.apoio import Mesa, propor
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


def test_what_the_rules_refused_anew_meanwhile_is_not_run_over_by_an_undo(mesa: Mesa) -> None:
    proposta = propor(mesa.item(), "79.40")
    transicoes.retirar_glosa(**mesa.chaves(), glosas=[proposta.pk])
    propor(mesa.item(), "79.40")
    with pytest.raises(DesfazerRecusado, match="passaria do valor do item"):
        desfazer(analise=mesa.analise, por=mesa.por)
    assert mesa.item().valor_liberado == 0
