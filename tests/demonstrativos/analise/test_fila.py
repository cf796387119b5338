"""The work list: who analyses what, in which order, one or many at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from demonstrativos.analise import fila
from demonstrativos.analise.consultas import DE_NINGUEM, MEUS, ORDENS, filtrados, listar
from demonstrativos.analise.estados import Prioridade
from demonstrativos.analise.models import Acao, Analise
from demonstrativos.analise.recusas import AnaliseFechada, FilaVazia
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.analise.apoio import em_analise, ir_a
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, folha_de, protocolar

Entrar = Callable[[Any], Client]
LISTA = "/pasa/analise/"


@pytest.fixture
def analista(cenario: Cenario, entrar: Entrar) -> Client:
    return entrar(cenario.pessoa("analista", "pasa"))


def _assumir(cenario: Cenario, papel: str = "analista") -> Analise:
    with cenario.dentro("pasa", papel):
        return fila.assumir_proximo(operadora=cenario.pasa, por=cenario.pessoa(papel, "pasa"))


def _mudar(cenario: Cenario, analise: Analise, **valores: Any) -> None:
    with cenario.dentro("pasa"):
        Analise.objects.filter(pk=analise.pk).update(**valores)


def test_the_next_is_the_most_urgent_then_the_soonest_due_then_the_oldest(cenario: Cenario) -> None:
    hoje = timezone.localdate()
    velha, cedo, urgente = (em_analise(cenario, guias=1, itens=1) for _ in range(3))
    _mudar(cenario, velha, prazo=hoje + timedelta(days=9))
    _mudar(cenario, cedo, prazo=hoje)
    _mudar(cenario, urgente, prioridade=Prioridade.URGENTE, prazo=hoje + timedelta(days=30))
    assert [_assumir(cenario).pk for _ in range(3)] == [urgente.pk, cedo.pk, velha.pk]


def test_where_all_have_somebody_the_oldest_that_nobody_began_is_begun(cenario: Cenario) -> None:
    primeiro, segundo = protocolar(cenario, guias=1), protocolar(cenario, guias=1)
    assumidos = [_assumir(cenario), _assumir(cenario, "gestor")]
    assert [analise.protocolo_id for analise in assumidos] == [primeiro.pk, segundo.pk]
    assert [analise.responsavel_nome for analise in assumidos] == [
        "Analista de contas da Silva",
        "Gestor da operadora da Silva",
    ]
    with cenario.dentro("pasa"):
        assert set(Protocolo.objects.values_list("situacao", flat=True)) == {P.EM_ANALISE}
    with pytest.raises(FilaVazia, match="todos os recebidos já têm responsável"):
        _assumir(cenario)


def test_changes_of_the_list_are_told_and_never_undone_by_the_undo_of_the_desk(cenario: Cenario) -> None:
    analise, por = em_analise(cenario, guias=1, itens=1), cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        fila.atribuir(analises=[analise], responsavel=por, por=por)
        fila.priorizar(analises=[analise], prioridade=Prioridade.ALTA, por=por)
        fila.mudar_prazo(analises=[analise], prazo=timezone.localdate(), por=por)
        titulos = list(Acao.objects.order_by("pk").values_list("titulo", flat=True))
        assert not Acao.objects.exclude(guias=[]).exists()
    assert titulos[:2] == ["Responsável: ninguém → Gestor da operadora da Silva", "Prioridade: Normal → Alta"]
    assert titulos[2].endswith(f"→ {timezone.localdate():%d/%m/%Y}")


def test_a_released_protocol_is_no_longer_given_to_anybody(cenario: Cenario) -> None:
    analise, por = em_analise(cenario, guias=1, itens=1), cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        ir_a(analise, P.LIBERADO, por)
        with pytest.raises(AnaliseFechada, match="Tire-o da escolha"):
            fila.atribuir(analises=[analise], responsavel=por, por=por)


def test_each_filter_leaves_what_it_names(cenario: Cenario) -> None:
    hoje, eu = timezone.localdate(), cenario.pessoa("analista", "pasa")
    novo = protocolar(cenario, "boavista", guias=1)
    minha, vencida, liberada = (em_analise(cenario, guias=1, itens=1) for _ in range(3))
    with cenario.dentro("pasa", "analista"):
        fila.atribuir(analises=[minha], responsavel=eu, por=eu)
        ir_a(liberada, P.LIBERADO, eu)
    _mudar(cenario, vencida, prazo=hoje - timedelta(days=1), prioridade=Prioridade.ALTA)
    _mudar(cenario, minha, prazo=hoje + timedelta(days=2))

    def achados(**filtros: Any) -> set[int]:
        with cenario.dentro("pasa"):
            achou = filtrados(cenario.pasa, {"situacao": "a-analisar", **filtros}, eu.pk)
            return set(achou.values_list("pk", flat=True))

    m, v, li = minha.protocolo_id, vencida.protocolo_id, liberada.protocolo_id
    assert achados() == {novo.pk, m, v}
    assert achados(situacao="") == {novo.pk, m, v, li}
    assert achados(situacao="5") == {li}
    assert achados(responsavel=MEUS) == {m}
    assert achados(responsavel=DE_NINGUEM) == {novo.pk, v}
    assert achados(responsavel=str(eu.pk)) == {m}
    assert achados(prazo="vencidos") == {v}
    assert achados(prazo="hoje") == set()
    assert achados(prazo="3") == {m}
    assert achados(prioridade="1") == {v}
    assert achados(prioridade="0") == {novo.pk, m}
    assert achados(prestador=cenario.boavista) == {novo.pk}
    assert achados(protocolo=liberada.protocolo.numero) == {li}
    assert achados(lote=minha.lote.numero) == {m}
    assert achados(tipo="guiaConsulta") == set()
    assert achados(valor_de=159) == set()
    assert achados(valor_ate=158) == set()
    assert achados(valor_ate=0) == set()
    assert achados(de=hoje + timedelta(days=1)) == set()
    assert achados(ate=hoje) == {novo.pk, m, v}


@pytest.mark.parametrize("ordem", ["", "nada", *(sinal + nome for nome in ORDENS for sinal in ("", "-"))])
def test_every_column_sorts_both_ways(cenario: Cenario, ordem: str) -> None:
    em_analise(cenario, guias=1, itens=1)
    protocolar(cenario, "boavista", guias=1)
    with cenario.dentro("pasa"):
        lista = listar(filtrados(cenario.pasa, {}, 0), ordem, None)
        assert (lista.ordem, len(lista.pagina.object_list)) == (ordem if ordem.strip("-") in ORDENS else "fila", 2)


def test_the_list_sums_the_whole_result_and_costs_the_same_queries(cenario: Cenario, analista: Client) -> None:
    em_analise(cenario, guias=1, itens=1)
    com_um = consultas_de(analista, LISTA)
    for _ in range(5):
        em_analise(cenario, "boavista", guias=2, itens=1)
    assert consultas_de(analista, LISTA) == com_um
    pagina = analista.get(LISTA).content.decode()
    assert "Total de 6 protocolos" in pagina
    assert "1.746,91" in pagina


def test_the_spreadsheet_has_the_whole_result(cenario: Cenario, analista: Client) -> None:
    analise = em_analise(cenario)
    protocolar(cenario, "boavista")
    folha = folha_de(analista.get(f"{LISTA}analise.xlsx"))
    linhas = list(folha.iter_rows(min_row=2, values_only=True))
    assert [linha[2] for linha in linhas] == [analise.protocolo.numero, analise.protocolo.numero + 1]
    assert linhas[0][0] == "Normal"
    assert linhas[1][0] is None


def test_the_next_button_leads_to_the_desk_or_says_that_nothing_waits(cenario: Cenario, analista: Client) -> None:
    assert "Não há protocolo esperando" in analista.post(f"{LISTA}proximo/", follow=True).content.decode()
    analise = em_analise(cenario)
    resposta = analista.post(f"{LISTA}proximo/")
    assert resposta["Location"] == f"{LISTA}protocolos/{analise.protocolo_id}/"


def test_the_chosen_are_given_to_somebody_with_priority_and_deadline(cenario: Cenario, analista: Client) -> None:
    duas = [em_analise(cenario, guias=1, itens=1) for _ in range(2)]
    ids = ",".join(str(a.protocolo_id) for a in duas)
    atribuir = f"{LISTA}varios/atribuir/"
    assert "2 protocolos em análise, de 2 escolhidos" in analista.post(atribuir, {"protocolo": ids}).content.decode()
    assert analista.post(atribuir, {"protocolo": ids, "salvar": "1"}).status_code == 422
    quem = cenario.pessoa("gestor", "pasa")
    dados = {"protocolo": ids, "salvar": "1", "responsavel": quem.pk, "prioridade": "2", "prazo": "30/11/2026"}
    assert "2 protocolos mudados" in analista.post(atribuir, dados, follow=True).content.decode()
    with cenario.dentro("pasa"):
        assert set(Analise.objects.values_list("responsavel_nome", "prioridade")) == {
            ("Gestor da operadora da Silva", Prioridade.URGENTE)
        }
    analista.post(atribuir, {"protocolo": ids, "salvar": "1", "responsavel": DE_NINGUEM})
    with cenario.dentro("pasa"):
        assert not Analise.objects.exclude(responsavel=None).exists()


@pytest.mark.parametrize("verbo", ["atribuir", "avancar"])
@pytest.mark.parametrize("protocolo", ["", "abc"])
def test_choosing_nothing_sends_back_to_the_list(analista: Client, verbo: str, protocolo: str) -> None:
    pagina = analista.post(f"{LISTA}varios/{verbo}/", {"protocolo": protocolo}, follow=True).content.decode()
    assert "Nenhum protocolo foi escolhido" in pagina


@pytest.mark.parametrize("verbo", ["atribuir", "avancar"])
def test_anothers_protocol_is_not_found(cenario: Cenario, entrar: Entrar, verbo: str) -> None:
    protocolo = protocolar(cenario)
    sulina = entrar(cenario.pessoa("gestor", "sulina"))
    assert sulina.post(f"/sulina/analise/varios/{verbo}/", {"protocolo": protocolo.pk}).status_code == 404


def test_all_that_the_filters_found_advance_in_one_action(cenario: Cenario, analista: Client) -> None:
    """By the filters to choose them, and in one field to change them: a form holds only so many."""
    for _ in range(3):
        em_analise(cenario, guias=1, itens=1)
    fora = protocolar(cenario, guias=1)
    pagina = analista.post(f"{LISTA}varios/avancar/", {"todos": "1", "filtros": "situacao=2"}).content.decode()
    campos = {nome: re.findall(f'name="{nome}" value="([^"]*)"', pagina) for nome in ("protocolo", "visto")}
    assert [len(valores) for valores in campos.values()] == [1, 1]
    dados = {**campos, "para": 5}
    resposta = analista.post("/pasa/protocolos/avancar/", {**dados, "data": f"{timezone.localdate():%d/%m/%Y}"})
    assert resposta.status_code == 302
    with cenario.dentro("pasa"):
        assert Protocolo.objects.filter(situacao=P.LIBERADO).count() == 3
        assert Protocolo.objects.get(pk=fora.pk).situacao == P.ENVIADO


def _consultas_para_avancar(cenario: Cenario, analista: Client, quantos: int) -> int:
    protocolos = [protocolar(cenario, guias=1, itens=1) for _ in range(quantos)]
    dados = {
        "protocolo": ",".join(str(p.pk) for p in protocolos),
        "visto": ",".join(f"{p.pk}:1" for p in protocolos),
        "para": 2,
        "data": f"{timezone.localdate():%d/%m/%Y}",
    }
    with CaptureQueriesContext(connection) as feitas:
        assert analista.post("/pasa/protocolos/avancar/", dados).status_code == 302
    return len(feitas)


def test_a_hundred_more_protocols_cost_no_more_statements(cenario: Cenario, analista: Client) -> None:
    _consultas_para_avancar(cenario, analista, 1)
    assert _consultas_para_avancar(cenario, analista, 200) == _consultas_para_avancar(cenario, analista, 100)
