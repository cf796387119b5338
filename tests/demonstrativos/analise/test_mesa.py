"""The desk on the screen: what it shows, what its buttons do, and what it says when it refuses."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from demonstrativos.analise.models import (
    Acao,
    Analise,
    Glosa,
    ItemAnalisado,
    Observacao,
    ParametrosDaAnalise,
)
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Guia, MudancaDeSituacao
from tests.demonstrativos.analise.apoio import em_analise, ir_a, propor
from tests.demonstrativos.analise.tela import Tela
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, protocolar

Entrar = Callable[[Any], Client]


def test_the_desk_shows_guides_items_and_all_sums(tela: Tela) -> None:
    pagina = tela.ler()
    assert "0 de 2 conferidas" in pagina
    assert "22 | 40304361" in pagina
    assert "PESSOA INVENTADA 1" in pagina
    assert "Total do protocolo, 2 guias" in pagina
    assert "317,62" in pagina
    assert "Liberar para faturamento" in pagina


def test_without_script_an_item_is_refused_in_two_pages(tela: Tela) -> None:
    item = tela.item()
    form = tela.ler(guia=1, glosar=item)
    assert "No máximo 79,40." in form
    assert f'name="item" value="{item}"' in form
    resposta = tela.agir("glosar", item=item, codigo="1705", valor="9,80", motivo="tabela contratada")
    assert resposta.status_code == 302
    pagina = tela.ler(guia=1)
    assert "−9,80" in pagina
    assert "tabela contratada" in pagina
    assert "glosado em parte" in pagina
    assert tela.glosas() == [("1705", Decimal("9.80"))]


def test_a_quantity_alone_is_reckoned_by_the_server(tela: Tela) -> None:
    tela.agir("glosar", item=tela.item(), codigo="1705", quantidade="0,5")
    assert tela.glosas() == [("1705", Decimal("39.70"))]


@pytest.mark.parametrize(
    ("dados", "frase"),
    [
        ({"codigo": ""}, "Este campo é obrigatório"),
        ({"codigo": "9999"}, "O código 9999 não existe na Tabela 38"),
        ({"codigo": "1705", "valor": "999,00"}, "no máximo 79,40"),
        ({"codigo": "1705", "valor": "abc"}, "abc"),
        ({"codigo": "1705", "motivo": "x" * 501}, "500"),
    ],
)
def test_what_is_refused_is_said_with_what_was_typed_still_there(tela: Tela, dados: dict[str, str], frase: str) -> None:
    resposta = tela.agir("glosar", item=tela.item(), **dados)
    pagina = resposta.content.decode()
    assert resposta.status_code == 422
    assert frase in pagina
    assert all(f'value="{valor}"' in pagina for valor in dados.values() if valor)
    assert not tela.glosas()


def test_with_htmx_the_desk_alone_comes_back(tela: Tela) -> None:
    resposta = tela.cliente.post(
        reverse("analise:agir", args=["pasa", tela.analise.protocolo_id]),
        {**tela.visto(), "acao": f"conferir:{tela.item()}"},
        headers={"HX-Request": "true", "HX-Target": "mesa"},
    )
    pagina = resposta.content.decode()
    assert pagina.lstrip().startswith('<div class="mesa-toda" id="mesa"')
    assert "Item 1: conferido." in pagina
    assert resposta["HX-Push-Url"] == f"{tela.endereco}?guia=1"


def test_going_through_a_guide_leads_to_the_next_and_after_the_last_back_to_what_is_left(tela: Tela) -> None:
    assert tela.agir("conferir_guia", guia=2)["Location"] == f"{tela.endereco}?guia=1"
    assert tela.agir("conferir_guia", guia=1)["Location"] == f"{tela.endereco}?guia=1"
    assert "2 de 2 conferidas" in tela.ler()


def test_several_items_are_marked_and_refused_at_once(tela: Tela) -> None:
    itens = [tela.item(1), tela.item(2)]
    form = tela.agir("preparar", item=itens).content.decode()
    assert "Glosar 2 itens marcados" in form
    tela.agir("glosar", item=",".join(map(str, itens)), codigo="1801")
    assert len(tela.glosas()) == 2
    tela.agir("desfazer")
    assert not tela.glosas()


def test_a_guide_and_a_protocol_are_refused_whole_and_taken_back(tela: Tela) -> None:
    assert "a guia" in tela.ler(guia=1, glosar="guia")
    tela.agir("glosar_guia", codigo="1801", motivo="sem assinatura")
    assert "Guia inteira glosada" in tela.ler(guia=1)
    tela.agir("retirar_da_guia")
    assert not tela.glosas()
    assert "o protocolo inteiro" in tela.ler(glosar="protocolo")
    tela.agir("glosar_protocolo", codigo="1818")
    assert "Protocolo inteiro glosado: 1818" in tela.ler()
    tela.agir("retirar_do_protocolo")
    assert not tela.glosas()


def test_proposals_are_accepted_or_taken_away_and_stand_in_the_way_of_the_release(tela: Tela) -> None:
    with tela.cenario.dentro("pasa"):
        propostas = [propor(ItemAnalisado.objects.get(pk=tela.item(n))).pk for n in (1, 2)]
    pagina = tela.ler(guia=1)
    assert "2 glosas da conferência automática a confirmar" in pagina
    assert "Para liberar: aceite ou retire" in pagina
    assert "Glosa da regra, a confirmar." in pagina
    assert "a confirmar" in tela.mudar("liberar")
    assert tela.situacao() == P.EM_ANALISE
    tela.agir(f"aceitar:{propostas[0]}")
    tela.agir(f"retirar:{propostas[1]}")
    tela.mudar("liberar")
    assert tela.situacao() == P.LIBERADO


def test_all_proposals_of_the_protocol_are_accepted_by_one_button(tela: Tela) -> None:
    with tela.cenario.dentro("pasa"):
        for guia in (1, 2):
            propor(ItemAnalisado.objects.get(pk=tela.item(1, guia)))
    tela.agir("aceitar_todas")
    assert "a confirmar" not in tela.ler()


@pytest.mark.parametrize("acao", ["aceitar:", "aceitar:abc"])
def test_a_button_whose_glosas_cannot_be_read_accepts_none(tela: Tela, acao: str) -> None:
    with tela.cenario.dentro("pasa"):
        proposta = propor(ItemAnalisado.objects.get(pk=tela.item()))
    assert tela.agir(acao).status_code == 422
    with tela.cenario.dentro("pasa"):
        assert not Glosa.objects.get(pk=proposta.pk).confirmada


def test_what_the_desk_says_by_itself_is_not_noted_again(tela: Tela) -> None:
    with tela.cenario.dentro("pasa"):
        item = ItemAnalisado.objects.get(pk=tela.item())
        Observacao.objects.bulk_create(
            Observacao(
                prestador_id=item.prestador_id,
                operadora_id=item.operadora_id,
                analise_id=item.analise_id,
                guia_id=guia,
                criterio=criterio,
                codigo="1713",
                texto=f"{criterio} de {'guia' if guia else 'lote'}.",
            )
            for criterio in ("critica_ignorada", "total_acima_dos_itens")
            for guia in (item.guia_id, None)
        )
    pagina = tela.ler(guia=1)
    assert "total_acima_dos_itens de guia." in pagina
    assert "total_acima_dos_itens de lote." in pagina
    assert "critica_ignorada" not in pagina


def test_repricing_is_on_the_desk_only_where_the_operadora_allows_it(tela: Tela) -> None:
    item = tela.item()
    assert "Reprecificar" not in tela.ler(guia=1, glosar=item)
    with tela.cenario.dentro("pasa"):
        ParametrosDaAnalise.objects.update_or_create(
            operadora=tela.cenario.pasa, defaults={"permite_reprecificar": True}
        )
    assert "Reprecificar sem glosa" in tela.ler(guia=1, glosar=item)
    assert tela.agir(f"reprecificar:{item}", valor_processado="abc").status_code == 422
    tela.agir(f"reprecificar:{item}", valor_processado="70,00")
    assert "308,22" in tela.ler()


def test_words_for_the_prestador_are_kept(tela: Tela) -> None:
    tela.agir("observar", texto="Envie o laudo.")
    assert "Envie o laudo." in tela.ler(guia=1)


def test_somebody_elses_change_is_a_409_with_who_and_the_desk_as_it_is_now(tela: Tela, entrar: Entrar) -> None:
    velho = tela.visto()
    entrar(tela.cenario.pessoa("gestor", "pasa"))
    tela.agir("glosar", item=tela.item(1), codigo="1705", valor="1,00")
    entrar(tela.cenario.pessoa("analista", "pasa"))
    resposta = tela.agir(f"conferir:{tela.item(2)}", **velho)
    pagina = resposta.content.decode()
    assert resposta.status_code == 409
    assert "por Gestor da operadora da Silva" in pagina
    assert "−1,00" in pagina
    assert "liberado para faturamento" in tela.mudar("liberar")
    assert tela.situacao() == P.LIBERADO


def test_a_release_over_what_somebody_changed_is_refused(tela: Tela) -> None:
    velho = tela.visto()
    tela.agir(f"conferir:{tela.item()}")
    assert "Nada foi alterado" in tela.mudar("liberar", **velho)
    assert tela.situacao() == P.EM_ANALISE


@pytest.mark.parametrize("acao", ["", "nada", "conferir:0", "conferir:abc", "retirar:", "aceitar:99", "reprecificar"])
def test_a_verb_that_means_nothing_is_refused_in_words(tela: Tela, acao: str) -> None:
    assert tela.agir(acao).status_code == 422
    with tela.cenario.dentro("pasa"):
        assert not Acao.objects.exists()


@pytest.mark.parametrize("guia", ["0", "99", "abc", "9" * 30])
def test_a_guide_that_is_not_there_is_not_found(tela: Tela, guia: str) -> None:
    agir = reverse("analise:agir", args=["pasa", tela.analise.protocolo_id])
    assert tela.cliente.post(agir, {"acao": "conferir_guia", "guia": guia}).status_code == 404
    assert tela.cliente.get(tela.endereco, {"guia": guia}).status_code == 200


def test_who_only_reads_sees_the_desk_without_a_button(cenario: Cenario, entrar: Entrar) -> None:
    analise = em_analise(cenario)
    tela = Tela(cenario, entrar(cenario.pessoa("leitura", "pasa")), analise)
    pagina = tela.ler()
    assert "Total da guia" in pagina
    assert "Glosar" not in pagina
    assert tela.agir("desfazer").status_code == 403


@pytest.mark.parametrize("glosar", ["guia", "protocolo", "item"])
def test_no_form_of_a_glosa_is_shown_to_who_may_not_give_one(cenario: Cenario, entrar: Entrar, glosar: str) -> None:
    analise = em_analise(cenario)
    tela = Tela(cenario, entrar(cenario.pessoa("leitura", "pasa")), analise)
    pagina = tela.ler(guia=1, glosar=tela.item() if glosar == "item" else glosar)
    assert 'id="codigo"' not in pagina


def test_an_item_of_another_protocol_is_not_refused_here(tela: Tela) -> None:
    alheia = em_analise(tela.cenario)
    with tela.cenario.dentro("pasa"):
        alheio = ItemAnalisado.objects.filter(analise=alheia).first()
    assert tela.agir("glosar", item=alheio.pk, codigo="1705").status_code == 422


def test_waiting_for_documents_the_desk_is_for_reading_until_it_is_resumed(tela: Tela) -> None:
    with tela.cenario.dentro("pasa", "analista"):
        ir_a(tela.analise, P.AGUARDANDO_INFORMACAO, tela.cenario.pessoa("analista", "pasa"))
    assert "Só leitura" in tela.ler()
    assert tela.agir(f"conferir:{tela.item()}").status_code == 422
    assert "retomada" in tela.mudar("retomar")
    assert tela.situacao() == P.EM_ANALISE


def test_a_protocol_is_closed_only_with_a_reason(tela: Tela) -> None:
    assert "Falta o motivo" in tela.mudar("encerrar", motivo=" ")
    assert tela.situacao() == P.EM_ANALISE
    tela.mudar("encerrar", motivo="Cobrança repetida")
    assert tela.situacao() == P.ENCERRADO_SEM_PAGAMENTO


def test_opening_again_is_a_right_of_its_own_with_a_reason(tela: Tela, entrar: Entrar) -> None:
    tela.mudar("liberar")
    reabrir = reverse("analise:reabrir", args=["pasa", tela.analise.protocolo_id])
    assert tela.cliente.post(reabrir, {"motivo": "Engano"}).status_code == 403
    assert "Reabrir a análise" not in tela.ler()
    entrar(tela.cenario.pessoa("gestor", "pasa"))
    assert "Falta o motivo" in tela.mudar("reabrir", motivo="")
    assert tela.situacao() == P.LIBERADO
    assert "reaberta" in tela.mudar("reabrir", motivo="Glosa indevida")
    assert tela.situacao() == P.EM_ANALISE


def test_a_protocol_that_nobody_began_is_begun_from_its_desk(cenario: Cenario, entrar: Entrar) -> None:
    cliente = entrar(cenario.pessoa("analista", "pasa"))
    protocolo = protocolar(cenario)
    endereco = reverse("analise:mesa", args=["pasa", protocolo.pk])
    assert "A análise ainda não começou" in cliente.get(endereco).content.decode()
    pagina = cliente.post(reverse("analise:comecar", args=["pasa", protocolo.pk]), follow=True).content.decode()
    assert "em análise, com você" in pagina
    with cenario.dentro("pasa"):
        assert Analise.objects.get().responsavel_id == cenario.pessoa("analista", "pasa").pk


def test_a_protocol_that_waits_for_documents_before_its_analysis_is_resumed_from_its_desk(
    cenario: Cenario, entrar: Entrar
) -> None:
    cliente, protocolo = entrar(cenario.pessoa("analista", "pasa")), protocolar(cenario)
    with cenario.dentro("pasa", "analista"):
        por = cenario.pessoa("analista", "pasa")
        avanco.avancar(protocolo=protocolo, para=P.AGUARDANDO_INFORMACAO, por=por)
    pagina = cliente.get(reverse("analise:mesa", args=["pasa", protocolo.pk])).content.decode()
    assert "nada mais se analisa" not in pagina
    assert "Retomar a análise" in pagina
    retomar = reverse("analise:retomar", args=["pasa", protocolo.pk])
    assert "retomada" in cliente.post(retomar, follow=True).content.decode()


def test_who_only_reads_is_offered_no_beginning(cenario: Cenario, entrar: Entrar) -> None:
    protocolo = protocolar(cenario)
    cliente = entrar(cenario.pessoa("leitura", "pasa"))
    pagina = cliente.get(reverse("analise:mesa", args=["pasa", protocolo.pk])).content.decode()
    assert "A análise ainda não começou" in pagina
    assert "Começar a análise" not in pagina


def test_the_lines_of_a_text_count_as_they_do_in_the_browser(tela: Tela) -> None:
    texto = "\r\n".join(["x" * 9] * 50)  # 499 characters in the field, 548 on the way
    assert tela.agir("observar", texto=texto).status_code == 302
    tela.mudar("encerrar", motivo=texto)
    with tela.cenario.dentro("pasa"):
        assert len(MudancaDeSituacao.objects.latest("pk").nota) == 499


def test_the_desk_costs_the_same_queries_whatever_its_size(cenario: Cenario, entrar: Entrar) -> None:
    cliente = entrar(cenario.pessoa("analista", "pasa"))
    pequena, grande = em_analise(cenario, guias=1, itens=1), em_analise(cenario, guias=12, itens=30)
    medidas = [consultas_de(cliente, reverse("analise:mesa", args=["pasa", a.protocolo_id])) for a in (pequena, grande)]
    assert medidas[0] == medidas[1]


def test_a_guide_of_many_items_comes_by_the_page(cenario: Cenario, entrar: Entrar) -> None:
    analise = em_analise(cenario, guias=1, itens=201)
    tela = Tela(cenario, entrar(cenario.pessoa("analista", "pasa")), analise)
    assert tela.ler(guia=1).count("data-item=") == 200
    assert tela.ler(guia=1, pagina=2).count("data-item=") == 1
    assert "pagina=2" in tela.agir(f"conferir:{tela.item(201)}", pagina=2)["Location"]


def test_codes_are_found_by_number_and_by_words_and_only_those_that_refuse(tela: Tela) -> None:
    def achados(q: str) -> list[str]:
        return [o["rotulo"] for o in tela.cliente.get("/pasa/analise/codigos/", {"q": q}).json()["opcoes"]]

    assert achados("1705") == ["1705"]
    assert "1705" in achados("valor apresentado maior")
    assert achados("5001") == []
    assert achados("17\x0005") == ["1705"]


def _do_prestador(tela: Tela, rota: str, pk: int) -> str:
    cliente = Client()
    cliente.force_login(tela.cenario.pessoa("faturista", "aurelia"))
    return cliente.get(reverse(rota, args=["aurelia", pk])).content.decode()


def _pagina_da_guia(tela: Tela) -> str:
    with tela.cenario.dentro("aurelia"):
        guia = Guia.objects.get(lote=tela.analise.lote_id, posicao=1)
    return _do_prestador(tela, "lotes:guia", guia.pk)


def test_the_prestador_reads_what_was_refused_and_why_from_the_release_on(tela: Tela) -> None:
    tela.agir("glosar", item=tela.item(), codigo="1705", valor="9,80", motivo="tabela contratada: 69,60")
    tela.agir("observar", texto="Envie o laudo.")
    antes = _pagina_da_guia(tela)
    assert "1705" not in antes
    assert "Envie o laudo" not in antes
    tela.mudar("liberar")
    depois = _pagina_da_guia(tela)
    assert "VALOR APRESENTADO A MAIOR, 9,80: tabela contratada: 69,60" in depois
    assert "Observação da operadora: Envie o laudo." in depois
    assert "149,01" in depois
    assert "9,80" in _do_prestador(tela, "lotes:lote", tela.analise.lote_id)


def test_the_gestor_decides_about_the_analysis(cenario: Cenario, entrar: Entrar) -> None:
    cliente, endereco = entrar(cenario.pessoa("gestor", "pasa")), "/pasa/analise/parametros/"
    assert cliente.post(endereco, {"prazo_de_analise": "0"}).status_code == 422
    dados = {"prazo_de_analise": "10", "permite_reprecificar": "on", "exige_conferencia_das_guias": "on"}
    assert "Parâmetros da análise salvos" in cliente.post(endereco, dados, follow=True).content.decode()
    with cenario.dentro("pasa"):
        valores = ParametrosDaAnalise.objects.values_list(
            "prazo_de_analise", "permite_reprecificar", "exige_conferencia_das_guias", "conferencia_automatica"
        )
        assert list(valores) == [(10, True, True, False)]
    assert entrar(cenario.pessoa("analista", "pasa")).get(endereco).status_code == 403
