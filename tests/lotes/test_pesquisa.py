"""*Pesquisar Lotes*: each filter, each order, the totals, the spreadsheet and the search of the top band."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lotes.consultas import NAO_ENVIADO, ORDENS_DE_LOTES, listar_lotes, lotes_filtrados
from lotes.estados import SituacaoDoLote, TipoDeGuia
from lotes.forms import FiltrosDeLotes, um_mes_antes
from lotes.models import Lote
from tests.fabrica import Cenario
from tests.lotes.construcao import consultas_de, criar_lote, folha_de, protocolar

Entrar = Callable[[Any], Client]
S = SituacaoDoLote
PESQUISA = "/aurelia/lotes/"


@pytest.fixture
def faturista(cenario: Cenario, entrar: Entrar) -> Client:
    return entrar(cenario.pessoa("faturista", "aurelia"))


def achados(cenario: Cenario, **filtros: Any) -> set[int]:
    """Numbers of the lots that the filters leave."""
    with cenario.dentro("aurelia"):
        return set(lotes_filtrados(cenario.aurelia, filtros).values_list("numero", flat=True))


def test_each_filter_leaves_what_it_names(cenario: Cenario) -> None:
    aberto = criar_lote(cenario)
    sulina = criar_lote(cenario, operadora="sulina")
    consulta = criar_lote(cenario, tipo_de_guia=TipoDeGuia.CONSULTA, situacao=S.FECHADO)
    enviado = protocolar(cenario)
    numero_enviado = enviado.lote.numero
    assert achados(cenario, operadora=cenario.sulina) == {sulina.numero}
    assert achados(cenario, lote=aberto.numero) == {aberto.numero}
    assert achados(cenario, protocolo=enviado.numero) == {numero_enviado}
    assert achados(cenario, tipo=TipoDeGuia.CONSULTA) == {consulta.numero}
    assert achados(cenario, situacao="1") == {numero_enviado}
    assert achados(cenario, situacao=NAO_ENVIADO) == {aberto.numero, sulina.numero, consulta.numero}
    assert achados(cenario, situacao_lote=S.FECHADO) == {consulta.numero}
    assert len(achados(cenario)) == 4


def test_the_period_counts_whole_days_of_sao_paulo(cenario: Cenario) -> None:
    ultimo_minuto = datetime.fromisoformat("2026-11-10T23:59:00-03:00")
    lote = criar_lote(cenario, criado_em=ultimo_minuto)
    assert achados(cenario, de=date(2026, 11, 10), ate=date(2026, 11, 10)) == {lote.numero}
    assert achados(cenario, de=date(2026, 11, 11), ate=date(2026, 11, 11)) == set()


def test_a_number_is_found_at_any_date(cenario: Cenario) -> None:
    lote = criar_lote(cenario, criado_em=timezone.now() - timedelta(days=400))
    hoje = timezone.localdate()
    assert achados(cenario, lote=lote.numero, de=hoje, ate=hoje) == {lote.numero}


def test_excluded_lots_show_only_when_asked_for(cenario: Cenario) -> None:
    lote = criar_lote(cenario, situacao=S.EXCLUIDO)
    assert achados(cenario) == set()
    assert achados(cenario, situacao_lote=S.EXCLUIDO) == {lote.numero}
    assert achados(cenario, lote=lote.numero) == {lote.numero}


def test_no_filter_shows_another_prestadores_lot(cenario: Cenario) -> None:
    criar_lote(cenario, "boavista")
    assert achados(cenario) == set()


@pytest.mark.parametrize("ordem", [sinal + nome for nome in ORDENS_DE_LOTES for sinal in ("", "-")])
def test_every_column_sorts_both_ways(cenario: Cenario, ordem: str) -> None:
    for lote in (criar_lote(cenario), criar_lote(cenario, "aurelia", "sulina", guias=1)):
        assert lote.pk
    protocolar(cenario)
    with cenario.dentro("aurelia"):
        lista = listar_lotes(lotes_filtrados(cenario.aurelia, {}), ordem, None)
        assert lista.ordem == ordem
        assert len(lista.pagina.object_list) == 3


def test_an_unknown_order_is_newest_first(cenario: Cenario) -> None:
    primeiro, segundo = criar_lote(cenario), criar_lote(cenario)
    with cenario.dentro("aurelia"):
        lista = listar_lotes(lotes_filtrados(cenario.aurelia, {}), "senha", None)
        assert [lote.pk for lote in lista.pagina] == [segundo.pk, primeiro.pk]


def test_totals_are_of_the_whole_result(cenario: Cenario, faturista: Client) -> None:
    with cenario.dentro("aurelia"):
        modelo = criar_lote(cenario, guias=1, itens=1)
    _repetir(cenario, modelo, 59)
    pagina = faturista.get(PESQUISA).content.decode()
    assert pagina.count('data-rotulo="Nº Lote"') == 50
    assert "Total de 60 lotes" in pagina
    assert "9.528,60" in pagina
    assert "51 a 60 de 60" in faturista.get(PESQUISA, {"pagina": "2"}).content.decode()


def test_the_list_costs_the_same_queries_whatever_its_size(cenario: Cenario, faturista: Client) -> None:
    modelo = criar_lote(cenario, guias=1, itens=1)
    com_um = consultas_de(faturista, PESQUISA)
    _repetir(cenario, modelo, 49)
    assert consultas_de(faturista, PESQUISA) == com_um


def test_only_the_list_is_swapped(cenario: Cenario, faturista: Client) -> None:
    criar_lote(cenario)
    resposta = faturista.get(PESQUISA, headers={"HX-Request": "true", "HX-Target": "lista"}).content.decode()
    assert resposta.lstrip().startswith('<form class="folha" id="lista"')
    assert "<html" not in resposta


def test_an_empty_list_says_what_to_do(cenario: Cenario, faturista: Client) -> None:
    assert "Um lote nasce quando um arquivo XML é importado." in faturista.get(PESQUISA).content.decode()
    assert "Alargue o período" in faturista.get(PESQUISA, {"lote": "5"}).content.decode()


@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("lote", "abc", "Escreva só algarismos, até 18."),
        ("protocolo", "9" * 30, "Escreva só algarismos, até 18."),
        ("de", "31/02/2026", "Esta não é uma data."),
        ("operadora", "0", "Faça uma escolha válida"),
    ],
)
def test_a_wrong_filter_says_so_beside_itself(
    cenario: Cenario, faturista: Client, campo: str, valor: str, frase: str
) -> None:
    pagina = faturista.get(PESQUISA, {campo: valor}).content.decode()
    assert frase in pagina
    assert "A pesquisa não foi feita" in pagina


@pytest.mark.parametrize("escrita", ["27/11/2026", "27112026", "2026-11-27", "27/11/26"])
def test_dates_are_taken_with_and_without_slashes(cenario: Cenario, escrita: str) -> None:
    with cenario.dentro("aurelia"):
        filtros = FiltrosDeLotes(QueryDict(urlencode({"de": "", "ate": escrita})), cenario.aurelia)
        assert filtros.is_valid(), filtros.errors
        assert filtros.cleaned_data["ate"] == date(2026, 11, 27)


@pytest.mark.parametrize("escrita", ["1002270", "0001002270", "1.002.270", " 1002270 "])
def test_dots_spaces_and_leading_zeros_do_not_count(cenario: Cenario, escrita: str) -> None:
    with cenario.dentro("aurelia"):
        filtros = FiltrosDeLotes(QueryDict(urlencode({"lote": escrita})), cenario.aurelia)
        assert filtros.is_valid(), filtros.errors
        assert filtros.cleaned_data["lote"] == 1002270


@pytest.mark.parametrize(
    ("dia", "antes"),
    [
        (date(2023, 4, 17), date(2023, 3, 17)),
        (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2026, 1, 5), date(2025, 12, 5)),
    ],
)
def test_the_month_before_has_the_same_day_or_its_last(dia: date, antes: date) -> None:
    assert um_mes_antes(dia) == antes


def test_the_spreadsheet_has_the_whole_result_as_numbers_and_dates(cenario: Cenario, faturista: Client) -> None:
    protocolo = protocolar(cenario)
    resposta = faturista.get("/aurelia/lotes/lotes.xlsx")
    folha = folha_de(resposta)
    cabecalho, linha = list(folha.iter_rows(values_only=True))
    fatos = dict(zip(cabecalho, linha, strict=True))
    assert fatos["Data Inclusão"].date() == timezone.localdate()
    assert fatos["Protocolo"] == protocolo.numero
    assert Decimal(str(fatos["Vlr. Informado"])) == Decimal("317.62")
    assert fatos["Situação Protocolo"] == "Lote enviado para a Operadora"


def test_the_top_search_goes_straight_to_lot_protocol_or_guide(cenario: Cenario, faturista: Client) -> None:
    protocolo = protocolar(cenario, operadora="sulina", guias=1)
    with cenario.dentro("aurelia"):
        lote, guia = protocolo.lote, protocolo.lote.guias.get()
    do_lote = reverse("lotes:lote", args=["aurelia", lote.pk])
    assert faturista.get(PESQUISA, {"q": str(lote.numero)}).url == do_lote
    assert faturista.get(PESQUISA, {"q": "1"}).url == do_lote
    da_guia = reverse("lotes:guia", args=["aurelia", guia.pk])
    assert faturista.get(PESQUISA, {"q": guia.numero_do_prestador}).url == da_guia


def test_the_top_search_asks_when_a_number_names_two_things(cenario: Cenario, faturista: Client) -> None:
    protocolar(cenario, operadora="sulina")
    protocolar(cenario, operadora="pasa")
    pagina = faturista.get(PESQUISA, {"q": "1"}).content.decode()
    assert "Protocolo 1 da Sulina Saúde | 354317" in pagina
    assert "Protocolo 1 da PASA | 331988" in pagina


def test_the_top_search_says_when_there_is_no_such_number(cenario: Cenario, faturista: Client) -> None:
    outro = criar_lote(cenario, "boavista")
    pagina = faturista.get(PESQUISA, {"q": str(outro.numero)}).content.decode()
    assert f"Nenhum lote, protocolo ou guia seu tem o número {outro.numero}." in pagina


@pytest.mark.parametrize(
    "consulta",
    [
        "q=%00",
        "q=" + "9" * 60,
        "q=%C2%B2",
        "pagina=abc",
        "pagina=-1",
        "ordem=%00",
        "lote=%00",
        "operadora=%00",
        "de=%00",
    ],
)
def test_no_address_is_an_error_page(cenario: Cenario, faturista: Client, consulta: str) -> None:
    assert faturista.get(f"{PESQUISA}?{consulta}").status_code == 200


@pytest.mark.parametrize("nome", ["lote", "guia", "log", "xml"])
def test_a_number_beyond_all_numbers_is_not_found(cenario: Cenario, faturista: Client, nome: str) -> None:
    assert faturista.get(reverse(f"lotes:{nome}", args=["aurelia", 10**30])).status_code == 404


def _repetir(cenario: Cenario, modelo: Lote, vezes: int) -> None:
    """More lots like it, without guides: a list does not look at them."""
    with cenario.dentro("aurelia"):
        Lote.objects.bulk_create(
            Lote(
                **{
                    campo.attname: getattr(modelo, campo.attname)
                    for campo in Lote._meta.concrete_fields
                    if campo.name not in ("id", "numero", "numero_do_prestador")
                },
                numero=modelo.numero + 100_000 + n,
                numero_do_prestador=f"R{n}",
            )
            for n in range(vezes)
        )
