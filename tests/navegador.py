"""Chromium for the tests that walk pages, driven through Playwright."""

from __future__ import annotations

import os
import shutil

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

OPCOES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


PROGRAMAS = ("chromium-headless-shell", "chromium")
"""The one without a window of its own first: what only a window needs, as filling in forms, costs it nothing."""
_abertos: list[tuple[Playwright, Browser]] = []
"""The browser of this process with what drives it, or nothing."""


@pytest.fixture(scope="module")
def chromium() -> Browser:
    """A browser without pages, that modules marked `navegador` share.

    A machine without Chromium skips, unless CONECTA_EXIGE_NAVEGADOR forbids.
    """
    caminho = next(filter(None, map(shutil.which, PROGRAMAS)), None)
    if caminho is None:
        falta = "Chromium is not installed on this machine: `apt-get install chromium-headless-shell`"
        if os.environ.get("CONECTA_EXIGE_NAVEGADOR"):
            pytest.fail(falta)
        pytest.skip(falta)
    if not _abertos:
        playwright = sync_playwright().start()
        _abertos.append((playwright, playwright.chromium.launch(executable_path=caminho, args=OPCOES)))
    return _abertos[0][1]


def _fechar() -> None:
    while _abertos:
        playwright, navegador = _abertos.pop()
        navegador.close()
        playwright.stop()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """End the browser before a test that has no use for it.

    While Playwright runs, Django takes this thread for an asynchronous one and refuses the database.
    """
    if item.get_closest_marker("navegador") is None:
        _fechar()


def pytest_sessionfinish() -> None:
    """Leave no browser behind."""
    _fechar()
