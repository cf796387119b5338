"""The prestador's screens of a lot: what they show, what their buttons do, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lotes import avanco
from lotes.estados import SituacaoDoLote, SituacaoDoProtocolo
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, criar_lote, protocolar

Entrar = Callable[[Any], Client]
S = SituacaoDoLote


def rota(nome: str, pk: int, slug: str = "aurelia") -> str:
    return reverse(f"lotes:{nome}", args=[slug, pk])


@pytest.fixture
def faturista(cenario: Cenario, entrar: Entrar) -> Client:
    return entrar(cenario.pessoa("faturista", "aurelia"))


def test_the_details_are_those_of_the_training_manual(cenario: Cenario, faturista: Client) -> None:
    lote = criar_lote(cenario)
    pagina = faturista.get(rota("lote", lote.pk)).content.decode()
    esperado = [
        "Nº Lote",
        "Situação do Lote",
        "Data Inclusão",
        "Data Fechamento",
        "Enviar Até (Calendário)",
        "Data Envio",
        "Data Pagamento",
        "Operadora",
        "Tipo de Guia",
        "Protocolo (PEG)",
        "Situação Protocolo",
        "Canal",
        "Lote do prestador",
        "Versão TISS",
        "Vlr. Informado",
        "Vlr. Processado",
        "Vlr. Glosado",
        "Vlr. Liberado",
    ]
    lugares = [pagina.index(f"<dt>{rotulo}</dt>") for rotulo in esperado]
    assert lugares == sorted(lugares)
    assert "PASA | 331988" in pagina
    assert "Lote não enviado" in pagina
    assert "Este lote já possui 2 guias. Limite máximo permitido por lote é de 100 guias." in pagina
    assert "0009002501230001</span> - PESSOA INVENTADA 1" in pagina
    assert "317,62" in pagina


@pytest.mark.parametrize(
    ("situacao", "acoes"),
    [
        (S.ABERTO, {"Fechar Lote", "Excluir Lote"}),
        (S.FECHADO, {"Excluir Lote", "Reabrir Lote", "Enviar Lote"}),
        (S.ENVIADO, {"Atualizar Situação Protocolo", "Capa do Lote", "Exibir Log de Envio"}),
        (S.EXCLUIDO, set()),
    ],
)
def test_actions_of_each_state(cenario: Cenario, faturista: Client, situacao: str, acoes: set[str]) -> None:
    todas = {
        "Fechar Lote",
        "Excluir Lote",
        "Reabrir Lote",
        "Enviar Lote",
        "Atualizar Situação Protocolo",
        "Capa do Lote",
        "Exibir Log de Envio",
    }
    lote = criar_lote(cenario, situacao=S(situacao))
    pagina = faturista.get(rota("lote", lote.pk)).content.decode()
    assert {acao for acao in todas if acao in pagina} == acoes


def test_who_only_reads_sees_no_button_and_may_not_press_it(cenario: Cenario, entrar: Entrar) -> None:
    lote = criar_lote(cenario)
    leitura = entrar(cenario.pessoa("leitura", "aurelia"))
    assert "Fechar Lote" not in leitura.get(rota("lote", lote.pk)).content.decode()
    assert leitura.post(rota("fechar", lote.pk)).status_code == 403


def test_from_open_to_sent_by_plain_forms(cenario: Cenario, faturista: Client) -> None:
    lote = criar_lote(cenario)
    assert "Confirma o fechamento do lote" in faturista.get(rota("lote", lote.pk)).content.decode()
    fechado = faturista.post(rota("fechar", lote.pk), follow=True).content.decode()
    assert f"Lote {lote.numero} fechado. Falta enviá-lo à PASA." in fechado
    enviado = faturista.post(rota("enviar", lote.pk), follow=True).content.decode()
    assert f"Lote {lote.numero} enviado à PASA. Protocolo (PEG) 1." in enviado
    outra_vez = faturista.post(rota("enviar", lote.pk), follow=True).content.decode()
    assert "já estava enviado. Protocolo (PEG) 1." in outra_vez


def test_a_change_that_no_longer_fits_shows_why_and_how_it_is_now(cenario: Cenario, faturista: Client) -> None:
    lote = criar_lote(cenario, situacao=S.ENVIADO)
    resposta = faturista.post(rota("excluir", lote.pk))
    assert resposta.status_code == 409
    assert "não foi excluído: a situação dele é “Enviado à operadora”" in resposta.content.decode()


def test_refreshing_says_what_changed_since_the_page_was_opened(cenario: Cenario, faturista: Client) -> None:
    protocolo = protocolar(cenario)
    with cenario.dentro("pasa", "analista"):
        avanco.avancar(protocolo=protocolo, para=SituacaoDoProtocolo.EM_ANALISE, por=cenario.pessoa("analista", "pasa"))
    endereco = rota("atualizar_situacao", protocolo.lote_id)
    pagina = faturista.post(endereco, {"visto": "1"}, follow=True).content.decode()
    assert "Situação: Em análise pela Operadora. Atualizada em " in pagina
    assert "por Analista de contas da Silva; antes era “Lote enviado para a Operadora”." in pagina
    de_novo = faturista.post(endereco, {"visto": "2"}, follow=True).content.decode()
    assert "Nada mudou desde que você abriu a página." in de_novo


def test_the_log_proves_what_was_sent(cenario: Cenario, faturista: Client) -> None:
    protocolo = protocolar(cenario)
    pagina = faturista.get(rota("log", protocolo.lote_id)).content.decode()
    for prova in ("Lote fechado", "Enviado à operadora", "Faturista da Silva", protocolo.sha256, "bytes"):
        assert prova in pagina
    assert "Protocolo (PEG) 1" in pagina


def test_the_xml_is_what_was_sent_and_only_ever_an_attachment(cenario: Cenario, faturista: Client) -> None:
    lote = criar_lote(cenario, situacao=S.ENVIADO)
    resposta = faturista.get(rota("xml", lote.pk))
    assert resposta.content == f"<lote>{lote.numero}</lote>".encode()
    assert resposta["Content-Disposition"] == f'attachment; filename="lote-{lote.numero}.xml"'
    assert resposta["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_a_guide_shows_its_items_and_totals_by_kind(cenario: Cenario, faturista: Client) -> None:
    lote = criar_lote(cenario, guias=1, itens=3)
    with cenario.dentro("aurelia"):
        guia = lote.guias.get()
    pagina = faturista.get(rota("guia", guia.pk)).content.decode()
    assert "Procedimentos: 2 itens" in pagina
    assert "Outras despesas: 1 item" in pagina
    assert "105,88" in pagina


def test_another_prestador_of_the_same_operadora_finds_nothing(cenario: Cenario, entrar: Entrar) -> None:
    lote = criar_lote(cenario, situacao=S.ENVIADO)
    with cenario.dentro("aurelia"):
        guia = lote.guias.first()
    vizinho = entrar(cenario.pessoa("faturista", "boavista"))
    for nome, pk in [("lote", lote.pk), ("log", lote.pk), ("xml", lote.pk), ("guia", guia.pk)]:
        assert vizinho.get(rota(nome, pk, "boavista")).status_code == 404
    for nome in ("fechar", "reabrir", "excluir", "enviar", "atualizar_situacao"):
        assert vizinho.post(rota(nome, lote.pk, "boavista")).status_code == 404


def test_a_lot_costs_the_same_queries_whatever_its_size(cenario: Cenario, faturista: Client) -> None:
    custos = set()
    for guias in (1, 50):
        lote = criar_lote(cenario, guias=guias, itens=1, situacao=S.ENVIADO)
        custos.add(consultas_de(faturista, rota("lote", lote.pk)))
    assert len(custos) == 1
    assert custos.pop() <= 24


def test_a_guide_costs_the_same_queries_whatever_its_size(cenario: Cenario, faturista: Client) -> None:
    custos = set()
    for itens in (1, 50):
        lote = criar_lote(cenario, guias=1, itens=itens)
        with cenario.dentro("aurelia"):
            guia = lote.guias.get()
        custos.add(consultas_de(faturista, rota("guia", guia.pk)))
    assert len(custos) == 1


def test_pages_of_a_long_lot_keep_the_total_of_the_whole(cenario: Cenario, faturista: Client) -> None:
    lote = criar_lote(cenario, guias=60, itens=1)
    pagina = faturista.get(rota("lote", lote.pk), {"pagina": "2"}, headers={"HX-Request": "true", "HX-Target": "guias"})
    texto = pagina.content.decode()
    assert texto.lstrip().startswith("<section")
    assert texto.count('data-rotulo="Nº Guia Prestador"') == 10
    assert "Total de 60 guias" in texto
    assert "9.528,60" in texto
