"""Screens of lots of typed guides, as a clerk goes through them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django.test import Client

from lotes.models import Lote
from tests.digitacao.apoio import digitar, valores_exemplo
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, criar_lote
from uploads.digitacao import montagem, transicoes
from uploads.digitacao.models import GuiaDigitada

BASE = "/aurelia/lotes"


@pytest.fixture
def guias(cenario: Cenario) -> list[GuiaDigitada]:
    """Three ready guides of aurelia for PASA, typed by its digitador."""
    with cenario.dentro("aurelia", "digitador"):
        return [digitar(cenario, numero=numero) for numero in (1, 2, 3)]


@pytest.fixture
def faturista(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    return client


@pytest.fixture
def lote(cenario: Cenario, guias: list[GuiaDigitada]) -> Lote:
    with cenario.dentro("aurelia", "faturista"):
        return montagem.criar_lote(guias=guias, por=cenario.pessoa("faturista", "aurelia"))


def numeros(cliente: Client, lote: Lote) -> list[str]:
    """Numbers of the guides on the lot's page, in its order."""
    return [guia.numero_do_prestador for guia in cliente.get(f"{BASE}/{lote.pk}/").context["digitadas"]]


def test_a_lot_is_opened_filled_and_closed_on_screens(
    cenario: Cenario, faturista: Client, guias: list[GuiaDigitada]
) -> None:
    with cenario.dentro("aurelia"):
        convenio = guias[0].convenio_id
    aberto = faturista.post(f"{BASE}/novo/", {"convenio": convenio, "tipo": "guiaSP-SADT", "versao": "4.03.00"})
    onde = aberto["Location"]
    pagina = faturista.get(onde).content.decode()
    assert "O lote ainda não tem guias" in pagina
    assert "nasce ao fechar o lote" in pagina
    assert faturista.get(f"{onde}xml/").status_code == 409
    assert faturista.get(f"{onde}log/").status_code == 200
    candidatas = faturista.get(f"{onde}adicionar/")
    assert [guia.numero_do_prestador for guia in candidatas.context["guias"]] == ["1", "2", "3"]
    assert "Cabem 100 no lote" in candidatas.content.decode()
    faturista.post(f"{onde}adicionar/", {"guia": [guia.pk for guia in guias]})
    assert "ainda não enviado" in faturista.get(onde).content.decode()
    xml = faturista.get(f"{onde}xml/")
    assert "ainda-nao-enviado.xml" in xml["Content-Disposition"]
    assert faturista.post(f"{onde}fechar/").status_code == 302
    assert "Fechado" in faturista.get(onde).content.decode()


def test_guides_are_found_by_period_typist_and_beneficiario(
    cenario: Cenario, faturista: Client, guias: list[GuiaDigitada]
) -> None:
    with cenario.dentro("aurelia", "faturista"):
        lote = montagem.criar_lote(guias=guias[:1], por=cenario.pessoa("faturista", "aurelia"))
    onde = f"{BASE}/{lote.pk}/adicionar/"

    def achadas(**filtros: str) -> list[str]:
        return [guia.numero_do_prestador for guia in faturista.get(onde, filtros).context["guias"]]

    assert achadas() == ["2", "3"]
    assert achadas(beneficiario="invenTÁDA 3") == ["3"]
    assert achadas(beneficiario=guias[1].numero_carteira) == ["2"]
    assert achadas(ate="01/01/2000") == []
    assert achadas(digitada_por=guias[1].criado_por_nome) == ["2", "3"]
    assert achadas(digitada_por="Ninguém") == []


def test_guides_leave_move_and_change_places_by_buttons(
    cenario: Cenario, faturista: Client, lote: Lote, guias: list[GuiaDigitada]
) -> None:
    arrumar = f"{BASE}/{lote.pk}/arrumar/"
    faturista.post(arrumar, {"subir": guias[2].pk})
    assert numeros(faturista, lote) == ["1", "3", "2"]
    faturista.post(arrumar, {"descer": guias[0].pk})
    assert numeros(faturista, lote) == ["3", "1", "2"]
    faturista.post(arrumar, {"acao": "tirar", "guia": [guias[0].pk]})
    assert numeros(faturista, lote) == ["3", "2"]
    with cenario.dentro("aurelia", "faturista"):
        outro = montagem.criar_lote(guias=[guias[0]], por=cenario.pessoa("faturista", "aurelia"))
    faturista.post(arrumar, {"acao": "mover", "guia": [guias[1].pk], "para": outro.pk})
    assert (numeros(faturista, lote), numeros(faturista, outro)) == (["3"], ["1", "2"])


def test_a_lot_of_a_file_is_not_filled_by_hand(cenario: Cenario, faturista: Client) -> None:
    enviado = criar_lote(cenario)
    for fim in ("adicionar/", "conferencia/"):
        resposta = faturista.get(f"{BASE}/{enviado.pk}/{fim}", follow=True)
        assert "veio de um arquivo" in resposta.content.decode()


def test_a_guide_typed_for_a_lot_enters_it_when_it_is_ready(cenario: Cenario, client: Client, lote: Lote) -> None:
    digitador = cenario.pessoa("digitador", "aurelia")
    client.force_login(digitador)
    onde = client.post(f"{BASE}/{lote.pk}/digitar/")["Location"]
    pk = int(re.findall(r"\d+", onde)[-1])
    with cenario.dentro("aurelia", "digitador"):
        guia = GuiaDigitada.objects.get(pk=pk)
        assert guia.lote_id is None
        salva, _ = transicoes.salvar(guia=guia, valores=valores_exemplo(numero=8), vista=guia.revisao, por=digitador)
        assert (salva.lote_id, salva.posicao) == (lote.pk, 4)
        assert lote.guias.get(posicao=4).numero_do_prestador == "8"


def test_a_second_person_ticks_guides_off_and_compares_the_sums(
    cenario: Cenario, faturista: Client, lote: Lote, guias: list[GuiaDigitada]
) -> None:
    onde = f"{BASE}/{lote.pk}/conferencia/"
    total = sum((guia.valor_informado for guia in guias), Decimal(0))
    papel = {"guias": "3", "valor": f"{total - 10:.2f}".replace(".", ",")}
    pagina = faturista.get(onde, papel)
    assert (pagina.context["quadro"].diferenca.guias, pagina.context["quadro"].diferenca.valor) == (0, Decimal(10))
    assert "O lote e o papel diferem" in pagina.content.decode()
    marcada = faturista.post(onde, papel | {"conferir": guias[0].pk}, follow=True)
    assert marcada.context["em_foco"] == guias[1].pk
    assert marcada.context["quadro"].conferidas.guias == 1
    with cenario.dentro("aurelia"):
        guia = GuiaDigitada.objects.get(pk=guias[0].pk)
        assert guia.conferida_por_nome == cenario.pessoa("faturista", "aurelia").nome
        transicoes.salvar(
            guia=guia, valores=guia.valores, vista=guia.revisao, por=cenario.pessoa("digitador", "aurelia")
        )
    assert faturista.get(onde).context["quadro"].conferidas.guias == 0
    faturista.post(onde, {"conferir": guias[1].pk})
    faturista.post(onde, {"desmarcar": guias[1].pk})
    assert faturista.get(onde).context["quadro"].conferidas.guias == 0


def test_whoever_typed_is_told_to_let_another_check(cenario: Cenario, client: Client, lote: Lote) -> None:
    onde = f"{BASE}/{lote.pk}/conferencia/"
    for papel, dito in (("digitador", True), ("faturista", False)):
        client.force_login(cenario.pessoa(papel, "aurelia"))
        assert ("Você digitou estas guias" in client.get(onde).content.decode()) is dito


def test_the_page_takes_the_same_queries_for_any_number_of_guides(
    cenario: Cenario, faturista: Client, guias: list[GuiaDigitada]
) -> None:
    def lote_de(quais: list[GuiaDigitada]) -> Lote:
        with cenario.dentro("aurelia", "faturista"):
            return montagem.criar_lote(guias=quais, por=cenario.pessoa("faturista", "aurelia"))

    um, dois = lote_de(guias[:1]), lote_de(guias[1:])
    for fim in ("", "conferencia/"):
        assert consultas_de(faturista, f"{BASE}/{um.pk}/{fim}") == consultas_de(faturista, f"{BASE}/{dois.pk}/{fim}")
