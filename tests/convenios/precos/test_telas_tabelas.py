"""The screens of price tables: what the operadora registers, finds, changes from a day on, and takes away."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from convenios.precos.models import Preco, TabelaDePreco, ValorDoPorte
from tests.convenios.precos.registro import preco, tabela, vinculo
from tests.fabrica import Cenario

NOVA = {"nome": "Valores", "edicao": "2026", "tipo": "valores", "inicio": "01/01/2026", "ativa": "on"}


@pytest.fixture
def gestor(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    return client


def _url(nome: str, **argumentos: Any) -> str:
    return reverse(f"precos:{nome}", kwargs={"slug": "pasa", **argumentos})


def test_a_table_is_registered_found_and_changed(cenario: Cenario, gestor: Client) -> None:
    assert "Nenhuma tabela de preço" in gestor.get(_url("tabelas")).text
    pagina = gestor.post(_url("nova"), NOVA, follow=True)
    assert "Ainda não dá preço a nada" in pagina.text
    with cenario.dentro("pasa"):
        pk = TabelaDePreco.objects.get().pk
    gestor.post(_url("mudar", pk=pk), NOVA | {"edicao": "2027", "ativa": ""})
    assert "Valores 2027" not in gestor.get(_url("tabelas")).text
    assert "Valores 2027" in gestor.get(_url("tabelas"), {"situacao": "inativas", "texto": "valo"}).text
    assert "Nenhuma tabela com esses filtros" in gestor.get(_url("tabelas"), {"em": "31/12/2025"}).text


@pytest.mark.parametrize(
    ("mudanca", "frase"),
    [
        ({"fim": "31/12/2025"}, "O fim vem antes do início"),
        ({"uco": "11,50"}, "Tabela de valores não tem UCO"),
        ({"uco": "1.150", "tipo": "portes"}, "1.150 pode ser lido de dois modos. Escreva 1150 ou 1,150."),
        ({"uco": "onze", "tipo": "portes"}, "Isto não é um número"),
        ({}, "Já há uma tabela Valores 2026"),
    ],
)
def test_a_table_that_cannot_be_says_why(mudanca: dict[str, str], frase: str, cenario: Cenario, gestor: Client) -> None:
    tabela(cenario)
    resposta = gestor.post(_url("nova"), NOVA | mudanca)
    assert resposta.status_code == 422
    assert frase in resposta.text


def test_a_table_linked_for_all_is_not_given_to_one(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    vinculo(cenario, desta)
    resposta = gestor.post(_url("mudar", pk=desta.pk), NOVA | {"prestador": str(cenario.aurelia.pk)})
    assert "A tabela está vinculada para outros prestadores" in resposta.text


def test_a_table_with_prices_keeps_its_kind(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    preco(cenario, desta, "40304361", "18.90")
    resposta = gestor.post(_url("mudar", pk=desta.pk), NOVA | {"tipo": "portes"})
    assert "O tipo não muda enquanto a tabela tem preços" in resposta.text


def test_a_new_price_ends_the_earlier_one_the_day_before(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    preco(cenario, desta, "40304361", "18.90")
    endereco = _url("preco", pk=desta.pk) + "?tabela_tiss=22&codigo=40304361"
    pagina = gestor.get(endereco).text
    assert 'value="18,9"' in pagina
    novo = {"tabela_tiss": "22", "codigo": "40304361", "valor": "20,1234", "inicio": "01/07/2026"}
    assert "salvo, a partir de 01/07/2026" in gestor.post(endereco, novo, follow=True).text
    assert _precos(cenario, desta) == [
        (date(2026, 1, 1), date(2026, 6, 30), Decimal("18.9000")),
        (date(2026, 7, 1), None, Decimal("20.1234")),
    ]


def test_a_price_between_two_ends_before_the_later_one(cenario: Cenario) -> None:
    desta = tabela(cenario)
    for mes, valor in ((1, "10"), (9, "30"), (5, "20")):
        preco(cenario, desta, "1", valor, inicio=date(2026, mes, 1))
    assert _precos(cenario, desta) == [
        (date(2026, 1, 1), date(2026, 4, 30), Decimal(10)),
        (date(2026, 5, 1), date(2026, 8, 31), Decimal(20)),
        (date(2026, 9, 1), None, Decimal(30)),
    ]


def test_a_price_of_the_same_day_is_corrected_in_place(cenario: Cenario) -> None:
    desta = tabela(cenario)
    preco(cenario, desta, "1", "10")
    preco(cenario, desta, "1", "11")
    assert _precos(cenario, desta) == [(date(2026, 1, 1), None, Decimal(11))]


@pytest.mark.parametrize(
    ("mudanca", "frase"),
    [
        ({"inicio": "31/12/2025"}, "A tabela começa em 01/01/2026"),
        ({"fim": "01/01/2026"}, "O fim vem antes do início"),
        ({"valor": "-1"}, "Escreva um número de 0 a"),
        ({"valor": "1,23456"}, "São casas demais"),
        ({"valor": ""}, "obrigatório"),
        ({"codigo": "40 30"}, "Escreva só as letras e os algarismos"),
    ],
)
def test_a_price_that_cannot_be_says_why(mudanca: dict[str, str], frase: str, cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    dados = {"tabela_tiss": "22", "codigo": "1", "valor": "1.000,50", "inicio": "01/07/2026"} | mudanca
    resposta = gestor.post(_url("preco", pk=desta.pk), dados)
    assert resposta.status_code == 422
    assert frase in resposta.text


def test_prices_are_found_by_code_by_words_and_by_day(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    preco(cenario, desta, "40304361", "18.90", descricao="Hemograma inventado")
    preco(cenario, desta, "40304361", "20", inicio=date(2026, 7, 1), descricao="Hemograma inventado")
    preco(cenario, desta, "40302040", "5", descricao="Glicose inventada")
    for busca, quantos in (({"texto": "403043"}, 2), ({"texto": "glicose"}, 1), ({"em": "01/08/2026"}, 2), ({}, 3)):
        resposta = gestor.get(_url("tabela", pk=desta.pk), busca)
        assert resposta.context["pagina"].paginator.count == quantos, busca


def test_portes_and_their_prices(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario, tipo="portes", uco=Decimal("11.50"))
    resposta = gestor.post(_url("porte", pk=desta.pk), {"porte": "3c", "valor": "245,10"}, follow=True)
    assert "245,10" in resposta.text
    novo = {"tabela_tiss": "22", "codigo": "1", "porte": "3c", "custo_operacional": "1,5", "inicio": "01/01/2026"}
    gestor.post(_url("preco", pk=desta.pk), novo)
    with cenario.dentro("pasa"):
        assert ValorDoPorte.objects.get().porte == "3C"
        linha = Preco.objects.get()
    assert (linha.porte, linha.fracao_do_porte, linha.custo_operacional) == ("3C", 1, Decimal("1.5"))
    sem_nada = gestor.post(_url("preco", pk=desta.pk), novo | {"porte": "", "custo_operacional": "0"})
    assert "sem eles não há preço" in sem_nada.text


def test_a_table_of_values_has_no_portes(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    assert gestor.post(_url("porte", pk=desta.pk), {"porte": "3C", "valor": "1"}).status_code == 422


def test_what_is_exported_has_the_columns_that_are_imported(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    preco(cenario, desta, "40304361", "18.9012", descricao="=1+1")
    resposta = gestor.get(_url("precos_xlsx", pk=desta.pk))
    folha = openpyxl.load_workbook(io.BytesIO(resposta.getvalue())).active
    linhas = list(folha.iter_rows(values_only=True))
    assert linhas[0][:4] == ("Tabela TISS", "Código", "Descrição", "Valor")
    assert linhas[1][:4] == ("22", "40304361", "=1+1", 18.9012)
    assert folha["C2"].data_type == "s"


def test_the_import_begins_with_the_table_chosen(cenario: Cenario, gestor: Client) -> None:
    desta = tabela(cenario)
    endereco = reverse("importacao:nova", kwargs={"slug": "pasa", "layout": "precos"})
    assert f'<option value="{desta.pk}" selected' in gestor.get(endereco, {"tabela": desta.pk}).text


def test_who_only_reads_changes_nothing(cenario: Cenario, client: Client) -> None:
    desta = tabela(cenario)
    preco(cenario, desta, "40304361", "18.90")
    client.force_login(cenario.pessoa("analista", "pasa"))
    pagina = client.get(_url("tabela", pk=desta.pk)).text
    assert "40304361" in pagina
    assert "Novo preço" not in pagina
    assert client.get(_url("preco", pk=desta.pk)).status_code == 403


def _precos(cenario: Cenario, da_tabela: TabelaDePreco) -> list[tuple[date, date | None, Decimal]]:
    with cenario.dentro("pasa"):
        return list(Preco.objects.filter(tabela=da_tabela).order_by("inicio").values_list("inicio", "fim", "valor"))
