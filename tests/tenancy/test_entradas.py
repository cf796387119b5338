"""Whatever is typed into an address or a form, the answer is a page, never an error page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.tenancy.mundo import CAMINHOS, Caminho, Mundo

HOSTIS = (
    *("", "0", "-1", "9" * 30, "1e9", "NaN", "\x00", "ã🦷%00%s%n'--<b>../"),
    *("31/02/2026", "00000000", "[]", "{}"),
)
"""One of each kind that some reader takes for what it is not; a value that every one of them refuses adds nothing.

Numbers: none, negative, beyond any column, whole for `Decimal` and not for `int`, and no amount (as any word is none).
Texts: the one that Postgres does not take, and one with the signs that SQL, formats, HTML, paths and UTF-8 care for,
short enough for most fields. Days: one that looks like one, and eight digits of the year 0. JSON: a list, an object.
"""
LIDO = {"GET", "_post", "_body"}
"""Attributes that a request of Django has once somebody asked for its query, its form or its body."""
CAMPOS = re.compile(r'name="([^"]+)"')
QUEM = {"prestador": ("administrador", "aurelia"), "operadora": ("gestor", "pasa"), None: ("administrador", "aurelia")}


def _cliente(mundo: Mundo, caminho: Caminho) -> tuple[Client, str]:
    papel, quem = QUEM[caminho.de]
    cliente = mundo.cliente(mundo.cenario.pessoa(papel, quem), raise_request_exception=False)
    return cliente, mundo.endereco(caminho, quem, mundo.enviado)


def _campos(cliente: Client, endereco: str) -> set[str]:
    """The names of all fields on the page, and those that every list understands."""
    resposta = cliente.get(endereco)
    if resposta.streaming:
        resposta.getvalue()  # the client closes what was read to its end
        return set()
    nomes = set(CAMPOS.findall(resposta.content.decode("utf-8", "replace")))
    return (nomes | {"pagina", "ordem", "q", "aba", "causa", "visto", "versao", "protocolo", "lote", "meses"}) - {
        "csrfmiddlewaretoken"
    }


@pytest.mark.parametrize("caminho", CAMINHOS, ids=str)
def test_no_input_makes_an_error_page(caminho: Caminho, mundo: Mundo) -> None:
    cliente, endereco = _cliente(mundo, caminho)
    nomes = _campos(cliente, endereco)
    for pedir in (cliente.get, cliente.post):
        for hostil in HOSTIS:
            resposta = pedir(endereco, dict.fromkeys(nomes, hostil))
            if resposta.streaming:
                resposta.getvalue()  # the client closes what was read to its end
            assert resposta.status_code < 500, (hostil, resposta.status_code)
            if not LIDO & vars(resposta.wsgi_request).keys():
                break  # nothing that was sent has been looked at, nor will anything else be


@pytest.mark.parametrize("pk", ["0", "99999999999999999999", "9223372036854775807", "9223372036854775808"])
@pytest.mark.parametrize("caminho", [c for c in CAMINHOS if "<int:pk>" in c.rota], ids=str)
def test_a_number_that_nothing_has_is_not_found(caminho: Caminho, mundo: Mundo, pk: str) -> None:
    cliente, endereco = _cliente(mundo, caminho)
    inexistente = re.sub(r"/\d+/", f"/{pk}/", endereco, count=1)
    resposta = cliente.get(inexistente)
    assert (cliente.post(inexistente) if resposta.status_code == 405 else resposta).status_code == 404
