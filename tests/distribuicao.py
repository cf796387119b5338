"""Which tests run in which process of pytest-xdist."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

DO_PORTAL = ("tests/contas/test_chave_de_acesso.py", "tests/jornada/", "tests/paginas/", "tests/quedas/")
"""Where tests share one portal: in two processes it would be started twice, on the same two cores."""


def _grupo(nodeid: str) -> str:
    return "portal" if nodeid.startswith(DO_PORTAL) else nodeid.partition("::")[0]


class PorArquivo(LoadScopeScheduling):
    """A file's tests stay together, so that what a module sets up is set up once; so do those of the portal."""

    def _split_scope(self, nodeid: str) -> str:
        return _grupo(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> PorArquivo:
    """Take the place of xdist's own choice, whose marks for groups pytest 9.2 does not carry to the scheduler."""
    config.option.loadscopereorder = False
    return PorArquivo(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that no process waits for another at the end: the portal, then files by their tests.

    On the portal the walk through all pages comes last: it leaves prices and demands behind that find fault with files.
    """
    quantos = Counter(_grupo(item.nodeid) for item in items)

    def vez(item: pytest.Item) -> tuple[bool, bool, int]:
        grupo = _grupo(item.nodeid)
        return grupo != "portal", item.nodeid.startswith("tests/paginas/"), -quantos[grupo]

    items.sort(key=vez)
