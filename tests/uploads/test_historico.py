"""Histórico de Arquivos Enviados: found by name and period, the same number of queries however many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conecta.texto import para_busca
from tests.fabrica import Cenario
from uploads.models import Arquivo

URL = "/aurelia/uploads/arquivos/"


def criar(cenario: Cenario, nome: str, situacao: str = "invalido", dias: int = 0, dono: str = "aurelia") -> Arquivo:
    quando = timezone.now() - timedelta(days=dias)
    por = cenario.pessoa("faturista", dono)
    with cenario.dentro(dono):
        return Arquivo.objects.create(
            prestador=cenario.organizacoes[dono],
            operadora=cenario.pasa,
            nome=nome,
            nome_busca=para_busca(nome),
            numero_lote=5_000_000 + Arquivo.objects.count() + (1000 if dono != "aurelia" else 0),
            situacao=situacao,
            criado_em=quando,
            processado_em=None if situacao == "em_processamento" else quando,
            criado_por=por,
            criado_por_nome=por.nome,
            quantidade_de_criticas=3,
        )


def pagina(cliente: Client, **filtros: Any) -> str:
    resposta = cliente.get(URL, filtros)
    assert resposta.status_code == 200
    return str(resposta.content.decode())


def test_each_tab_shows_its_files_and_how_many_stand_in_each(cenario: Cenario, faturista: Client) -> None:
    criar(cenario, "ruim.xml")
    criar(cenario, "parado.xml", "falhou")
    criar(cenario, "andando.xml", "em_processamento")
    criar(cenario, "alheio.xml", dono="boavista")
    invalidos = pagina(faturista, aba="invalidos")
    assert "ruim.xml" in invalidos
    assert "parado.xml" in invalidos
    assert "andando.xml" not in invalidos
    assert "alheio.xml" not in invalidos
    assert '<span class="contador vermelho">2</span>' in invalidos
    assert "andando.xml" in pagina(faturista, aba="processamento")


@pytest.mark.parametrize("procurado", ["urgencia", "URGÊNCIA", "Urgência - re"])
def test_a_name_is_found_whatever_its_accents_and_capitals(cenario: Cenario, faturista: Client, procurado: str) -> None:
    criar(cenario, "SADT urgência - reenvio.xml")
    criar(cenario, "consultas.xml")
    achados = pagina(faturista, aba="invalidos", nome=procurado)
    assert "reenvio.xml" in achados
    assert "consultas.xml" not in achados


def test_the_last_month_is_shown_unless_another_period_is_asked_for(cenario: Cenario, faturista: Client) -> None:
    criar(cenario, "novo.xml")
    criar(cenario, "velho.xml", dias=60)
    assert "velho.xml" not in pagina(faturista)
    dia = f"{timezone.localdate() - timedelta(days=60):%d/%m/%Y}"
    antigo = pagina(faturista, de=dia, ate=dia)
    assert "velho.xml" in antigo
    assert "novo.xml" not in antigo
    assert "velho.xml" in pagina(faturista, de=dia.replace("/", ""), ate="")


def test_a_date_that_does_not_exist_is_refused_at_its_field(cenario: Cenario, faturista: Client) -> None:
    texto = pagina(faturista, de="31/02/2026")
    assert "Esta data não existe" in texto
    assert 'aria-invalid="true"' in texto
    assert "termina antes de começar" in pagina(faturista, de="02/11/2026", ate="01/11/2026")


@pytest.mark.parametrize(
    ("ordem", "primeiro"), [("nome", "a.xml"), ("-nome", "b.xml"), ("data", "b.xml"), ("x'", "a.xml")]
)
def test_the_list_is_sorted_as_asked(cenario: Cenario, faturista: Client, ordem: str, primeiro: str) -> None:
    criar(cenario, "b.xml", dias=2)
    criar(cenario, "a.xml", dias=1)
    texto = pagina(faturista, ordem=ordem)
    assert min(("a.xml", "b.xml"), key=lambda nome: texto.index(f">{nome}</a>")) == primeiro


def test_a_page_costs_the_same_queries_for_one_file_and_for_fifty(cenario: Cenario, faturista: Client) -> None:
    criar(cenario, "0.xml")
    pagina(faturista)
    with CaptureQueriesContext(connection) as com_um:
        pagina(faturista)
    for numero in range(1, 50):
        criar(cenario, f"{numero}.xml")
    with CaptureQueriesContext(connection) as com_cinquenta:
        pagina(faturista)
    assert len(com_um) == len(com_cinquenta)


def test_polling_stops_when_nothing_is_being_processed(cenario: Cenario, faturista: Client) -> None:
    pergunta = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "lista"}
    criar(cenario, "andando.xml", "em_processamento")
    resposta = faturista.get(URL, {"aba": "processamento"}, **pergunta)
    assert resposta.status_code == 200
    assert "every 2s" in resposta.content.decode()
    assert "<html" not in resposta.content.decode()
    with cenario.dentro("aurelia"):
        Arquivo.objects.update(situacao="invalido", processado_em=timezone.now())
    fim = faturista.get(URL, {"aba": "processamento"}, **pergunta)
    assert fim.status_code == 286
    assert "every 2s" not in fim.content.decode()
    assert "andando.xml" in fim.content.decode()


def test_an_empty_tab_says_why_and_what_next(cenario: Cenario, faturista: Client) -> None:
    assert "Nenhum arquivo inválido" in pagina(faturista, aba="invalidos")
    assert "Nenhum arquivo importado" in pagina(faturista, aba="importados")
    assert "Nada em processamento" in pagina(faturista, aba="processamento")
    assert "Limpar filtros" in pagina(faturista, aba="invalidos", nome="x")


def test_the_menu_counts_what_needs_somebody(cenario: Cenario, faturista: Client) -> None:
    criar(cenario, "ruim.xml")
    assert '<span class="contador vermelho">1<span class="visually-hidden"> inválidos' in pagina(faturista)
