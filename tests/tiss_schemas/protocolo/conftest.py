"""The versions that answers to lots are written in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import esquemas
from tests.tiss_schemas.demonstrativo.apoio import VERSOES


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with esquemas.instaladas(VERSOES, tmp_path_factory.mktemp("instaladas")):
        yield
