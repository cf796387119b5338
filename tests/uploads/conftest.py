"""Fixtures of the tests of uploads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes
from tests.uploads.tela_da_estrutura import Tela, TelaDe
from uploads.models import Arquivo


@pytest.fixture
def faturista(cenario: Cenario, entrar: Callable[..., Client]) -> Client:
    """The client of aurelia's faturista."""
    return entrar(cenario.pessoa("faturista", "aurelia"))


@pytest.fixture
def tela_de(cenario: Cenario, faturista: Client) -> TelaDe:
    """The structure page of a file that aurelia's faturista has uploaded."""

    def tela_de(dados: bytes) -> Tela:
        enviar(faturista, "aurelia", "lote.xml", dados)
        processar_pendentes()
        with cenario.dentro("aurelia"):
            return Tela(faturista, Arquivo.objects.latest("id"))

    return tela_de
