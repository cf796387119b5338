"""Logs carry ids, never what somebody searched for."""

import logging

import pytest
from django.test import Client

from tests.fabrica import CARTEIRAS, PASA, Cenario

CARTEIRA = CARTEIRAS[PASA].format(7)


def test_a_search_leaves_its_path_in_the_log_and_not_its_words(
    cenario: Cenario, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    client.get("/aurelia/lotes/", {"q": CARTEIRA})
    registrado = "\n".join(registro.getMessage() for registro in caplog.records)
    assert "/aurelia/lotes/" in registrado
    assert CARTEIRA not in registrado


def test_an_error_page_says_nothing_of_the_rows(
    cenario: Cenario, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    resposta = client.get(f"/aurelia/lotes/999/?carteira={CARTEIRA}")
    assert resposta.status_code == 404
    assert CARTEIRA not in resposta.content.decode()
    assert CARTEIRA not in caplog.text
