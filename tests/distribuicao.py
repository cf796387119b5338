"""Which tests run in which process of pytest-xdist."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

DO_PORTAL = ("tests/jornada/", "tests/paginas/", "tests/quedas/")
"""Folders whose tests share one portal: in two processes it would be started twice, on the same two cores."""


class PorArquivo(LoadScopeScheduling):
    """A file's tests stay together, so that what a module sets up is set up once; so do those of the portal."""

    def _split_scope(self, nodeid: str) -> str:
        return "portal" if nodeid.startswith(DO_PORTAL) else nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> PorArquivo:
    """Take the place of xdist's own choice, whose marks for groups pytest 9.2 does not carry to the scheduler."""
    return PorArquivo(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The walk through all pages comes last: it leaves prices and demands behind that find fault with other files."""
    items.sort(key=lambda item: item.nodeid.startswith("tests/paginas/"))
