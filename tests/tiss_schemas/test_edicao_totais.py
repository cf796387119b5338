"""Recalculated totals are right to the cent, told one by one, and leave alone what cannot be known."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tiss_schemas import catalogo
from tiss_schemas.edicao import Motivo, Mudanca, aplicar, previa_de_totais
from tiss_schemas.edicoes import Remover, Valor
from tiss_schemas.espacos import NS
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import ler
from tiss_schemas.valores import decimal_de

GUIAS = "/ans:mensagemTISS/ans:prestadorParaOperadora/ans:loteGuias/ans:guiasTISS"
SADT = f"{GUIAS}/ans:guiaSP-SADT"
ITEM = f"{SADT}/ans:procedimentosExecutados/ans:procedimentoExecutado"
GERAL = f"{SADT}/ans:valorTotal/ans:valorTotalGeral"
TOTAIS = {
    "sadt": "//ans:valorTotal[not(*)] | //ans:guiaSP-SADT/ans:valorTotal/*",
    "internacao": "//ans:valorTotal[not(*)] | //ans:guiaResumoInternacao/ans:valorTotal/*",
    "honorarios": "//ans:valorTotal | //ans:valorTotalHonorarios",
    "odonto": "//ans:valorTotalProc | //ans:valorTotalFranquia | //ans:qtdTotalUS",
}


def texto(conteudo: bytes, caminho: str) -> str:
    return ler(conteudo).no(caminho).text


def com(conteudo: bytes, caminho: str, valor: str) -> bytes:
    return aplicar(conteudo, [Valor(caminho, valor)]).conteudo


@given(
    dados=st.data(),
    tipo=st.sampled_from(sorted(TOTAIS)),
    versao=st.sampled_from(["4.02.00", "4.03.00"]),
    itens=st.integers(1, 9),
    semente=st.integers(0, 99),
)
def test_damaged_totals_come_back_as_they_were(dados, tipo, versao, itens, semente):
    certo = lote_exemplo(tipo, versao, guias=2, itens=itens, maximo=True, semente=semente)
    documento = ler(certo)
    todos = [documento.caminho(no) for no in documento.raiz.xpath(TOTAIS[tipo], namespaces=NS)]
    escolhidos = dados.draw(st.lists(st.sampled_from(todos), min_size=1, unique=True))
    valores = st.one_of(st.decimals(0, 99999, places=2).map(str), st.just("1.234,56"), st.just(""))
    estragado = aplicar(certo, [Valor(caminho, dados.draw(valores)) for caminho in escolhidos]).conteudo
    resultado = aplicar(estragado, [], recalcular=True)
    refeito = ler(resultado.conteudo)
    for caminho in todos:
        assert decimal_de(refeito.no(caminho).text) == decimal_de(documento.no(caminho).text)
    catalogo.esquema(versao).assertValid(refeito.raiz)
    assert conferir(refeito).confere_com == "iso-8859-1"
    assert {m.caminho for m in resultado.mudancas if m.motivo is Motivo.RECALCULO} <= set(escolhidos)


@given(
    quantidade=st.integers(0, 999),
    unitario=st.decimals(0, Decimal("9999.99"), places=2),
    fator=st.decimals(0, Decimal("9.99"), places=2),
)
def test_an_item_is_quantity_times_price_times_factor_rounded_half_up(quantidade, unitario, fator):
    edicoes = [
        Valor(f"{ITEM}/ans:quantidadeExecutada", str(quantidade)),
        Valor(f"{ITEM}/ans:valorUnitario", str(unitario)),
        Valor(f"{ITEM}/ans:reducaoAcrescimo", str(fator)),
    ]
    conteudo = aplicar(lote_exemplo(itens=1), edicoes, recalcular=True).conteudo
    milesimos = quantidade * int(unitario * 100) * int(fator * 100)
    centavos = (milesimos + 50) // 100
    assert Decimal(texto(conteudo, f"{ITEM}/ans:valorTotal")) * 100 == centavos
    assert Decimal(texto(conteudo, GERAL)) * 100 == centavos


def test_each_total_is_told_from_and_to_down_to_the_guide():
    conteudo = lote_exemplo(itens=1)
    total = texto(conteudo, f"{ITEM}/ans:valorTotal")
    estragado = com(conteudo, f"{ITEM}/ans:valorTotal", "1")
    estragado = com(estragado, GERAL, "2")
    assert previa_de_totais(estragado) == [
        Mudanca(f"{ITEM}/ans:valorTotal", "1", total, Motivo.RECALCULO),
        Mudanca(GERAL, "2", total, Motivo.RECALCULO),
    ]


def test_the_preview_is_what_recalculation_does_and_changes_nothing_itself():
    estragado = lote_exemplo(guias=3, itens=8).replace(b"<ans:valorUnitario>", b"<ans:valorUnitario>1")
    feitas = [m for m in aplicar(estragado, [], recalcular=True).mudancas if m.motivo is Motivo.RECALCULO]
    assert previa_de_totais(estragado) == feitas != []


def test_the_preview_counts_the_corrections_that_are_not_saved_yet():
    edicoes = [Valor(f"{ITEM}/ans:valorUnitario", "10.00"), Valor(f"{ITEM}/ans:quantidadeExecutada", "2")]
    previa = previa_de_totais(lote_exemplo(itens=1), edicoes)
    assert previa[0].caminho == f"{ITEM}/ans:valorTotal"
    assert Decimal(previa[0].para) in (Decimal("20.00"), Decimal("14.00"), Decimal("26.00"))


@pytest.mark.parametrize(("tipo", "itens"), [("sadt", 20), ("internacao", 20), ("honorarios", 30), ("odonto", 30)])
def test_right_totals_are_not_touched_however_they_are_written(tipo, itens):
    conteudo = lote_exemplo(tipo, itens=itens, maximo=True)
    sem_zeros = re.sub(rb"(\.\d)0</ans:valor", rb"\1</ans:valor", conteudo)
    assert sem_zeros != conteudo
    assert previa_de_totais(sem_zeros) == []


def test_a_missing_category_stays_missing_and_the_grand_total_counts_its_items():
    conteudo = lote_exemplo(itens=6)
    antes = texto(conteudo, GERAL)
    sem = aplicar(conteudo, [Remover(f"{SADT}/ans:valorTotal/ans:valorMedicamentos")]).conteudo
    resultado = aplicar(com(sem, GERAL, "0.00"), [], recalcular=True)
    assert texto(resultado.conteudo, GERAL) == antes
    assert ler(resultado.conteudo).no(f"{SADT}/ans:valorTotal/ans:valorMedicamentos") is None


def test_what_cannot_be_read_is_left_with_all_that_depends_on_it():
    conteudo = lote_exemplo(itens=6)
    ruim = com(conteudo, f"{ITEM}[1]/ans:quantidadeExecutada", "duas")
    ruim = com(ruim, f"{ITEM}[1]/ans:valorTotal", "x")
    ruim = com(com(ruim, GERAL, "1.00"), f"{SADT}/ans:valorTotal/ans:valorMedicamentos", "1.00")
    caminhos = [m.caminho for m in previa_de_totais(ruim)]
    assert caminhos == [f"{SADT}/ans:valorTotal/ans:valorMedicamentos"]


def test_an_item_whose_factors_cannot_be_read_still_counts_with_the_total_that_it_declares():
    conteudo = com(lote_exemplo(itens=1), f"{ITEM}/ans:reducaoAcrescimo", "1,00")
    conteudo = com(conteudo, f"{ITEM}/ans:valorTotal", "10.00")
    previa = previa_de_totais(conteudo)
    assert [(m.caminho, m.para) for m in previa] == [
        (f"{SADT}/ans:valorTotal/ans:valorProcedimentos", "10.00"),
        (GERAL, "10.00"),
    ]


def test_a_guide_without_items_and_a_consulta_keep_their_values():
    sem_itens = aplicar(lote_exemplo(itens=1), [Remover(f"{SADT}/ans:procedimentosExecutados")]).conteudo
    assert previa_de_totais(sem_itens) == []
    assert previa_de_totais(lote_exemplo("consulta")) == []


@pytest.mark.parametrize(
    ("escrito", "lido"),
    [
        ("1.50", Decimal("1.5")),
        (" 2 ", Decimal(2)),
        ("+.5", Decimal("0.5")),
        ("-1", Decimal(-1)),
        ("1,5", None),
        ("1e5", None),
        ("NaN", None),
        ("", None),
        (None, None),
        ("٣", None),
        ("1" * 5000, None),
    ],
)
def test_only_what_xml_calls_a_decimal_is_a_number(escrito, lido):
    assert decimal_de(escrito) == lido


def test_every_guide_of_a_message_is_recalculated():
    estragado = re.sub(rb"(<ans:valorTotalProc>)[^<]+", rb"\g<1>0", lote_exemplo("odonto", guias=3))
    refeito = etree.fromstring(aplicar(estragado, [], recalcular=True).conteudo)
    assert all(Decimal(no.text) > 0 for no in refeito.findall(".//ans:valorTotalProc", NS))
