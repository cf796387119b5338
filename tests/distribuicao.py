"""Which tests run in which process of pytest-xdist."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

DO_PORTAL = {
    "jornadas": ("tests/contas/test_chave_de_acesso.py", "tests/jornada/", "tests/quedas/"),
    "paginas": ("tests/paginas/",),
}
"""Where tests share one portal: the longest there are, each group long enough to be worth a portal of its own."""
PRIMEIROS = list(DO_PORTAL)


def _grupo(nodeid: str) -> str:
    for grupo, pastas in DO_PORTAL.items():
        if nodeid.startswith(pastas):
            return grupo
    return nodeid.partition("::")[0]


class PorArquivo(LoadScopeScheduling):
    """A file's tests stay together, so that what a module sets up is set up once; so do those of the portal."""

    def _split_scope(self, nodeid: str) -> str:
        return _grupo(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> PorArquivo:
    """Take the place of xdist's own choice, whose marks for groups pytest 9.2 does not carry to the scheduler."""
    config.option.loadscopereorder = False
    return PorArquivo(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no process waits for another at the end: portals, then files by their tests.

    Where one process has both portals' tests, they share one, and the walk through all pages comes last: it leaves
    prices and demands behind that find fault with files.
    """
    quantos = Counter(_grupo(item.nodeid) for item in items)

    def vez(item: pytest.Item) -> tuple[int, int]:
        grupo = _grupo(item.nodeid)
        return PRIMEIROS.index(grupo) if grupo in PRIMEIROS else len(PRIMEIROS), -quantos[grupo]

    items.sort(key=vez)
