"""The operadora's work list, a protocol, and its advance by one or many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conecta.contas.papeis import Papel
from lotes import avanco, transicoes
from lotes.consultas import EM_ANDAMENTO, ORDENS_DE_PROTOCOLOS, listar_protocolos, protocolos_filtrados
from lotes.estados import SituacaoDoLote, SituacaoDoProtocolo
from lotes.models import Protocolo
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, criar_lote, folha_de, protocolar

Entrar = Callable[[Any], Client]
P = SituacaoDoProtocolo
LISTA, AVANCAR = "/pasa/protocolos/", "/pasa/protocolos/avancar/"


@pytest.fixture
def gestor(cenario: Cenario, entrar: Entrar) -> Client:
    return entrar(cenario.pessoa("gestor", "pasa"))


def avancado(cenario: Cenario, *passos: SituacaoDoProtocolo, **de_onde: Any) -> Protocolo:
    """A protocol brought along these states."""
    protocolo = protocolar(cenario, **de_onde)
    with cenario.dentro("pasa", "gestor"):
        for passo in passos:
            avanco.avancar(protocolo=protocolo, para=passo, por=cenario.pessoa("gestor", "pasa"))
        protocolo.refresh_from_db(fields=["situacao"])
    return protocolo


def visto(protocolo: Protocolo) -> str:
    return f"{protocolo.pk}:{int(protocolo.situacao)}"


def hoje() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def situacao_de(cenario: Cenario, protocolo: Protocolo) -> int:
    with cenario.dentro("pasa"):
        return Protocolo.objects.get(pk=protocolo.pk).situacao


def test_a_lot_appears_when_it_is_sent_and_not_a_minute_before(cenario: Cenario, gestor: Client) -> None:
    lote = criar_lote(cenario, situacao=SituacaoDoLote.FECHADO)
    assert "Nenhum protocolo em andamento" in gestor.get(LISTA).content.decode()
    with cenario.dentro("aurelia", "faturista"):
        protocolo = transicoes.enviar(lote=lote, por=cenario.pessoa("faturista", "aurelia"))
    pagina = gestor.get(LISTA).content.decode()
    assert "1 protocolo, valores em R$" in pagina
    assert "Santa Aurélia Diagnósticos" in pagina
    assert gestor.get(reverse("lotes:protocolo", args=["pasa", protocolo.pk])).status_code == 200


def test_the_work_list_is_oldest_first_and_leaves_out_what_is_at_an_end(cenario: Cenario) -> None:
    velho, novo = protocolar(cenario), protocolar(cenario, "boavista")
    avancado(cenario, P.CANCELADO)
    with cenario.dentro("pasa"):
        lista = listar_protocolos(protocolos_filtrados(cenario.pasa, {"situacao": EM_ANDAMENTO}), "", None)
        assert [p.pk for p in lista.pagina] == [velho.pk, novo.pk]
        assert lista.totais.guias == 4


def test_each_filter_leaves_what_it_names(cenario: Cenario) -> None:
    da_aurelia = protocolar(cenario)
    do_boavista = protocolar(cenario, "boavista")
    em_analise = avancado(cenario, P.EM_ANALISE)

    def achados(**filtros: Any) -> set[int]:
        with cenario.dentro("pasa"):
            return set(protocolos_filtrados(cenario.pasa, filtros).values_list("pk", flat=True))

    assert achados(prestador=cenario.boavista) == {do_boavista.pk}
    assert achados(protocolo=da_aurelia.numero) == {da_aurelia.pk}
    assert achados(lote=em_analise.lote.numero) == {em_analise.pk}
    assert achados(situacao="2") == {em_analise.pk}
    assert achados(de=timezone.localdate() + timedelta(days=1)) == set()
    assert achados(tipo="guiaConsulta") == set()


@pytest.mark.parametrize("ordem", [sinal + nome for nome in ORDENS_DE_PROTOCOLOS for sinal in ("", "-")])
def test_every_column_sorts_both_ways(cenario: Cenario, ordem: str) -> None:
    protocolar(cenario)
    protocolar(cenario, "boavista")
    with cenario.dentro("pasa"):
        lista = listar_protocolos(protocolos_filtrados(cenario.pasa, {}), ordem, None)
        assert (lista.ordem, len(lista.pagina.object_list)) == (ordem, 2)


def test_the_work_list_costs_the_same_queries_whatever_its_size(cenario: Cenario, gestor: Client) -> None:
    protocolar(cenario, guias=1, itens=1)
    com_um = consultas_de(gestor, LISTA)
    for _ in range(9):
        protocolar(cenario, "boavista", guias=1, itens=1)
    assert consultas_de(gestor, LISTA) == com_um


def test_the_spreadsheet_has_the_whole_result(cenario: Cenario, gestor: Client) -> None:
    protocolar(cenario)
    protocolar(cenario, "boavista")
    resposta = gestor.get(f"{LISTA}protocolos.xlsx")
    folha = folha_de(resposta)
    assert [linha[3] for linha in folha.iter_rows(min_row=2, values_only=True)] == [
        "Santa Aurélia Diagnósticos",
        "Hospital Boa Vista",
    ]


def test_the_xml_received_is_what_was_sent(cenario: Cenario, gestor: Client) -> None:
    protocolo = protocolar(cenario)
    resposta = gestor.get(reverse("lotes:protocolo_xml", args=["pasa", protocolo.pk]))
    assert resposta.content == f"<lote>{protocolo.lote.numero}</lote>".encode()
    assert resposta["Content-Disposition"].startswith("attachment")


def test_a_received_guide_opens_with_the_name_of_the_beneficiario(cenario: Cenario, gestor: Client) -> None:
    protocolo = protocolar(cenario, guias=1)
    with cenario.dentro("pasa"):
        guia = protocolo.lote.guias.get()
    pagina = gestor.get(reverse("lotes:guia_recebida", args=["pasa", guia.pk])).content.decode()
    assert "0009002501230001 - PESSOA INVENTADA 1" in pagina


def test_the_other_operadora_finds_nothing(cenario: Cenario, entrar: Entrar) -> None:
    protocolo = protocolar(cenario)
    with cenario.dentro("aurelia"):
        guia = protocolo.lote.guias.first()
    sulina = entrar(cenario.pessoa("gestor", "sulina"))
    for nome, pk in [("protocolo", protocolo.pk), ("protocolo_xml", protocolo.pk), ("guia_recebida", guia.pk)]:
        assert sulina.get(reverse(f"lotes:{nome}", args=["sulina", pk])).status_code == 404
    assert sulina.get("/sulina/protocolos/avancar/", {"protocolo": protocolo.pk}).status_code == 404


def test_one_protocol_advances_with_date_and_note(cenario: Cenario, gestor: Client) -> None:
    protocolo = protocolar(cenario)
    dados = {"protocolo": protocolo.pk, "visto": visto(protocolo), "para": 2, "data": hoje(), "nota": "Fila de nov."}
    pagina = gestor.post(AVANCAR, dados, follow=True).content.decode()
    assert f"Protocolo {protocolo.numero} passado a “Em análise pela Operadora”." in pagina
    assert "Fila de nov." in pagina
    assert situacao_de(cenario, protocolo) == P.EM_ANALISE


def test_the_form_offers_only_what_all_the_chosen_allow(cenario: Cenario, gestor: Client) -> None:
    novo, em_analise = protocolar(cenario), avancado(cenario, P.EM_ANALISE)
    opcoes = _opcoes(gestor.get(AVANCAR, {"protocolo": [novo.pk, em_analise.pk]}))
    assert opcoes == {P.AGUARDANDO_INFORMACAO, P.ENCERRADO_SEM_PAGAMENTO, P.CANCELADO, P.BLOQUEIO_JUDICIAL}


def test_out_of_a_court_s_block_only_who_may_reopen_an_analysis_takes_one_back_to_it(
    cenario: Cenario, entrar: Callable[[Any], Client]
) -> None:
    protocolo = avancado(cenario, P.EM_ANALISE, P.LIBERADO, P.BLOQUEIO_JUDICIAL)
    outro = protocolar(cenario)
    volta = {"protocolo": protocolo.pk, "para": int(P.EM_ANALISE), "data": hoje(), "nota": "Decisão judicial"}
    analista = entrar(cenario.pessoa("analista", "pasa"))
    assert _opcoes(analista.get(AVANCAR, {"protocolo": protocolo.pk})) == {P.ENCERRADO_SEM_PAGAMENTO}
    # What the page says that it showed of another protocol opens no way for this one.
    for visto_antes in (visto(protocolo), visto(outro)):
        assert analista.post(AVANCAR, {**volta, "visto": visto_antes}).status_code == 403
    gestor = entrar(cenario.pessoa("gestor", "pasa"))
    assert P.EM_ANALISE in _opcoes(gestor.get(AVANCAR, {"protocolo": protocolo.pk}))
    sem_motivo = gestor.post(AVANCAR, {**volta, "visto": visto(protocolo), "nota": " "})
    assert "pede um motivo" in sem_motivo.content.decode()
    assert situacao_de(cenario, protocolo) == P.BLOQUEIO_JUDICIAL
    gestor.post(AVANCAR, {**volta, "visto": visto(protocolo)})
    assert situacao_de(cenario, protocolo) == P.EM_ANALISE


def test_states_without_a_common_next_step_say_so(cenario: Cenario, gestor: Client) -> None:
    liberado, cancelado = avancado(cenario, P.EM_ANALISE, P.LIBERADO), avancado(cenario, P.CANCELADO)
    pagina = gestor.get(AVANCAR, {"protocolo": [liberado.pk, cancelado.pk]}).content.decode()
    assert "Nenhuma situação serve a todos" in pagina


def test_many_advance_at_once(cenario: Cenario, gestor: Client) -> None:
    dois = [protocolar(cenario), protocolar(cenario, "boavista")]
    dados = {"protocolo": [p.pk for p in dois], "visto": [visto(p) for p in dois], "para": 2, "data": hoje()}
    pagina = gestor.post(AVANCAR, dados, follow=True).content.decode()
    assert "2 protocolos passados a “Em análise pela Operadora”." in pagina
    assert {situacao_de(cenario, p) for p in dois} == {P.EM_ANALISE}


def test_two_people_at_once_the_second_gets_409_with_who_and_what(cenario: Cenario, gestor: Client) -> None:
    protocolo = protocolar(cenario)
    com_o_velho = visto(protocolo)
    with cenario.dentro("pasa", "analista"):
        avanco.avancar(protocolo=protocolo, para=P.EM_ANALISE, por=cenario.pessoa("analista", "pasa"))
    dados = {"protocolo": protocolo.pk, "visto": com_o_velho, "para": 9, "data": hoje()}
    resposta = gestor.post(AVANCAR, dados)
    assert resposta.status_code == 409
    pagina = resposta.content.decode()
    assert "já foi passado a “Em análise pela Operadora” por Analista de contas da Silva" in pagina
    assert f'value="{protocolo.pk}:2"' in pagina
    assert situacao_de(cenario, protocolo) == P.EM_ANALISE


def test_billing_without_a_payment_date_keeps_the_form(cenario: Cenario, gestor: Client) -> None:
    protocolo = avancado(cenario, P.EM_ANALISE, P.LIBERADO)
    dados = {"protocolo": protocolo.pk, "visto": visto(protocolo), "para": 3, "data": hoje(), "nota": "Nota mantida"}
    resposta = gestor.post(AVANCAR, dados)
    assert resposta.status_code == 422
    assert "Informe a data de pagamento" in resposta.content.decode()
    assert "Nota mantida" in resposta.content.decode()
    amanha = timezone.localdate() + timedelta(days=1)
    pagina = gestor.post(AVANCAR, {**dados, "data_de_pagamento": f"{amanha:%d%m%Y}"}, follow=True).content.decode()
    assert f"Pagamento em {amanha:%d/%m/%Y}." in pagina


@pytest.mark.parametrize(("papel", "pode"), [(Papel.ANALISTA, False), (Papel.FINANCEIRO_OPERADORA, True)])
def test_billing_is_for_who_may_set_payments(cenario: Cenario, entrar: Entrar, papel: Papel, pode: bool) -> None:
    protocolo = avancado(cenario, P.EM_ANALISE, P.LIBERADO)
    cliente = entrar(cenario.pessoa(papel, "pasa"))
    assert (P.FATURADO in _opcoes(cliente.get(AVANCAR, {"protocolo": protocolo.pk}))) is pode
    dados = {"protocolo": protocolo.pk, "visto": visto(protocolo), "para": 3, "data": hoje()}
    resposta = cliente.post(AVANCAR, {**dados, "data_de_pagamento": hoje()})
    assert resposta.status_code == (302 if pode else 403)


def test_who_only_reads_sees_no_choice_and_may_not_advance(cenario: Cenario, entrar: Entrar) -> None:
    protocolo = protocolar(cenario)
    leitura = entrar(cenario.pessoa("leitura", "pasa"))
    assert "Avançar situação" not in leitura.get(LISTA).content.decode()
    assert leitura.get(AVANCAR, {"protocolo": protocolo.pk}).status_code == 403


@pytest.mark.parametrize("pk", ["abc", "0", "9" * 30, "²"])
def test_a_number_that_is_no_protocol_is_not_found(cenario: Cenario, gestor: Client, pk: str) -> None:
    assert gestor.get(AVANCAR, {"protocolo": pk}).status_code == 404


def test_choosing_nothing_sends_back_to_the_list(cenario: Cenario, gestor: Client) -> None:
    assert "Nenhum protocolo foi escolhido" in gestor.get(AVANCAR, follow=True).content.decode()


def _opcoes(resposta: Any) -> set[int]:
    return {int(valor) for valor, _ in resposta.context["form"].fields["para"].choices if valor}
