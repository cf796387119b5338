"""Prices by tables, each worked out by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from convenios.precos.motor import Fonte, quanto_custa
from convenios.precos.naturezas import Natureza, natureza_de
from tests.convenios.precos.apoio import (
    INICIO,
    D,
    cbhpm,
    com_tabela,
    custa,
    item,
    linha,
    precos,
    textos,
    valores,
    vinculo,
)

HEMOGRAMA = "40304361"
COMPLETO = {"porte": "3C", "custo_operacional": D("12.5"), "filme_m2": D("0.24")}


def test_a_table_of_values_gives_the_value_and_says_why() -> None:
    resposta = quanto_custa(item(HEMOGRAMA), com_tabela(valores(), HEMOGRAMA, linha("20.5")))
    assert (resposta.valor, resposta.fonte) == (D("20.50"), Fonte.TABELA)
    assert textos(resposta) == [
        "Tabela Valores 2026, do convênio: código 40304361, preço em vigor desde 01/01/2026",
        "Valor da tabela: 20,50",
        "Valor unitário: R$ 20,50",
    ]


def test_cbhpm_adds_porte_custo_operacional_and_filme_each_with_its_band() -> None:
    """245,10 × 1,2 = 294,12; 12,5 × 11,50 × 0,9 = 129,375; 0,24 × 21,70 = 5,208; together 428,703."""
    tabela = com_tabela(
        cbhpm(), HEMOGRAMA, linha(**COMPLETO), banda_porte=D(20), banda_uco=D(-10), valor_filme=D("21.70")
    )
    resposta = quanto_custa(item(HEMOGRAMA), tabela)
    assert resposta.valor == D("428.70")
    assert textos(resposta)[1:] == [
        "Porte 3C: 245,10 × (1 + 20 %) = 294,12",
        "Custo operacional: 12,5 UCO × 11,50 × (1 − 10 %) = 129,375",
        "Filme: 0,24 m² × 21,70 = 5,208",
        "Soma: 428,703",
        "Valor unitário: R$ 428,70, arredondado ao centavo de 428,703",
    ]


@pytest.mark.parametrize(
    ("preco", "do_vinculo", "valor"),
    [
        ({"porte": "3C"}, {}, "245.10"),
        ({"porte": "3C", "fracao_": D("0.1")}, {}, "24.51"),
        ({"porte": "10B"}, {"banda_porte": D(-20)}, "1056.44"),
        ({"custo_operacional": D("2.37")}, {}, "27.26"),  # 27,255: half up
        ({"porte": "3C", "custo_operacional": D("2.37")}, {"percentual": D(50)}, "136.18"),  # 136,1775
        ({"porte": "3C", "fracao_": D(0)}, {}, "0.00"),
    ],
)
def test_cbhpm_by_hand(preco: dict[str, Any], do_vinculo: dict[str, Any], valor: str) -> None:
    if "fracao_" in preco:
        preco = {**preco, "fracao": preco["fracao_"]}
        del preco["fracao_"]
    assert custa(item(HEMOGRAMA), com_tabela(cbhpm(), HEMOGRAMA, linha(**preco), **do_vinculo)) == (
        D(valor),
        Fonte.TABELA,
    )


@pytest.mark.parametrize(
    ("valor", "percentual", "certo"),
    [("10.005", "100", "10.01"), ("10.0049", "100", "10.00"), ("33.33", "33.333", "11.11"), ("0.01", "50", "0.01")],
)
def test_the_only_rounding_is_half_up_to_cents_at_the_end(valor: str, percentual: str, certo: str) -> None:
    tabela = com_tabela(valores(), HEMOGRAMA, linha(valor), percentual=D(percentual))
    assert custa(item(HEMOGRAMA), tabela)[0] == D(certo)


def test_parts_are_not_rounded_before_they_are_added() -> None:
    """0,004 + 0,004 are 0,008: a cent, and not two times nothing."""
    tabela = cbhpm(uco=D("0.004"), portes={"1A": D("0.004")})
    assert custa(item("1"), com_tabela(tabela, "1", linha(porte="1A", custo_operacional=D(1))))[0] == D("0.01")


@pytest.mark.parametrize(
    ("grau", "valor"),
    [("", "374.475"), ("00", "374.475"), ("01", "73.53"), ("02", "49.02"), ("05", "24.51"), ("06", "388.00")],
)
def test_each_member_of_the_team_has_its_part(grau: str, valor: str) -> None:
    """Of the porte alone, 245,10: 30 %, 20 %, 10 %; the anestesista by the porte anestésico."""
    preco = linha(porte="3C", custo_operacional=D("11.25"), auxiliares=2, porte_anestesico="4")
    resposta = quanto_custa(item("30715016", grau=grau), com_tabela(cbhpm(), "30715016", preco))
    assert resposta.valor == D(valor).quantize(D("0.01"), "ROUND_HALF_UP")


@pytest.mark.parametrize(
    ("preco", "grau", "motivo"),
    [
        ({"porte": "9Z"}, "", "não tem o valor do porte 9Z"),
        ({"porte": "3C", "filme_m2": D(1)}, "", "não tem o valor do filme"),
        ({"porte": "3C"}, "06", "não dá porte anestésico"),
        ({"porte": "3C", "auxiliares": 1}, "02", "prevê até 1 auxiliar"),
    ],
)
def test_what_the_register_lacks_is_told_and_no_price_is_made_up(preco: dict[str, Any], grau: str, motivo: str) -> None:
    resposta = quanto_custa(item("1", grau=grau), com_tabela(cbhpm(), "1", linha(**preco)))
    assert (resposta.valor, resposta.fonte) == (None, Fonte.INDEFINIDA)
    assert motivo in resposta.passos[-1].texto


def test_without_the_value_of_the_uco_there_is_no_price() -> None:
    resposta = quanto_custa(item("1"), com_tabela(cbhpm(uco=None), "1", linha(porte="3C", custo_operacional=D(1))))
    assert (resposta.valor, resposta.passos[-1].texto) == (
        None,
        "A tabela não tem o valor da UCO. Informe-o no cadastro da tabela.",
    )


def _duas_tabelas(**do_primeiro: Any) -> Any:
    return precos(
        vinculos=[vinculo(1, **do_primeiro), vinculo(2)],
        tabelas={1: valores("Contrato"), 2: valores("Geral")},
        linhas=[((1, "22"), "1", linha("10")), ((2, "22"), "1", linha("20")), ((2, "22"), "2", linha("30"))],
    )


def test_the_contract_with_the_prestador_wins_and_the_convenio_fills_in() -> None:
    conhecidos = _duas_tabelas(do_contrato=True, ordem=9)
    assert custa(item("1"), conhecidos)[0] == D(10)
    assert custa(item("2"), conhecidos)[0] == D(30)
    assert "do contrato com o prestador" in quanto_custa(item("1"), conhecidos).passos[0].texto


def test_among_the_tables_of_a_convenio_their_order_decides() -> None:
    assert custa(item("1"), _duas_tabelas(ordem=1))[0] == D(10)
    assert custa(item("1"), _duas_tabelas(ordem=2))[0] == D(20)


@pytest.mark.parametrize(
    ("dia", "valor"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), D(10)),
        (date(2026, 4, 30), D(10)),
        (date(2026, 5, 1), D(12)),
        (date(2026, 6, 30), D(12)),
        (date(2026, 7, 1), D(10)),
    ],
)
def test_the_day_of_the_service_decides_to_the_day(dia: date, valor: Decimal | None) -> None:
    """From May to June another price holds; before the table begins there is none."""
    conhecidos = precos(
        vinculos=[vinculo()],
        tabelas={1: valores()},
        linhas=[
            ((1, "22"), "1", linha("10")),
            ((1, "22"), "1", linha("12", inicio=date(2026, 5, 1), fim=date(2026, 6, 30))),
        ],
    )
    assert custa(item("1", dia=dia), conhecidos)[0] == valor


@pytest.mark.parametrize("onde", ["tabela", "vinculo"])
def test_a_table_or_a_link_that_has_ended_prices_nothing(onde: str) -> None:
    fim = date(2026, 3, 14)
    tabela = com_tabela(
        valores(fim=fim if onde == "tabela" else None),
        "1",
        linha("10"),
        fim=fim if onde == "vinculo" else None,
    )
    assert custa(item("1"), tabela) == (None, Fonte.SEM_PRECO)
    assert custa(item("1", dia=fim), tabela) == (D(10), Fonte.TABELA)


def test_a_code_that_no_linked_table_has_is_not_contracted() -> None:
    resposta = quanto_custa(item("99"), com_tabela(valores(), "1", linha("10")))
    assert (resposta.valor, resposta.fonte) == (None, Fonte.NAO_CONTRATADO)
    assert "Tabelas consultadas: Valores 2026" in resposta.passos[-1].texto
    assert custa(item("1", tabela="00"), com_tabela(valores(), "1", linha("10")))[1] == Fonte.NAO_CONTRATADO


def test_what_no_table_is_linked_to_has_no_price_and_that_is_another_answer() -> None:
    conhecidos = com_tabela(valores(), "1", linha("10"))
    assert custa(item("60000000", "18", "taxas"), conhecidos) == (None, Fonte.SEM_PRECO)
    assert custa(item("1", convenio=7), conhecidos) == (None, Fonte.SEM_PRECO)


@pytest.mark.parametrize(("especial", "geral"), [("consultas", "procedimentos"), ("opme", "materiais")])
def test_a_kind_without_tables_of_its_own_is_priced_by_the_more_general(especial: str, geral: str) -> None:
    tabelas = {1: valores("Geral"), 2: valores("Própria")}
    linhas = [((1, "22"), "1", linha("10")), ((2, "22"), "1", linha("20"))]
    so_geral = precos(vinculos=[vinculo(1, geral)], tabelas=tabelas, linhas=linhas)
    as_duas = precos(vinculos=[vinculo(1, geral), vinculo(2, especial)], tabelas=tabelas, linhas=linhas)
    assert custa(item("1", natureza=especial), so_geral)[0] == D(10)
    assert custa(item("1", natureza=especial), as_duas)[0] == D(20)
    assert custa(item("1", natureza=geral), as_duas)[0] == D(10)


def test_codes_meet_also_without_the_zeros_before_them_unless_that_would_confuse_two() -> None:
    conhecidos = com_tabela(valores(), "0012", linha("10"))
    assert custa(item("12"), conhecidos)[0] == D(10)
    assert custa(item("00000012"), conhecidos)[0] == D(10)
    duas = precos(
        vinculos=[vinculo()],
        tabelas={1: valores()},
        linhas=[((1, "22"), "012", linha("10")), ((1, "22"), "12", linha("20"))],
    )
    assert custa(item("012"), duas)[0] == D(10)
    assert custa(item("12"), duas)[0] == D(20)
    assert custa(item("0012"), duas)[0] is None


@pytest.mark.parametrize(
    ("tabela", "codigo", "despesa", "guia", "natureza"),
    [
        ("22", "40304361", None, "guiaSP-SADT", Natureza.PROCEDIMENTOS),
        ("22", "10101012", None, "guiaSP-SADT", Natureza.CONSULTAS),
        ("00", "77", None, "guiaConsulta", Natureza.CONSULTAS),
        ("18", "60000000", "07", "guiaSP-SADT", Natureza.TAXAS),
        ("18", "60000000", "05", "guiaResumoInternacao", Natureza.TAXAS),
        ("00", "1", "02", "guiaSP-SADT", Natureza.MEDICAMENTOS),
        ("19", "70000000", "03", "guiaSP-SADT", Natureza.MATERIAIS),
        ("19", "70000000", "08", "guiaSP-SADT", Natureza.OPME),
        ("20", "90000000", None, "", Natureza.MEDICAMENTOS),
        ("98", "1", None, "guiaSP-SADT", Natureza.PROCEDIMENTOS),
    ],
)
def test_the_kind_of_a_line(tabela: str, codigo: str, despesa: str | None, guia: str, natureza: Natureza) -> None:
    assert natureza_de(tabela, codigo, despesa, guia) == natureza


def test_a_price_that_began_before_its_table_holds_only_within_it() -> None:
    antiga = linha("10", inicio=date(2020, 1, 1))
    conhecidos = com_tabela(valores(), "1", antiga, inicio=date(2020, 1, 1))
    assert custa(item("1", dia=date(2025, 12, 31)), conhecidos)[0] is None
    assert custa(item("1", dia=INICIO), conhecidos)[0] == D(10)
