"""Fixtures of the tests of uploads."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.fabrica import Cenario


@pytest.fixture
def faturista(cenario: Cenario, entrar: Callable[..., Client]) -> Client:
    """The client of aurelia's faturista."""
    return entrar(cenario.pessoa("faturista", "aurelia"))
