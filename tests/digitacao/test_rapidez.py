"""What a step asks of the database does not grow with the guide."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.digitacao.apoio import comecar, passo_de, valores_exemplo
from tests.fabrica import Cenario

_CODIGO = "procedimentosExecutados/procedimentoExecutado[1]/procedimento/codigoProcedimento"
_MAIS_CONSULTAS = 45


def _consultas(cenario: Cenario, itens: int, mudou: str) -> int:
    guia, valores = comecar(cenario), valores_exemplo(itens=itens)
    passo_de(cenario, guia, valores)
    with CaptureQueriesContext(connection) as consultas:
        passo_de(cenario, guia, valores, mudou=mudou)
    return len(consultas)


@pytest.mark.parametrize("mudou", ["observacao", _CODIGO])
def test_a_step_asks_as_much_for_three_lines_as_for_sixty(cenario: Cenario, mudou: str) -> None:
    with cenario.dentro("aurelia", "digitador"):
        poucas, muitas = _consultas(cenario, 3, mudou), _consultas(cenario, 60, mudou)
        assert poucas == muitas <= _MAIS_CONSULTAS


def test_a_step_that_touches_no_line_loads_no_prices(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        assert _consultas(cenario, 3, "observacao") < _consultas(cenario, 3, _CODIGO)
