"""Whatever is typed into an address or a form, the answer is a page, never an error page."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.tenancy.mundo import CAMINHOS, Caminho, Mundo

RODADAS = (
    *(("9" * 30,), ("\x00",), ("ã🦷%00%s%n'--<b>../",)),
    *(("", "0"), ("-1", "1e9"), ("NaN", "00000000"), ("31/02/2026", "[]", "{}")),
)
"""One of each kind that some reader takes for what it is not; a value that every one of them refuses adds nothing.

What no column holds, the text that Postgres does not take, and one with the signs that SQL, formats, HTML, paths and
UTF-8 care for, short enough for most fields, go to every field. Of the others neighbouring fields of one request get
different ones, and what addresses have in common, as the readers of lists, gets each somewhere: nothing and zero; below
zero, and whole for `Decimal` but not for `int`; no amount, and eight digits of the year 0; a day that there is not, and
JSON that is no object, or an empty one.
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


def _hostil(nomes: list[str], rodada: tuple[str, ...], desde: int) -> dict[str, str]:
    """A value for each field: the round's in turn, beginning with another one for another address."""
    return {nome: rodada[(desde + vez) % len(rodada)] for vez, nome in enumerate(nomes)}


@pytest.mark.parametrize("caminho", CAMINHOS, ids=str)
def test_no_input_makes_an_error_page(caminho: Caminho, mundo: Mundo) -> None:
    cliente, endereco = _cliente(mundo, caminho)
    nomes = sorted(_campos(cliente, endereco))
    for pedir in (cliente.get, cliente.post):
        for rodada in RODADAS:
            enviado = _hostil(nomes, rodada, CAMINHOS.index(caminho))
            resposta = pedir(endereco, enviado)
            if resposta.streaming:
                resposta.getvalue()  # the client closes what was read to its end
            assert resposta.status_code < 500, (enviado, resposta.status_code)
            if not LIDO & vars(resposta.wsgi_request).keys():
                break  # nothing that was sent has been looked at, nor will anything else be


@pytest.mark.parametrize("pk", ["0", "99999999999999999999", "9223372036854775807", "9223372036854775808"])
@pytest.mark.parametrize("caminho", [c for c in CAMINHOS if "<int:pk>" in c.rota], ids=str)
def test_a_number_that_nothing_has_is_not_found(caminho: Caminho, mundo: Mundo, pk: str) -> None:
    cliente, endereco = _cliente(mundo, caminho)
    inexistente = re.sub(r"/\d+/", f"/{pk}/", endereco, count=1)
    resposta = cliente.get(inexistente)
    assert (cliente.post(inexistente) if resposta.status_code == 405 else resposta).status_code == 404
