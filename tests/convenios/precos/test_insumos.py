"""Prices of medicines and materials by Brasíndice, Simpro and average cost, each worked out by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from convenios.precos.conhecidos import Edicao
from convenios.precos.motor import Fonte, quanto_custa
from tests.convenios.precos.apoio import (
    D,
    custa,
    da_lista,
    linha,
    material,
    precos,
    produto,
    remedio,
    textos,
    valores,
    vinculo,
)

BRASINDICE = {"referencia_medicamento": "brasindice", "referencia_material": "brasindice"}
SIMPRO = {"referencia_medicamento": "simpro", "referencia_material": "simpro"}


def test_pmc_zero_goes_by_the_pfb_where_the_convenio_says_so() -> None:
    """12,40 × 38 % = 4,712."""
    zerado = [da_lista("1", pmc="0", pfb="12.40", tuss="90000001")]
    regras = {**BRASINDICE, "brasindice_medicamento_percentual": D(38)}
    resposta = quanto_custa(remedio("90000001"), precos(lista=zerado, pfb_para_pmc_zerado=True, **regras))
    assert (resposta.valor, resposta.fonte) == (D("4.71"), Fonte.BRASINDICE)
    assert textos(resposta) == [
        "Brasíndice 900, em vigor desde 01/01/2026: item 1",
        "PMC 0,00 → PFB 12,40 × 38 % = 4,712",
        "Valor unitário: R$ 4,71, arredondado ao centavo de 4,712",
    ]
    sem = quanto_custa(remedio("90000001"), precos(lista=zerado, **regras))
    assert (sem.valor, sem.fonte) == (None, Fonte.INDEFINIDA)
    assert "zero (PMC 0,00)" in sem.passos[-1].texto


@pytest.mark.parametrize(
    ("grupo", "pedido", "valor"),
    [
        ("medicamento", remedio("90000001"), "10.00"),  # PMC 20,00 × 50 %
        ("solucao", remedio("90000001"), "18.00"),  # PFB 15,00 × 120 %
        ("material", material("90000001", "00"), "None"),
        ("material", material("90000001"), "13.50"),  # PFB 15,00 × 90 %
    ],
)
def test_brasindice_has_a_column_and_a_percentage_for_each_kind(grupo: str, pedido: Any, valor: str) -> None:
    conhecidos = precos(
        lista=[da_lista("1", pmc="20", pfb="15", tuss="90000001", grupo=grupo)],
        brasindice_medicamento_coluna="pmc",
        brasindice_medicamento_percentual=D(50),
        brasindice_solucao_coluna="pfb",
        brasindice_solucao_percentual=D(120),
        brasindice_material_coluna="pfb",
        brasindice_material_percentual=D(90),
        **BRASINDICE,
    )
    assert str(custa(pedido, conhecidos)[0]) == valor


def test_a_package_is_divided_into_its_units_and_rounded_only_then() -> None:
    """10,00 ÷ 3 × 110 % = 3,6666…"""
    conhecidos = precos(
        lista=[da_lista("1", pmc="10", tuss="90000001", unidades=D(3))],
        brasindice_medicamento_percentual=D(110),
        **BRASINDICE,
    )
    resposta = quanto_custa(remedio("90000001"), conhecidos)
    assert resposta.valor == D("3.67")
    assert textos(resposta)[1] == "PMC 10,00 ÷ 3 unidades = 3,333333 × 110 % = 3,666667"


def test_simpro_is_a_percentage_of_the_pfb() -> None:
    """7,35 × 85,5 % = 6,28425."""
    conhecidos = precos(
        lista=[da_lista("55", pmc="99", pfb="7.35", tuss="70000001")], simpro_percentual=D("85.5"), **SIMPRO
    )
    resposta = quanto_custa(material("70000001"), conhecidos)
    assert (resposta.valor, resposta.fonte) == (D("6.28"), Fonte.SIMPRO)
    assert "PFB 7,35 × 85,5 % = 6,28425" in textos(resposta)


@pytest.mark.parametrize(("lista", "regras"), [("brasindice", BRASINDICE), ("simpro", SIMPRO)])
def test_vendor_codes_are_read_behind_the_agreed_prefix_only(lista: str, regras: dict[str, str]) -> None:
    itens = [da_lista("00123", pmc="10", pfb="10")]
    com = precos(lista=itens, **regras, **{f"prefixo_{lista}": "BR"})
    assert custa(remedio("BR00123", "00"), com)[0] == D(10)
    assert custa(remedio("BR123", "00"), com)[0] == D(10)
    assert custa(remedio("00123", "00"), com)[0] is None
    assert custa(remedio("00123", "00"), precos(lista=itens, **regras))[0] is None


@pytest.mark.parametrize(("lista", "regras"), [("brasindice", BRASINDICE), ("simpro", SIMPRO)])
def test_the_codigo_tiss_stands_in_only_for_items_without_tuss_and_where_it_is_taken(
    lista: str, regras: dict[str, str]
) -> None:
    itens = [
        da_lista("1", pmc="10", pfb="10", tiss="0000777"),
        da_lista("2", pmc="10", pfb="10", tiss="0000888", tuss="90000001"),
    ]
    aceita = precos(lista=itens, **regras, **{f"{lista}_codigo_tiss": True})
    assert custa(remedio("0000777", "00"), aceita)[0] == D(10)
    assert custa(remedio("0000888", "00"), aceita)[0] is None
    assert custa(remedio("0000777", "00"), precos(lista=itens, **regras))[0] is None
    prefixado = precos(lista=itens, **regras, **{f"{lista}_codigo_tiss": True, f"prefixo_{lista}": "9"})
    assert custa(remedio("90000777", "00"), prefixado)[0] == D(10)


def test_a_product_of_the_prestador_finds_its_item_in_the_list() -> None:
    conhecidos = precos(
        lista=[da_lista("00123", pmc="10", pfb="10")],
        produtos=[produto("AMP7", "2.00", "medicamento", brasindice="00123")],
        **BRASINDICE,
    )
    assert custa(remedio("AMP7", "00"), conhecidos) == (D(10), Fonte.BRASINDICE)


def test_the_edition_in_force_on_the_day_decides() -> None:
    conhecidos = precos(
        lista=[da_lista("1", pmc="10", tuss="90000001")],
        edicoes={
            "brasindice": (
                Edicao(id=901, nome="901", inicio=date(2026, 4, 1)),
                Edicao(id=900, nome="900", inicio=date(2026, 3, 1)),
            )
        },
        **BRASINDICE,
    )
    assert custa(remedio("90000001", dia=date(2026, 3, 31)), conhecidos)[0] == D(10)
    assert custa(remedio("90000001", dia=date(2026, 4, 1)), conhecidos)[0] is None
    antes = quanto_custa(remedio("90000001", dia=date(2026, 2, 28)), conhecidos)
    assert (antes.valor, antes.fonte) == (None, Fonte.INDEFINIDA)
    assert "Não há edição do Brasíndice em vigor em 28/02/2026" in antes.passos[-1].texto


def test_a_code_of_several_items_has_a_price_only_where_they_cost_the_same() -> None:
    iguais = [da_lista("1", pmc="10", tuss="90000001"), da_lista("2", pmc="10", tuss="90000001")]
    outros = [*iguais, da_lista("3", pmc="11", tuss="90000001")]
    assert custa(remedio("90000001"), precos(lista=iguais, **BRASINDICE))[0] == D(10)
    assert custa(remedio("90000001"), precos(lista=outros, **BRASINDICE)) == (None, Fonte.INDEFINIDA)


def test_a_linked_table_comes_before_the_list() -> None:
    conhecidos = precos(
        vinculos=[vinculo(1, "medicamentos")],
        tabelas={1: valores()},
        linhas=[((1, "20"), "90000001", linha("7"))],
        lista=[da_lista("1", pmc="10", tuss="90000001"), da_lista("2", pmc="9", tuss="90000002")],
        **BRASINDICE,
    )
    assert custa(remedio("90000001"), conhecidos) == (D(7), Fonte.TABELA)
    assert custa(remedio("90000002"), conhecidos) == (D(9), Fonte.BRASINDICE)
    fora = quanto_custa(remedio("90000003"), conhecidos)
    assert fora.fonte is Fonte.NAO_CONTRATADO
    assert "é item sem relação" in fora.passos[0].texto


def test_the_group_of_medicines_at_14_percent_of_the_average_cost() -> None:
    """The worked example of the manual: 12,50 × 14 % = 1,75."""
    conhecidos = precos(
        produtos=[produto("1", "12.50", "medicamento", tuss="90000009")],
        percentuais={"medicamento": D(14)},
        percentual_medicamento_sem_relacao=D(50),
        **BRASINDICE,
    )
    resposta = quanto_custa(remedio("90000009"), conhecidos)
    assert (resposta.valor, resposta.fonte) == (D("1.75"), Fonte.CUSTO_MEDIO)
    assert textos(resposta) == [
        "Brasíndice 900: o código 90000009 não está nele, é item sem relação",
        "Produto 1 do prestador; percentual de Medicamentos (Lista de Produtos)",
        "Custo médio 12,50 × 14 % = 1,75",
        "Valor unitário: R$ 1,75",
    ]


@pytest.mark.parametrize(
    ("pedido", "grupo", "valor"),
    [(remedio("7", "00"), "medicamento", "13.00"), (material("7", "00"), "material", "11.50")],
)
@pytest.mark.parametrize("referencia", [BRASINDICE, SIMPRO, {}])
def test_what_no_list_has_goes_by_the_percentage_of_its_kind(
    pedido: Any, grupo: str, valor: str, referencia: dict[str, str]
) -> None:
    conhecidos = precos(
        produtos=[produto("7", "10", grupo)],
        percentual_medicamento_sem_relacao=D(130),
        percentual_material_sem_relacao=D(115),
        **referencia,
    )
    assert custa(pedido, conhecidos) == (D(valor), Fonte.CUSTO_MEDIO)


@pytest.mark.parametrize(
    ("registrado", "motivo"),
    [
        ({}, "não paga percentual sobre o custo médio"),
        ({"percentual_material_sem_relacao": D(115)}, "não está entre os produtos do prestador"),
        (
            {"percentual_medicamento_sem_relacao": D(115), "produtos": [produto("7", "10", "material")]},
            "não paga percentual sobre o custo médio de materiais",
        ),
    ],
)
def test_without_list_cost_or_percentage_there_is_no_price_and_the_reason_is_told(
    registrado: dict[str, Any], motivo: str
) -> None:
    resposta = quanto_custa(material("7", "00"), precos(**registrado))
    assert (resposta.valor, resposta.fonte) == (None, Fonte.SEM_PRECO)
    assert motivo in resposta.passos[-1].texto


def test_who_does_not_see_the_cost_is_told_that_the_price_depends_on_it() -> None:
    conhecidos = precos(percentual_material_sem_relacao=D(115), custos_conhecidos=False)
    resposta = quanto_custa(material("7", "00"), conhecidos)
    assert (resposta.valor, resposta.fonte) == (None, Fonte.INDEFINIDA)
    assert "só o prestador vê" in resposta.passos[-1].texto


def test_a_package_that_divides_evenly_only_after_the_percentage_is_exact() -> None:
    """10,00 ÷ 3 × 0,15 % is 0,005: a cent, where 3,333… × 0,15 % would fall just short of it."""
    conhecidos = precos(
        lista=[da_lista("1", pmc="10", tuss="90000001", unidades=D(3))],
        brasindice_medicamento_percentual=D("0.15"),
        **BRASINDICE,
    )
    assert custa(remedio("90000001"), conhecidos)[0] == D("0.01")
