"""A typed guide on paper, from the first field on, and with what the XML has no place for."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from lotes.models import Lote
from tests.digitacao.apoio import EXEMPLO_DE, comecar, digitar, valores_exemplo
from tests.fabrica import Cenario
from uploads.digitacao import montagem, transicoes

pytestmark = pytest.mark.django_db


def texto(dados: bytes) -> str:
    return " ".join(" ".join(pagina.extract_text() for pagina in PdfReader(BytesIO(dados)).pages).split())


@pytest.mark.parametrize("tipo", sorted(EXEMPLO_DE))
def test_a_guide_of_each_type_is_printed_as_it_is_saved(cenario: Cenario, client: Client, tipo: str) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = digitar(cenario, tipo)
    client.force_login(cenario.pessoa("digitador", "aurelia"))
    resposta = client.get(reverse("digitacao:pdf", args=["aurelia", guia.pk]))
    assert resposta["Content-Type"] == "application/pdf"
    escrito = texto(resposta.content)
    assert f"2 Nº Guia no Prestador {guia.numero_do_prestador}" in escrito
    assert guia.numero_carteira in escrito
    assert cenario.aurelia.nome in escrito


def test_an_empty_guide_is_a_blank_form(cenario: Cenario, client: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    client.force_login(cenario.pessoa("digitador", "aurelia"))
    assert "58 Observação" in texto(client.get(reverse("digitacao:pdf", args=["aurelia", guia.pk])).content)


def test_nobody_else_prints_it(cenario: Cenario, client: Client) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    client.force_login(cenario.pessoa("digitador", "cedro"))
    assert client.get(reverse("digitacao:pdf", args=["cedro", guia.pk])).status_code == 404


def test_what_the_xml_has_no_place_for_is_on_the_guides_of_the_lot(cenario: Cenario, client: Client) -> None:
    por = cenario.pessoa("digitador", "aurelia")
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        valores = valores_exemplo() | {"papel/nomeSocial": "FLOR DE LIS"}
        guia, _ = transicoes.salvar(guia=guia, valores=valores, vista=guia.revisao, por=por)
        lote = montagem.criar_lote(guias=[guia], por=cenario.pessoa("faturista", "aurelia"))
        assert isinstance(lote, Lote)
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    escrito = texto(client.get(reverse("lotes:guias_pdf", args=["aurelia", lote.pk])).content)
    assert "89 Nome social FLOR DE LIS" in escrito
