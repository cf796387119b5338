"""Taking a change back, when others changed something meanwhile."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from demonstrativos.analise import transicoes
from demonstrativos.analise.desfazer import desfazer, ultima_de
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


def test_to_name_what_would_be_undone_nothing_of_its_size_is_read(mesa: Mesa) -> None:
    mesa.glosar("1.00")
    with CaptureQueriesContext(connection) as consultas:
        acao = ultima_de(mesa.analise, mesa.por)
    assert acao is not None
    assert {"antes", "depois"} <= acao.get_deferred_fields()
    assert len(consultas) == 1
