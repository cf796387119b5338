"""What no browser of ours sends is refused or read as nothing: never an error of the server, never kept as it came."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.digitacao.apoio import comecar, digitar
from tests.digitacao.test_lotes import abrir
from tests.fabrica import Cenario
from uploads.digitacao.models import GuiaDigitada

GRADE = "procedimentosExecutados/procedimentoExecutado"


@pytest.fixture
def faturista(cenario: Cenario, entrar: Any) -> Client:
    cliente: Client = entrar(cenario.pessoa("faturista", "aurelia"))
    return cliente


@pytest.mark.parametrize(
    "enviado",
    [
        {"observacao": "a\0b", "papel/\0x": "y\0"},
        {f"{GRADE}[{posicao}]/valorUnitario": "1,00" for posicao in ("0", "-1", "10000", "99999999999")},
        {f"{GRADE}[1]/valorUnitario": "NaN", f"{GRADE}[1]/quantidadeExecutada": "1e999"},
        {f"{GRADE}[1]/dataExecucao": "0001-01-01", f"{GRADE}[1]/procedimento/codigoProcedimento": "9" * 5_000},
    ],
)
def test_a_step_takes_any_text_and_leaves_what_is_no_field(
    cenario: Cenario, faturista: Client, enviado: dict[str, str]
) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    pedido = enviado | {"revisao": "1", "mudou": "\0\n".join(enviado)}
    assert faturista.post(f"/aurelia/guias/digitadas/{guia.pk}/passo/", pedido).status_code == 200
    with cenario.dentro("aurelia", "digitador"):
        valores = GuiaDigitada.objects.get(pk=guia.pk).valores
    assert not any("\0" in caminho + texto for caminho, texto in valores.items())
    assert not any(f"{GRADE}[{posicao}]" in caminho for caminho in valores for posicao in ("0", "10000"))


@pytest.mark.parametrize(("campo", "status"), [("x\0", 404), ("x\ud800", 404), ("x", 302)])
def test_findings_of_a_lot_are_named_by_texts_that_a_column_takes(
    cenario: Cenario, faturista: Client, campo: str, status: int
) -> None:
    with cenario.dentro("aurelia", "faturista"):
        guia, lote = digitar(cenario), abrir(cenario)
    pedido = {"critica": json.dumps([guia.pk, "A05", campo, None]), "justificativa": "motivo com \0 no meio"}
    assert faturista.post(f"/aurelia/lotes/{lote.pk}/ignorar/", pedido).status_code == status


def test_only_a_known_reason_is_waited_for_or_removed(cenario: Cenario, faturista: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar(cenario)
    for outros in ({}, {"retirar": "1"}):
        pagina = faturista.post(
            f"/aurelia/guias/digitadas/{guia.pk}/pendencia/", {"motivo": "\0"} | outros, follow=True
        )
        assert "Escolha o que falta" in pagina.content.decode()
