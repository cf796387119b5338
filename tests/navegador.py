"""Chromium for the tests that walk pages, driven through Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

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


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser without pages.

    It lives as long as one module: while Playwright runs, Django takes this thread for an asynchronous one and refuses
    the database to whatever test comes next. A machine without Chromium skips, unless CONECTA_EXIGE_NAVEGADOR forbids.
    """
    caminho = shutil.which("chromium")
    if caminho is None:
        falta = "Chromium is not installed on this machine: `apt-get install chromium`"
        if os.environ.get("CONECTA_EXIGE_NAVEGADOR"):
            pytest.fail(falta)
        pytest.skip(falta)
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=caminho, args=OPCOES)
        yield navegador
        navegador.close()
