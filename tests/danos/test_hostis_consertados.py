"""Hostile inputs mended by their own suggestions: no error, and nothing that cannot be read again."""

from __future__ import annotations

import pytest

from tests.danos.fuzz import conferir_consertos

POR_RODADA = 500


@pytest.mark.parametrize("rodada", range(4))
def test_what_is_mended_can_be_read_again(rodada: int) -> None:
    primeira = 50_000 + rodada * POR_RODADA
    assert conferir_consertos(range(primeira, primeira + POR_RODADA)) > POR_RODADA // 5
