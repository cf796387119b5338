"""Screens of payments, on both sides."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from urllib.parse import urljoin

import pytest
from django.test import Client

from demonstrativos.pagamentos.cadastro import gravar_retencoes
from demonstrativos.pagamentos.estados import SituacaoDoPagamento as S
from demonstrativos.pagamentos.models import ContaBancaria, DebitoOuCredito, Pagamento, Retencao
from demonstrativos.pagamentos.transicoes import fechar
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a, liberado
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, folha_de

pytestmark = pytest.mark.django_db


@pytest.fixture
def financeiro(cenario: Cenario, entrar: Any) -> Client:
    return entrar(cenario.pessoa("financeiro_operadora", "pasa"))


def _um(cenario: Cenario) -> Pagamento:
    with cenario.dentro("pasa"):
        return Pagamento.objects.get()


def test_what_waits_is_put_into_a_new_payment_for_each_prestador(cenario: Cenario, financeiro: Client) -> None:
    protocolos = [liberado(cenario), liberado(cenario), liberado(cenario, "boavista")]
    tela = financeiro.get("/pasa/pagamentos/liberados/").content.decode()
    assert tela.count('name="protocolo"') == 3
    assert "635,24" in tela, "what waits for the first of them, in the table by prestador"
    dados = {
        "protocolo": [p.pk for p in protocolos],
        "destino": "novo",
        "data_de_pagamento": f"{daqui_a(5):%d/%m/%Y}",
    }
    assert financeiro.post("/pasa/pagamentos/liberados/incluir/", dados).status_code == 302
    with cenario.dentro("pasa"):
        assert sorted(Pagamento.objects.values_list("valor_liquido", flat=True)) == [
            Decimal("317.62"),
            Decimal("635.24"),
        ]


def test_a_payment_of_one_prestador_takes_no_protocol_of_another(cenario: Cenario, financeiro: Client) -> None:
    pagamento, outro = aberto(cenario, [liberado(cenario)]), liberado(cenario, "boavista")
    resposta = financeiro.post(
        "/pasa/pagamentos/liberados/incluir/", {"protocolo": [outro.pk], "destino": str(pagamento.pk)}
    )
    assert resposta.status_code == 409
    assert "é de outro prestador" in resposta.content.decode()


def test_a_refused_page_leads_back_to_pages_that_are_there(cenario: Cenario, financeiro: Client) -> None:
    liberado(cenario)
    recusada = financeiro.post("/pasa/pagamentos/liberados/incluir/", {"destino": "novo"}).content.decode()
    enderecos = re.findall(r'href="([^"#]*\?[^"]*)"', recusada)
    assert any("prestador=" in endereco for endereco in enderecos)
    for endereco in enderecos:
        assert financeiro.get(urljoin("/pasa/pagamentos/liberados/incluir/", endereco)).status_code == 200, endereco


def test_a_retencao_that_was_taken_out_is_named_on_the_page(cenario: Cenario, financeiro: Client) -> None:
    with cenario.dentro("pasa"):
        contrato = cenario.aurelia.credenciamentos.get()
        gravar_retencoes(
            contrato=contrato,
            valores={"01": (Decimal("1.50"), Decimal(0))},
            por=cenario.pessoa("financeiro_operadora", "pasa"),
        )
    pagamento = aberto(cenario, [liberado(cenario)])
    with cenario.dentro("pasa"):
        irrf = pagamento.lancamentos.get()
    base = f"/pasa/pagamentos/{pagamento.pk}/"
    assert "não voltam" not in financeiro.get(base).content.decode()
    assert financeiro.post(f"{base}retirar-lancamento/", {"lancamento": irrf.pk}).status_code == 302
    assert "Retenções retiradas deste pagamento: IRRF" in financeiro.get(base).content.decode()


def test_nothing_chosen_and_no_date_are_said(cenario: Cenario, financeiro: Client) -> None:
    protocolo = liberado(cenario)
    vazio = financeiro.post("/pasa/pagamentos/liberados/incluir/", {"destino": "novo"})
    assert (vazio.status_code, "Nada foi escolhido" in vazio.content.decode()) == (422, True)
    sem_data = financeiro.post("/pasa/pagamentos/liberados/incluir/", {"destino": "novo", "protocolo": [protocolo.pk]})
    assert (sem_data.status_code, "Informe o dia" in sem_data.content.decode()) == (422, True)


def test_generating_shows_a_preview_and_makes_it_once(cenario: Cenario, financeiro: Client) -> None:
    liberado(cenario), liberado(cenario, "boavista")
    dados = {"data_de_pagamento": f"{daqui_a(5):%d/%m/%Y}", "liberados_ate": "", "competencia": "11/2026"}
    previa = financeiro.get("/pasa/pagamentos/gerar/", dados).content.decode()
    assert "Gerar 2 pagamentos" in previa
    assert financeiro.post("/pasa/pagamentos/gerar/", dados).status_code == 302
    assert financeiro.post("/pasa/pagamentos/gerar/", dados).status_code == 302
    with cenario.dentro("pasa"):
        assert list(Pagamento.objects.order_by("numero").values_list("numero", "competencia")) == [
            (1, "202611"),
            (2, "202611"),
        ]


def test_a_payment_is_worked_closed_and_paid_on_its_page(cenario: Cenario, financeiro: Client) -> None:
    aberto(cenario, [liberado(cenario), liberado(cenario)])
    base = f"/pasa/pagamentos/{_um(cenario).pk}/"
    lancamento = {"indicador": "1", "tipo": "07", "descricao": "Antecipação", "valor": "35,24"}
    assert financeiro.post(f"{base}lancar/", lancamento).status_code == 302
    assert _um(cenario).valor_liquido == Decimal("600.00")
    tela = financeiro.get(base).content.decode()
    assert "600,00" in tela
    assert 'name="visto" value="600.00"' in tela, "what the page sends is what the view compares"
    assert financeiro.post(f"{base}fechar/", {"visto": "635.24"}).status_code == 409
    assert financeiro.post(f"{base}fechar/", {"visto": "600.00"}).status_code == 302
    assert financeiro.post(f"{base}lancar/", lancamento).status_code == 409
    hoje = f"{daqui_a(0):%d/%m/%Y}"
    assert financeiro.post(f"{base}pagar/", {"pago_em": f"{daqui_a(1):%d/%m/%Y}"}).status_code == 409
    assert financeiro.post(f"{base}pagar/", {"pago_em": hoje}).status_code == 302
    assert _um(cenario).situacao == S.PAGO
    with cenario.dentro("aurelia"):
        assert set(Protocolo.objects.values_list("situacao", flat=True)) == {P.PAGO}


def test_lines_and_entries_are_taken_out(cenario: Cenario, financeiro: Client) -> None:
    aberto(cenario, [liberado(cenario), liberado(cenario)])
    pagamento = _um(cenario)
    with cenario.dentro("pasa"):
        linha = pagamento.linhas.first()
    assert financeiro.post(f"/pasa/pagamentos/{pagamento.pk}/retirar/", {"linha": linha.pk}).status_code == 302
    assert _um(cenario).valor_liquido == Decimal("317.62")
    assert financeiro.post(f"/pasa/pagamentos/{pagamento.pk}/retirar/", {"linha": linha.pk}).status_code == 404


def test_a_reason_is_asked_for_a_cancelling(cenario: Cenario, financeiro: Client) -> None:
    aberto(cenario, [liberado(cenario)])
    endereco = f"/pasa/pagamentos/{_um(cenario).pk}/cancelar/"
    assert financeiro.post(endereco, {"motivo": " "}).status_code == 422
    assert financeiro.post(endereco, {"motivo": "Feito por engano"}).status_code == 302
    assert _um(cenario).situacao == S.CANCELADO


def test_bank_data_and_retencoes_reach_the_next_payment(cenario: Cenario, financeiro: Client) -> None:
    with cenario.dentro("pasa"):
        contrato = cenario.aurelia.credenciamentos.get()
    endereco = f"/pasa/pagamentos/prestadores/{contrato.pk}/conta/"
    dados = {"forma": "1", "banco": "001", "agencia": "1234-5", "conta": "99-0", "percentual_01": "1,5", "base_01": ""}
    assert financeiro.post(endereco, dados | {"conta": ""}).status_code == 422
    assert financeiro.post(endereco, dados).status_code == 302
    with cenario.dentro("aurelia"):
        assert (ContaBancaria.objects.get().banco, Retencao.objects.get().percentual) == ("001", Decimal("1.50"))
    aberto(cenario, [liberado(cenario)])
    pagamento = _um(cenario)
    assert pagamento.debitos == Decimal("4.76")
    assert financeiro.post(endereco, dados | {"percentual_01": "2"}).status_code == 302
    assert _um(cenario).debitos == Decimal("6.35"), "an open payment follows"
    base = f"/pasa/pagamentos/{pagamento.pk}/"
    financeiro.post(f"{base}lancar/", {"indicador": "1", "tipo": "07", "descricao": "Antecipação", "valor": "311,27"})
    demais = financeiro.post(endereco, dados | {"percentual_01": "3"})
    assert (demais.status_code, "os débitos passariam" in demais.content.decode()) == (422, True)
    assert _um(cenario).debitos == Decimal("317.62")
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechado = fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))
        assert (fechado.banco, fechado.agencia, fechado.conta) == ("001", "1234-5", "99-0")
        assert DebitoOuCredito.objects.get(tipo="01").automatico


def test_the_prestador_sees_its_closed_payments_and_what_is_to_come(cenario: Cenario, entrar: Any) -> None:
    pagamento = aberto(cenario, [liberado(cenario)])
    cliente = entrar(cenario.pessoa("financeiro_prestador", "aurelia"))
    assert cliente.get(f"/aurelia/pagamentos/{pagamento.pk}/").status_code == 404
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))
    lista = cliente.get("/aurelia/pagamentos/").content.decode()
    assert "A receber" in lista
    assert "317,62" in lista
    pagina = cliente.get(f"/aurelia/pagamentos/{pagamento.pk}/").content.decode()
    assert "Fechar Pagamento" not in pagina
    assert "317,62" in pagina


def test_the_list_is_filtered_sorted_and_downloaded(cenario: Cenario, financeiro: Client) -> None:
    aberto(cenario, [liberado(cenario)])
    aberto(cenario, [liberado(cenario, "boavista")], prestador="boavista")
    assert financeiro.get("/pasa/pagamentos/?numero=2").content.decode().count("Boa Vista") >= 1
    antigos = financeiro.get("/pasa/pagamentos/?competencia=01/2020").content.decode()
    assert "Nenhum pagamento com esses filtros" in antigos
    folha = folha_de(financeiro.get("/pasa/pagamentos/xlsx/?ordem=numero"))
    assert [linha[0].value for linha in folha.iter_rows()] == ["Pagamento", 1, 2]


def test_pages_take_as_many_queries_for_many_as_for_few(cenario: Cenario, financeiro: Client) -> None:
    pagamento = aberto(cenario, [liberado(cenario)])
    enderecos = ("/pasa/pagamentos/", f"/pasa/pagamentos/{pagamento.pk}/", "/pasa/pagamentos/liberados/")
    liberado(cenario)
    antes = [consultas_de(financeiro, endereco) for endereco in enderecos]
    aberto(cenario, [liberado(cenario, "boavista")], prestador="boavista")
    liberado(cenario)
    assert [consultas_de(financeiro, endereco) for endereco in enderecos] == antes
