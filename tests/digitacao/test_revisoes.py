"""Nobody writes over what somebody else wrote without having seen it, with script or without."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.digitacao.apoio import comecar
from tests.fabrica import Cenario
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.transicoes import guardar


@pytest.fixture
def velha(cenario: Cenario) -> GuiaDigitada:
    """A guide as somebody opened it, before the faturista wrote an observation into it."""
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        por = cenario.pessoa("faturista", "aurelia")
        guardar(guia=guia, valores=guia.valores | {"observacao": "da outra"}, vista=guia.revisao, por=por)
    return guia


@pytest.fixture
def digitador(cenario: Cenario, entrar: Any) -> Client:
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    return cliente


@pytest.mark.parametrize("acao", ["salvar", "linha", "duplicar:procedimentosExecutados/procedimentoExecutado[1]"])
def test_a_form_that_was_not_kept_stays_of_the_revision_that_was_seen(
    cenario: Cenario, digitador: Client, velha: GuiaDigitada, acao: str
) -> None:
    endereco = f"/aurelia/guias/digitadas/{velha.pk}/"
    pedido = {"observacao": "minha", "revisao": str(velha.revisao)}
    pagina = digitador.post(endereco, pedido | {"acao": acao})
    assert pagina.context["guia"].valores["observacao"] == "minha"
    de_novo = digitador.post(endereco, pedido | {"revisao": pagina.context["guia"].revisao, "acao": "salvar"})
    assert de_novo.status_code == 409
    assert "mudou esta guia" in de_novo.content.decode()
    with cenario.dentro("aurelia", "digitador"):
        velha.refresh_from_db()
        assert velha.valores["observacao"] == "da outra"
