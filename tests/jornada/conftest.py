"""People of the demonstration in front of a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.jornada.clinica import Faturista
from tests.jornada.digitador import Digitador
from tests.jornada.gestor import Gestor
from tests.jornada.operadora import Analista
from tests.portal import Portal


@pytest.fixture
def _abrir(chromium: Browser, portal: Portal) -> Iterator[Callable[..., Any]]:
    """`_abrir(javascript=False)`: a page in a browser of its own."""

    def _abrir(*, javascript: bool = True) -> Any:
        contexto = chromium.new_context(
            base_url=portal.endereco,
            locale="pt-BR",
            viewport={"width": 1366, "height": 768},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        return contexto.new_page()

    yield _abrir
    for contexto in chromium.contexts:
        contexto.close()


@pytest.fixture
def marina(_abrir: Callable[..., Any]) -> Faturista:
    """Faturista of Santa Aurélia."""
    return Faturista(_abrir(), "marina@aurelia.example")


@pytest.fixture
def marina_sem_script(_abrir: Callable[..., Any]) -> Faturista:
    """The same, in a browser that runs no script."""
    return Faturista(_abrir(javascript=False), "marina@aurelia.example")


@pytest.fixture
def davi(_abrir: Callable[..., Any]) -> Digitador:
    """Digitador of Santa Aurélia."""
    return Digitador(_abrir(), "davi@aurelia.example")


@pytest.fixture
def rui(_abrir: Callable[..., Any]) -> Analista:
    """Analista of PASA."""
    return Analista(_abrir(), "rui@pasa.example")


@pytest.fixture
def helena(_abrir: Callable[..., Any]) -> Analista:
    """Of PASA's financeiro: she may say when it is paid."""
    return Analista(_abrir(), "helena@pasa.example")


@pytest.fixture
def gustavo(_abrir: Callable[..., Any]) -> Gestor:
    """Gestor of PASA."""
    return Gestor(_abrir(), "gustavo@pasa.example")
