"""Ten thousand hostile inputs, half of them here: a verdict on each, no error, no runaway."""

from __future__ import annotations

import pytest

from tests.danos.fuzz import conferir_rodada

POR_RODADA = 1_000


@pytest.mark.parametrize("rodada", range(5, 10))
def test_whatever_comes_gets_a_verdict(rodada: int) -> None:
    lidos = conferir_rodada(range(rodada * POR_RODADA, (rodada + 1) * POR_RODADA))
    assert lidos > POR_RODADA // 3
