"""Closing and sending many lots from the list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from lotes.estados import SituacaoDoLote
from lotes.models import Lote
from tests.fabrica import Cenario
from tests.lotes.construcao import criar_lote

Entrar = Callable[[Any], Client]
S = SituacaoDoLote
FECHAR, ENVIAR = "/aurelia/lotes/varios/fechar/", "/aurelia/lotes/varios/enviar/"


@pytest.fixture
def faturista(cenario: Cenario, entrar: Entrar) -> Client:
    return entrar(cenario.pessoa("faturista", "aurelia"))


def situacao_de(cenario: Cenario, lote: Lote) -> str:
    with cenario.dentro("aurelia"):
        return Lote.objects.get(pk=lote.pk).situacao


def test_the_confirmation_lists_what_will_change_and_what_stays_out(cenario: Cenario, faturista: Client) -> None:
    aberto, fechado = criar_lote(cenario), criar_lote(cenario, situacao=S.FECHADO)
    pagina = faturista.get(ENVIAR, {"lote": [aberto.pk, fechado.pk]}).content.decode()
    assert "Total de 1 lote" in pagina
    assert f"Lote {aberto.numero}: a situação dele é “Aberto”." in pagina
    assert situacao_de(cenario, fechado) == S.FECHADO


def test_sending_two_gives_each_its_protocol(cenario: Cenario, faturista: Client) -> None:
    dois = [criar_lote(cenario, situacao=S.FECHADO) for _ in range(2)]
    pagina = faturista.post(ENVIAR, {"lote": [lote.pk for lote in dois]}, follow=True).content.decode()
    assert f"2 lotes enviados: {dois[0].numero}, {dois[1].numero}." in pagina
    with cenario.dentro("aurelia"):
        assert sorted(Lote.objects.values_list("protocolo__numero", flat=True)) == [1, 2]


def test_one_that_is_refused_does_not_hold_up_the_others(cenario: Cenario, faturista: Client) -> None:
    aberto, excluido = criar_lote(cenario), criar_lote(cenario, situacao=S.EXCLUIDO)
    pagina = faturista.post(FECHAR, {"lote": [excluido.pk, aberto.pk]}, follow=True).content.decode()
    assert f"1 lote fechado: {aberto.numero}." in pagina
    assert f"O lote {excluido.numero} não foi fechado: a situação dele é “Excluído”." in pagina
    assert situacao_de(cenario, aberto) == S.FECHADO


def test_a_neighbours_lot_in_the_selection_is_not_found(cenario: Cenario, faturista: Client) -> None:
    meu, do_vizinho = criar_lote(cenario), criar_lote(cenario, "boavista")
    assert faturista.post(FECHAR, {"lote": [meu.pk, do_vizinho.pk]}).status_code == 404
    assert situacao_de(cenario, meu) == S.ABERTO


def test_choosing_nothing_or_an_unknown_verb(cenario: Cenario, faturista: Client, entrar: Entrar) -> None:
    assert "Nenhum lote foi escolhido" in faturista.get(ENVIAR, follow=True).content.decode()
    assert faturista.get("/aurelia/lotes/varios/pagar/", {"lote": 1}).status_code == 404
    leitura = entrar(cenario.pessoa("leitura", "aurelia"))
    assert leitura.get(ENVIAR, {"lote": 1}).status_code == 403
