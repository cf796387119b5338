"""Sending at the same time, with real commits: numbers without gaps or repeats, one protocol a lot."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from conecta.tenancy.escopo import inquilino
from lotes import transicoes
from lotes.estados import SituacaoDoLote
from lotes.models import Acontecimento, Lote, Protocolo
from tests.fabrica import Cenario, montar_cenario
from tests.lotes.construcao import criar_lote

FECHADO = SituacaoDoLote.FECHADO


@pytest.fixture
def real(commitado: None) -> Cenario:
    return montar_cenario()


def em_paralelo(tarefas: list[Callable[[], Any]], de_uma_vez: int) -> list[Any]:
    """Run them in threads that set off together; each gives its connection back."""
    largada = Barrier(de_uma_vez)

    def correr(tarefa: Callable[[], Any]) -> Any:
        largada.wait(30)
        try:
            return tarefa()
        finally:
            connection.close()

    with ThreadPoolExecutor(de_uma_vez) as grupo:
        return list(grupo.map(correr, tarefas))


def enviar(cenario: Cenario, lote: Lote) -> int:
    """Send in the scope of the lot's prestador, and give the protocol's number."""
    prestador = next(o for o in cenario.organizacoes.values() if o.pk == lote.prestador_id)
    por = cenario.pessoa("faturista", prestador.slug)
    with inquilino("prestador", prestador.pk, por.pk):
        return transicoes.enviar(lote=lote, por=por).numero


def test_forty_at_once_from_two_prestadores_get_1_to_40(real: Cenario) -> None:
    lotes = [
        criar_lote(real, prestador, guias=1, itens=1, situacao=FECHADO)
        for _ in range(20)
        for prestador in ("aurelia", "boavista")
    ]
    numeros = em_paralelo([lambda lote=lote: enviar(real, lote) for lote in lotes], de_uma_vez=8)
    assert sorted(numeros) == list(range(1, 41))


def test_two_presses_at_once_give_one_protocol(real: Cenario) -> None:
    lote = criar_lote(real, situacao=FECHADO)
    numeros = em_paralelo([lambda: enviar(real, lote)] * 4, de_uma_vez=4)
    assert numeros == [1, 1, 1, 1]
    with real.dentro("aurelia"):
        assert Protocolo.objects.count() == 1
        assert Acontecimento.objects.filter(tipo="enviado").count() == 1


def test_a_sending_that_is_rolled_back_leaves_no_gap(real: Cenario) -> None:
    primeiro, segundo = (criar_lote(real, situacao=FECHADO) for _ in range(2))

    def desistir() -> None:
        por = real.pessoa("faturista", "aurelia")
        with inquilino("prestador", real.aurelia.pk, por.pk):
            transicoes.enviar(lote=primeiro, por=por)
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        desistir()
    assert [enviar(real, segundo), enviar(real, primeiro)] == [1, 2]
