"""What the page works out while a guide is typed is what the server works out of it, and is what is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.jornada.quem_digita import INDICACAO, QuemDigita

pytestmark = [pytest.mark.navegador, pytest.mark.processos, pytest.mark.enable_socket]
DESPESA = "outrasDespesas/despesa[1]"
SERVICO = f"{DESPESA}/servicosExecutados"
TOTAL = "valorTotal"


@pytest.fixture
def marina(_abrir: Callable[..., Any]) -> QuemDigita:
    return QuemDigita(_abrir(), "marina@aurelia.example")


def test_an_expense_of_no_kind_counts_in_the_guide_and_in_no_category(marina: QuemDigita) -> None:
    marina.comecar("2")
    digitados = {"quantidadeExecutada": "0,3333", "valorUnitario": "1.234,55", "reducaoAcrescimo": "1,15"}
    for nome, texto in digitados.items():
        marina.campo(f"{SERVICO}/{nome}").fill(texto)
        marina.campo(f"{SERVICO}/{nome}").blur()
    na_tela = _totais(marina)
    marina.espera_salvo()
    marina.pagina.reload()
    marina.espera_ficha()
    assert na_tela == _totais(marina) == ["473,20", "", "473,20"]


def test_a_line_whose_factor_was_erased_has_no_total(marina: QuemDigita) -> None:
    marina.comecar("2")
    for nome, texto in {"quantidadeExecutada": "2", "valorUnitario": "10,00", "reducaoAcrescimo": ""}.items():
        marina.campo(f"{SERVICO}/{nome}").fill(texto)
        marina.campo(f"{SERVICO}/{nome}").blur()
    na_tela = _totais(marina)
    marina.espera_salvo()
    marina.pagina.reload()
    marina.espera_ficha()
    assert na_tela[0] == _totais(marina)[0] == ""


def test_what_is_still_being_typed_is_written_out_before_it_is_saved(marina: QuemDigita) -> None:
    marina.comecar("2")
    campo = marina.campo("dadosSolicitacao/dataSolicitacao")
    campo.fill("20/11/26")
    campo.focus()
    marina.pagina.keyboard.press("F8")
    marina.pagina.locator("[data-resumo-erros]").wait_for()
    assert campo.input_value() == "20/11/2026"


def test_saving_pressed_twice_saves_once(marina: QuemDigita) -> None:
    marina.comecar("2")
    marina.campo(INDICACAO).fill("Cefaleia")
    for _ in range(2):
        marina.pagina.keyboard.press("F8")
    marina.pagina.locator("[data-resumo-erros]").wait_for()
    assert marina.pagina.locator("#conflito").is_hidden()


def _totais(marina: QuemDigita) -> list[str]:
    """Of the line, of all procedures, of the guide."""
    nomes = (f"{SERVICO}/valorTotal", f"{TOTAL}/valorProcedimentos", f"{TOTAL}/valorTotalGeral")
    return [marina.campo(nome).input_value() for nome in nomes]
