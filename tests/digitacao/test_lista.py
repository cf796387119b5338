"""The list of typed guides: what stands in which tab, who sees it, and what is done with several at once."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from conecta.texto import para_busca
from tests.digitacao.apoio import comecar, digitar
from tests.fabrica import Cenario
from uploads.digitacao import montagem
from uploads.digitacao.erros import GuiaFechada
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.exclusao import excluir, restaurar
from uploads.digitacao.lista import ABAS, aba_de, contar_por_aba, filtradas, listar
from uploads.digitacao.lista_forms import FiltrosDaLista
from uploads.digitacao.models import GuiaDigitada, ProcedimentoUsual, ProfissionalConhecido

LISTA = "digitacao:lista"


def url(nome: str = LISTA, **partes: Any) -> str:
    return reverse(nome, kwargs={"slug": "aurelia", **partes})


@pytest.fixture
def de_cada(cenario: Cenario) -> dict[str, GuiaDigitada]:
    """One guide for each tab."""
    with cenario.dentro("aurelia", "digitador"):
        guias = {
            "digitacao": comecar(cenario),
            "prontas": digitar(cenario, numero=1),
            "lote": digitar(cenario, numero=2),
            "excluidas": comecar(cenario),
            "criticas": comecar(cenario),
        }
        excluir(guias=[guias["excluidas"]], por=cenario.pessoa("digitador", "aurelia"))
        GuiaDigitada.objects.filter(pk=guias["criticas"].pk).update(situacao=SituacaoDaGuia.COM_CRITICAS)
    with cenario.dentro("aurelia", "faturista"):
        montagem.criar_lote(guias=[guias["lote"]], por=cenario.pessoa("faturista", "aurelia"))
    return guias


def test_every_guide_stands_in_one_tab_and_is_counted_there(cenario: Cenario, de_cada: dict[str, GuiaDigitada]) -> None:
    with cenario.dentro("aurelia"):
        assert contar_por_aba(cenario.aurelia) == {aba.id: 1 for aba in ABAS}
        for aba in ABAS:
            assert [guia.pk for guia in filtradas(cenario.aurelia, aba, {})] == [de_cada[aba.id].pk]
    with cenario.dentro("boavista"):
        assert set(contar_por_aba(cenario.boavista).values()) == {0}


def test_guides_are_found_by_who_they_are_for_who_typed_them_and_their_number(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        ana, outra = comecar(cenario), comecar(cenario, "guiaConsulta")
        GuiaDigitada.objects.filter(pk=ana.pk).update(
            numero_carteira="00090",
            numero_do_prestador="77",
            nome_busca=para_busca("Ana Conceição"),
            valor_informado=10,
        )
        pessoa = cenario.pessoa("digitador", "aurelia")

        def achadas(**filtros: str) -> list[int]:
            endereco = QueryDict(mutable=True)
            endereco.update(filtros)
            form = FiltrosDaLista(endereco, cenario.aurelia)
            assert form.is_valid(), form.errors
            return [guia.pk for guia in filtradas(cenario.aurelia, aba_de("digitacao"), form.cleaned_data)]

        for filtros in (
            {"beneficiario": "conceicao"},
            {"beneficiario": "0009"},
            {"numero": "77"},
            {"tipo": "guiaSP-SADT"},
            {"convenio": str(ana.convenio_id), "beneficiario": "ana", "digitador": str(pessoa.pk)},
        ):
            assert achadas(**filtros) == [ana.pk], filtros
        assert set(achadas()) == {ana.pk, outra.pk}
        assert achadas(ate="01/01/2020") == []
        lista = listar(filtradas(cenario.aurelia, aba_de("digitacao"), {}), "-valor", None)
        assert [guia.pk for guia in lista.pagina] == [ana.pk, outra.pk]
        assert (lista.totais.quantas, lista.totais.valor) == (2, Decimal(10))


def test_an_excluded_guide_comes_back_as_it_was_judged(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "digitador"):
        por = cenario.pessoa("digitador", "aurelia")
        pronta, rascunho = digitar(cenario), comecar(cenario)
        revisao = pronta.revisao
        assert len(excluir(guias=[pronta, rascunho], por=por)) == 2
        assert excluir(guias=[pronta], por=por) == []
        voltou, com_criticas = restaurar(guias=[pronta, rascunho], por=por)
        assert (voltou.situacao, voltou.revisao) == (SituacaoDaGuia.PRONTA, revisao + 2)
        assert com_criticas.situacao == SituacaoDaGuia.COM_CRITICAS
        assert com_criticas.criticas
        assert restaurar(guias=[pronta], por=por) == []


def test_a_guide_in_a_lot_is_not_excluded_nor_any_chosen_with_it(cenario: Cenario) -> None:
    with cenario.dentro("aurelia", "faturista"):
        por = cenario.pessoa("faturista", "aurelia")
        no_lote, solta = digitar(cenario, numero=1), digitar(cenario, numero=2)
        lote = montagem.criar_lote(guias=[no_lote], por=por)
        with pytest.raises(GuiaFechada) as recusa:
            excluir(guias=[solta, no_lote], por=por)
        assert str(lote.numero) in recusa.value.frase
        assert not GuiaDigitada.objects.filter(situacao=SituacaoDaGuia.EXCLUIDA).exists()


def test_what_was_excluded_can_be_undone_from_the_page_that_says_so(cenario: Cenario, entrar: Any) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    dados = {"guia": [guia.pk], "filtros": "aba=digitacao&tipo=guiaSP-SADT"}
    pagina = cliente.post(url("digitacao:varias"), dados | {"acao": "excluir"}, follow=True)
    assert "1 guia excluída." in pagina.text
    assert pagina.request["QUERY_STRING"] == f"aba=digitacao&tipo=guiaSP-SADT&desfazer={guia.pk}"
    pagina = cliente.post(url("digitacao:varias"), dados | {"acao": "restaurar"}, follow=True)
    assert "1 guia restaurada." in pagina.text
    assert "Nenhuma guia foi escolhida" in cliente.post(url("digitacao:varias"), {"acao": "excluir"}, follow=True).text


def test_ready_guides_of_one_kind_become_a_lot(cenario: Cenario, entrar: Any) -> None:
    with cenario.dentro("aurelia", "digitador"):
        sadt, consulta = digitar(cenario, numero=1), digitar(cenario, "guiaConsulta", numero=2)
    digitador: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    dados = {"guia": [sadt.pk], "acao": "lote"}
    assert "Quem fatura cria os lotes" in digitador.post(url("digitacao:varias"), dados, follow=True).text
    faturista: Client = entrar(cenario.pessoa("faturista", "aurelia"))
    dois = faturista.post(url("digitacao:varias"), {"guia": [sadt.pk, consulta.pk], "acao": "lote"}, follow=True)
    assert "Um lote só tem guias de um convênio" in dois.text
    resposta = faturista.post(url("digitacao:varias"), dados)
    with cenario.dentro("aurelia"):
        atual = GuiaDigitada.objects.get(pk=sadt.pk)
        assert atual.lote_id is not None
        assert resposta.url == url("lotes:lote", pk=atual.lote_id)


@pytest.mark.parametrize("aba", [aba.id for aba in ABAS])
def test_the_page_shows_its_tab_what_was_typed_today_and_a_spreadsheet(
    cenario: Cenario, de_cada: dict[str, GuiaDigitada], entrar: Any, aba: str
) -> None:
    cliente: Client = entrar(cenario.pessoa("faturista", "aurelia"))
    pagina = cliente.get(url(), {"aba": aba})
    assert "Hoje: Digitador da Silva, 4 guias, R$" in pagina.text
    assert f'value="{de_cada[aba].pk}"' in pagina.text
    planilha = io.BytesIO(cliente.get(url("digitacao:lista_xlsx"), {"aba": aba}).getvalue())
    folha = load_workbook(planilha).active
    assert folha is not None
    assert folha.max_row == 2


def test_who_only_sees_guides_has_no_buttons(cenario: Cenario, de_cada: dict[str, GuiaDigitada], entrar: Any) -> None:
    cliente: Client = entrar(cenario.pessoa("leitura", "aurelia"))
    pagina = cliente.get(url(), {"aba": "prontas"}).text
    assert 'name="acao"' not in pagina
    assert 'name="guia"' not in pagina


def test_the_queries_of_the_page_do_not_grow_with_the_guides(cenario: Cenario, entrar: Any) -> None:
    cliente: Client = entrar(cenario.pessoa("faturista", "aurelia"))
    contagens = []
    cliente.get(url())  # what a process loads once
    for _ in range(2):
        with cenario.dentro("aurelia", "digitador"):
            for _ in range(4):
                comecar(cenario)
        with CaptureQueriesContext(connection) as consultas:
            cliente.get(url())
        contagens.append(len(consultas))
    assert contagens[0] == contagens[1]


# --- Meus usuais


@pytest.fixture
def aprendidos(cenario: Cenario) -> tuple[ProfissionalConhecido, ProcedimentoUsual]:
    with cenario.dentro("aurelia", "digitador"):
        digitar(cenario)
        quem, codigo = ProfissionalConhecido.objects.first(), ProcedimentoUsual.objects.first()
    assert quem is not None
    assert codigo is not None
    return quem, codigo


def test_what_was_learnt_is_renamed_starred_and_forgotten(
    cenario: Cenario, aprendidos: tuple[ProfissionalConhecido, ProcedimentoUsual], entrar: Any
) -> None:
    quem, codigo = aprendidos
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    mudar = url("digitacao:mudar_usual")
    nomes = {"aba": "profissionais", f"nome-{quem.pk}": "  Drª Inês  Luz "}
    assert "Nome mudado." in cliente.post(mudar, nomes | {"acao": f"renomear:{quem.pk}"}, follow=True).text
    cliente.post(url("digitacao:favorito"), {"procedimento": codigo.pk})
    with cenario.dentro("aurelia"):
        quem.refresh_from_db()
        codigo.refresh_from_db()
        assert (quem.nome, quem.nome_busca) == ("Drª Inês Luz", para_busca("Drª Inês Luz"))
        assert codigo.favorito
    vazio = {"aba": "profissionais", f"nome-{quem.pk}": "  ", "acao": f"renomear:{quem.pk}"}
    assert "ficou em branco" in cliente.post(mudar, vazio, follow=True).text
    cliente.post(mudar, {"aba": "procedimentos", "acao": f"esquecer:{codigo.pk}"})
    with cenario.dentro("aurelia"):
        assert not ProcedimentoUsual.objects.filter(pk=codigo.pk).exists()
    estranho: Client = entrar(cenario.pessoa("digitador", "boavista"))
    alheio = reverse("digitacao:mudar_usual", kwargs={"slug": "boavista"})
    resposta = estranho.post(alheio, {"aba": "profissionais", "acao": f"esquecer:{quem.pk}"}, follow=True)
    assert "já não está entre os usuais" in resposta.text
    with cenario.dentro("aurelia"):
        assert ProfissionalConhecido.objects.filter(pk=quem.pk).exists()


def test_the_page_of_what_was_learnt_is_searched_and_says_when_there_is_nothing(
    cenario: Cenario, aprendidos: tuple[ProfissionalConhecido, ProcedimentoUsual], entrar: Any
) -> None:
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    pagina = url("digitacao:usuais")
    assert aprendidos[0].nome in cliente.get(pagina).text
    assert aprendidos[1].codigo in cliente.get(pagina, {"aba": "procedimentos", "q": aprendidos[1].codigo[:4]}).text
    assert "Nada com esse texto" in cliente.get(pagina, {"q": "zzz"}).text
    with cenario.dentro("aurelia"):
        ProfissionalConhecido.objects.all().delete()
    assert "Nada aprendido ainda" in cliente.get(pagina).text


# --- from elsewhere


def test_the_search_of_the_top_band_leads_to_a_loose_guide(cenario: Cenario, entrar: Any) -> None:
    with cenario.dentro("aurelia", "digitador"):
        guia = comecar(cenario)
        GuiaDigitada.objects.filter(pk=guia.pk).update(numero_do_prestador="SOLTA-7")
    procurar = url("lotes:pesquisa")
    cliente: Client = entrar(cenario.pessoa("digitador", "aurelia"))
    assert cliente.get(procurar, {"q": "SOLTA-7"}).url == url("digitacao:guia", pk=guia.pk)
    leitura: Client = entrar(cenario.pessoa("leitura", "aurelia"))
    assert leitura.get(procurar, {"q": "SOLTA-7"}).status_code == 200
    with cenario.dentro("aurelia", "digitador"):
        excluir(guias=[guia], por=cenario.pessoa("digitador", "aurelia"))
    assert entrar(cenario.pessoa("digitador", "aurelia")).get(procurar, {"q": "SOLTA-7"}).status_code == 200


def test_the_first_page_says_which_guides_wait(cenario: Cenario, de_cada: dict[str, GuiaDigitada], entrar: Any) -> None:
    pagina = entrar(cenario.pessoa("digitador", "aurelia")).get(url("inicio")).text
    for aba in ("digitacao", "criticas", "prontas"):
        assert f"{url()}?aba={aba}" in pagina
    assert f"{url()}?aba=excluidas" not in pagina
