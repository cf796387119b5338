"""The codes of Tabela 38, without which nothing can be refused; and an analista at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from convenios.terminologia import DONO, FONTES, carregar
from tests.demonstrativos.analise.apoio import Mesa, em_analise
from tests.demonstrativos.analise.tela import Tela
from tests.fabrica import Cenario

TABELA_38 = next(fonte for fonte in FONTES if fonte.nome == "tabela 38")


@pytest.fixture(scope="package", autouse=True)
def _tabela_38(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded for these tests, and taken away again unless somebody else had loaded it."""
    with django_db_blocker.unblock():
        carga = carregar(TABELA_38, TABELA_38.conteudo(), rotulo="de teste", hoje=date(2026, 11, 22))
        connections[DONO].close()
    yield
    if carga.ja_estava:
        return
    with django_db_blocker.unblock(), connections[DONO].cursor() as cursor:
        cursor.execute("delete from convenios_mensagemtiss; delete from convenios_edicao where fonte = 'tabela 38'")
        connections[DONO].close()


@pytest.fixture
def mesa(cenario: Cenario) -> Iterator[Mesa]:
    """An analista of PASA at a protocol of two guides with two items each, in the operadora's scope."""
    analise = em_analise(cenario)
    with cenario.dentro("pasa", "analista"):
        yield Mesa(analise, cenario.pessoa("analista", "pasa"))


@pytest.fixture
def tela(cenario: Cenario, entrar: Callable[[Any], Client]) -> Tela:
    """An analista of PASA before a protocol of two guides with two items each."""
    return Tela(cenario, entrar(cenario.pessoa("analista", "pasa")), em_analise(cenario))
