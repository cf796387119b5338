"""The page of one file, its downloads, and its críticas by the thousand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.fabrica import Cenario
from tests.uploads.apoio import enviar, processar_pendentes, xml_valido
from uploads.models import Arquivo, Critica


def incluir(cliente: Client, cenario: Cenario, dados: bytes, nome: str = "lote.xml") -> Arquivo:
    enviar(cliente, "aurelia", nome, dados)
    processar_pendentes()
    with cenario.dentro("aurelia"):
        return Arquivo.objects.latest("id")


def url(arquivo: Arquivo, resto: str = "") -> str:
    return f"/aurelia/uploads/arquivos/{arquivo.pk}/{resto}"


def muitas(cenario: Cenario, quantas: int) -> bytes:
    errado = re.sub(rb"(<ans:indicacaoAcidente>)[^<]*", rb"\g<1>X", xml_valido(cenario, guias=quantas, itens=1))
    return bytes(errado)


def test_progress_turns_into_the_history(cenario: Cenario, faturista: Client) -> None:
    enviar(faturista, "aurelia", "lote.xml", xml_valido(cenario))
    with cenario.dentro("aurelia"):
        arquivo = Arquivo.objects.get()
    pergunta: dict[str, Any] = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "andamento"}
    andando = faturista.get(url(arquivo), **pergunta)
    assert "Recebido" in andando.content.decode()
    assert "every 1s" in andando.content.decode()
    processar_pendentes()
    fim = faturista.get(url(arquivo), **pergunta)
    assert fim.status_code == 286
    assert fim["HX-Redirect"] == "/aurelia/uploads/arquivos/?aba=importados"
    assert "falta fechá-lo e enviá-lo" in faturista.get(fim["HX-Redirect"]).content.decode()


@pytest.mark.parametrize("boosted", [{}, {"HTTP_HX_BOOSTED": "true", "HTTP_HX_TARGET": "conteudo"}])
def test_a_file_that_is_done_at_once_also_ends_in_the_history_where_there_is_a_script(
    boosted: dict[str, str], cenario: Cenario, faturista: Client
) -> None:
    arquivo = incluir(faturista, cenario, xml_valido(cenario))
    fim = faturista.get(url(arquivo), HTTP_HX_REQUEST="true", **boosted)
    assert fim["HX-Redirect"] == "/aurelia/uploads/arquivos/?aba=importados"
    assert "Importado: o lote" in faturista.get(url(arquivo)).content.decode()


def test_every_critica_can_be_found(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, muitas(cenario, 60))
    primeira = faturista.get(url(arquivo)).content.decode()
    assert "Página 1 de 2" in primeira
    segunda = faturista.get(url(arquivo), {"pagina": 2, "codigo": "5002"}).content.decode()
    assert "Detalhes: " in segunda
    with cenario.dentro("aurelia"):
        guia = Critica.objects.filter(regra="F06").latest("posicao").guia
    so_uma = faturista.get(url(arquivo), {"texto": guia, "codigo": "5002"}).content.decode()
    assert "1 de 61" in so_uma
    assert "nenhuma como a que você procura" in faturista.get(url(arquivo), {"texto": "zzz"}).content.decode()


@pytest.mark.parametrize("tela", ["", "corrigir/"])
def test_a_screen_costs_the_same_queries_for_one_critica_and_for_sixty(
    cenario: Cenario, faturista: Client, tela: str
) -> None:
    poucas = incluir(faturista, cenario, muitas(cenario, 2))
    varias = incluir(faturista, cenario, muitas(cenario, 60))
    contas = []
    for arquivo in (poucas, varias):
        faturista.get(url(arquivo, tela))
        with CaptureQueriesContext(connection) as consultas:
            assert faturista.get(url(arquivo, tela)).status_code == 200
        contas.append(len(consultas))
    assert contas[0] == contas[1]


def test_the_original_and_the_corrected_file_are_downloads(cenario: Cenario, faturista: Client) -> None:
    dados = muitas(cenario, 1)
    arquivo = incluir(faturista, cenario, dados, nome='lote "ímpar".xml')
    faturista.post(url(arquivo, "corrigir/"), {"versao": 1, "recalcular": "on"})
    original = faturista.get(url(arquivo, "original/"))
    assert original.content == dados
    assert original["Content-Type"] == "application/xml"
    assert original["X-Content-Type-Options"] == "nosniff"
    assert original["Content-Disposition"].startswith("attachment;")
    assert faturista.get(url(arquivo, "versoes/2/")).content != dados
    assert faturista.get(url(arquivo, "versoes/9/")).status_code == 404


def test_who_looked_is_written_down(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, muitas(cenario, 1))
    with CaptureQueriesContext(connection) as consultas:
        faturista.get(url(arquivo, "original/"))
        faturista.get(url(arquivo))
    acessos = [c["sql"] for c in consultas if "auditoria.registrar_acesso" in c["sql"]]
    assert len(acessos) == 2
    assert "'baixar'" in acessos[0]
    assert "'ver'" in acessos[1]


@pytest.mark.parametrize("resto", ["", "original/", "versoes/1/", "corrigir/", "lugares/", "campo/", "totais/"])
def test_a_stranger_finds_no_file(cenario: Cenario, faturista: Client, resto: str) -> None:
    arquivo = incluir(faturista, cenario, b"<a/>")
    outro = Client()
    outro.force_login(cenario.pessoa("faturista", "boavista"))
    pedir = outro.post if resto == "campo/" else outro.get
    assert pedir(url(arquivo, resto)).status_code == 404
    assert pedir(url(arquivo, resto).replace("aurelia", "boavista")).status_code == 404


def test_the_list_of_changes_says_who_what_from_and_to(cenario: Cenario, faturista: Client) -> None:
    arquivo = incluir(faturista, cenario, muitas(cenario, 1))
    pagina = faturista.get(url(arquivo, "corrigir/")).content.decode()
    causa = re.findall(r'name="causas" value="([0-9a-f]{32})"', pagina)[0]
    faturista.post(url(arquivo, "corrigir/"), {"versao": 1, "causas": [causa], f"c-{causa}-v0": "2"})
    processar_pendentes()
    pagina = faturista.get(url(arquivo)).content.decode()
    assert "Lista de alterações" in pagina
    assert "<del>X</del>" in pagina
    assert "<ins>2</ins>" in pagina
    assert "Faturista da Silva," in pagina
    assert "Hash refeito" in pagina


def test_ignoring_without_reason_is_refused_and_keeps_what_was_typed(cenario: Cenario, faturista: Client) -> None:
    dados = xml_valido(cenario)
    incluir(faturista, cenario, dados)
    arquivo = incluir(faturista, cenario, dados)
    with cenario.dentro("aurelia"):
        critica = Critica.objects.get(arquivo=arquivo, regra="F08")
    resposta = faturista.post(url(arquivo, "ignorar/"), {"critica": critica.pk, "justificativa": "curta"})
    assert resposta.status_code == 409
    assert "Escreva a justificativa" in resposta.content.decode()
    assert 'value="curta"' in resposta.content.decode()


def test_what_recalculating_changes_is_a_page_without_script_and_a_fragment_with_it(
    cenario: Cenario, faturista: Client
) -> None:
    arquivo = incluir(faturista, cenario, muitas(cenario, 1))
    assert "<html" in faturista.get(url(arquivo, "totais/")).content.decode()
    fragmento = faturista.get(url(arquivo, "totais/"), HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in fragmento
    assert "Todos os totais conferem" in fragmento
