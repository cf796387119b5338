"""*Agrupar Procedimentos (XML)*: equal procedures are one line of the XML, and nothing is lost by it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenios.regras import Regras
from uploads.digitacao.agrupamento import agrupar, valores_do_xml

LINHA = "procedimentosExecutados/procedimentoExecutado"
IGUAL = {
    "dataExecucao": "2026-11-03",
    "procedimento/codigoTabela": "22",
    "procedimento/codigoProcedimento": "50000470",
    "procedimento/descricaoProcedimento": "Sessão",
    "quantidadeExecutada": "1",
    "reducaoAcrescimo": "1.00",
    "valorUnitario": "30.00",
    "valorTotal": "30.00",
}


def guia(*linhas: dict[str, str], **outros: str) -> dict[str, str]:
    """Values of a guia SP/SADT with these procedures, numbered from 1."""
    valores = {"dadosAtendimento/tipoAtendimento": "03"} | outros
    for posicao, linha in enumerate(linhas, start=1):
        valores[f"{LINHA}[{posicao}]/sequencialItem"] = str(posicao)
        valores |= {f"{LINHA}[{posicao}]/{campo}": texto for campo, texto in linha.items()}
    return valores


def linhas_de(valores: dict[str, str]) -> list[tuple[str, str, str]]:
    """Position, quantity and total of each procedure."""
    posicoes = [caminho[len(LINHA) + 1 : caminho.index("]")] for caminho in valores if caminho.endswith("]/valorTotal")]
    return [(n, valores[f"{LINHA}[{n}]/quantidadeExecutada"], valores[f"{LINHA}[{n}]/valorTotal"]) for n in posicoes]


def test_equal_lines_are_one_with_quantities_and_totals_summed() -> None:
    agrupada = agrupar(guia(IGUAL, IGUAL | {"quantidadeExecutada": "2", "valorTotal": "60.00"}, IGUAL))
    assert linhas_de(dict(agrupada)) == [("1", "4", "120.00")]


@pytest.mark.parametrize(
    "diferenca",
    [
        {"dataExecucao": "2026-11-04"},
        {"procedimento/codigoTabela": "98"},
        {"procedimento/codigoProcedimento": "50000489"},
        {"viaAcesso": "1"},
        {"tecnicaUtilizada": "1"},
        {"reducaoAcrescimo": "0.50", "valorTotal": "15.00"},
        {"valorUnitario": "31.00", "valorTotal": "31.00"},
        {"horaInicial": "08:00:00"},
        {"equipeSadt[1]/codProfissional/cpfContratado": "12345678909"},
    ],
    ids=lambda diferenca: next(iter(diferenca)),
)
def test_lines_that_charge_something_else_stay_apart(diferenca: dict[str, str]) -> None:
    valores = guia(IGUAL, IGUAL | diferenca)
    assert agrupar(valores) == valores


def test_the_same_team_is_kept() -> None:
    equipe = {"equipeSadt[1]/codProfissional/cpfContratado": "12345678909"}
    agrupada = agrupar(guia(IGUAL | equipe, IGUAL | equipe))
    assert agrupada[f"{LINHA}[1]/equipeSadt[1]/codProfissional/cpfContratado"] == "12345678909"
    assert linhas_de(dict(agrupada)) == [("1", "2", "60.00")]


def test_one_line_never_costs_something_else_nor_takes_more_than_three_digits() -> None:
    com_desconto = guia(IGUAL | {"valorTotal": "29.99"}, IGUAL)
    assert agrupar(com_desconto) == com_desconto
    muitas = IGUAL | {"quantidadeExecutada": "999", "valorTotal": "29970.00"}
    assert agrupar(guia(muitas, IGUAL)) == guia(muitas, IGUAL)
    ilegivel = guia(IGUAL | {"quantidadeExecutada": "duas"}, IGUAL)
    assert agrupar(ilegivel) == ilegivel


def test_items_are_numbered_again_and_what_hangs_on_one_follows_it() -> None:
    outra = IGUAL | {"procedimento/codigoProcedimento": "50000489"}
    despesa = {"outrasDespesas/despesa[1]/sequencialItem": "4", "outrasDespesas/despesa[1]/itemVinculado": "3"}
    agrupada = agrupar(guia(IGUAL, outra, IGUAL, **despesa))
    numeros = {caminho: texto for caminho, texto in agrupada.items() if caminho.endswith("sequencialItem")}
    assert numeros == {
        f"{LINHA}[1]/sequencialItem": "1",
        f"{LINHA}[2]/sequencialItem": "2",
        "outrasDespesas/despesa[1]/sequencialItem": "3",
    }
    assert agrupada["outrasDespesas/despesa[1]/itemVinculado"] == "1"


@pytest.mark.parametrize(("atendimento", "agrupa"), [("03", True), ("13", True), ("23", True), ("05", False)])
def test_only_three_kinds_of_attendance_are_grouped_and_only_where_agreed(atendimento: str, agrupa: bool) -> None:
    valores = guia(IGUAL, IGUAL) | {"dadosAtendimento/tipoAtendimento": atendimento}
    assert (valores_do_xml("guiaSP-SADT", valores, Regras(agrupar_no_xml=True)) != valores) is agrupa
    assert valores_do_xml("guiaSP-SADT", valores, Regras()) == valores
    assert valores_do_xml("guiaConsulta", valores, Regras(agrupar_no_xml=True)) == valores


@given(
    st.lists(
        st.tuples(st.integers(1, 500), st.sampled_from(["50000470", "50000489"]), st.sampled_from(["30.00", "9.99"])),
        max_size=12,
    )
)
def test_grouping_changes_no_sum_and_a_second_time_nothing(linhas: list[tuple[int, str, str]]) -> None:
    valores = guia(
        *(
            IGUAL
            | {
                "procedimento/codigoProcedimento": codigo,
                "quantidadeExecutada": str(quantidade),
                "valorUnitario": preco,
                "valorTotal": str(quantidade * Decimal(preco)),
            }
            for quantidade, codigo, preco in linhas
        )
    )
    agrupada = dict(agrupar(valores))
    assert agrupar(agrupada) == agrupada
    for campo in (1, 2):
        assert sum(Decimal(linha[campo]) for linha in linhas_de(agrupada)) == sum(
            Decimal(linha[campo]) for linha in linhas_de(valores)
        )
