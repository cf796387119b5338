"""Two people who decide the same for the first time, at once."""

from __future__ import annotations

from typing import Any

import pytest

from demonstrativos.analise.models import ParametrosDaAnalise
from demonstrativos.analise.views import parametros as da_analise
from demonstrativos.emissao.models import ParametrosDosDemonstrativos
from demonstrativos.emissao.views import parametros as da_emissao
from tests.fabrica import Cenario


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("vista", "modelo", "onde", "dados"),
    [
        (da_analise, ParametrosDaAnalise, "analise", {"prazo_de_analise": "12"}),
        (
            da_emissao,
            ParametrosDosDemonstrativos,
            "demonstrativos",
            {"status_minimo_analise": "1", "status_minimo_pagamento": "3"},
        ),
    ],
    ids=["análise", "demonstrativos"],
)
def test_of_two_who_save_for_the_first_time_the_later_one_counts(
    cenario: Cenario, entrar: Any, monkeypatch: pytest.MonkeyPatch, vista: Any, modelo: Any, onde: str, dados: Any
) -> None:
    with cenario.dentro("pasa", "gestor"):
        modelo.objects.get_or_create(operadora=cenario.pasa)
    monkeypatch.setattr(vista, "parametros_de", lambda operadora: modelo(operadora=operadora))
    gestor = entrar(cenario.pessoa("gestor", "pasa"))
    assert gestor.post(f"/pasa/{onde}/parametros/", dados).status_code == 302
    with cenario.dentro("pasa", "gestor"):
        guardado = modelo.objects.get()
    assert {campo: str(getattr(guardado, campo)) for campo in dados} == {c: str(int(v)) for c, v in dados.items()}
