"""The identities of statements: kept by examples and random ones, and each break is told with its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiss_schemas.demonstrativo import estrategias
from tests.tiss_schemas.demonstrativo.apoio import TIPOS
from tiss_schemas.demonstrativo.contas import divergencias, liquido, somar, somar_odonto
from tiss_schemas.demonstrativo.valores import (
    DebitoOuCredito,
    GuiaPaga,
    Indicador,
    ItemAnalisado,
    Liquido,
    Valores,
    ValoresOdonto,
)
from tiss_schemas.exemplos_demonstrativo import (
    Glosas,
    exemplo_de_analise,
    exemplo_de_odonto,
    exemplo_de_pagamento,
)

CENTAVO = Decimal("0.01")
DEMONSTRATIVOS = estrategias.analises() | estrategias.pagamentos() | estrategias.odontos()

Passos = tuple[str | int, ...]


def lancamento(indicador: Indicador, valor: str) -> DebitoOuCredito:
    """An entry of that amount."""
    return DebitoOuCredito(indicador=indicador, tipo="01", descricao="IRRF", valor=Decimal(valor))


def quantias(valor: Any, passos: Passos = ()) -> Iterator[Passos]:
    """Where the amounts of a statement stand that some identity speaks of."""
    if isinstance(valor, Decimal):
        yield passos
    elif isinstance(valor, tuple):
        for posicao, parte in enumerate(valor):
            yield from quantias(parte, (*passos, posicao))
    elif is_dataclass(valor):
        for campo in fields(valor):
            fora = isinstance(valor, ItemAnalisado) and campo.name == "quantidade"
            if not fora and not (isinstance(valor, GuiaPaga) and campo.name == "valores"):
                yield from quantias(getattr(valor, campo.name), (*passos, campo.name))
    if isinstance(valor, GuiaPaga):
        yield from ((*passos, "valores", nome) for nome in ("processado", "liberado", "glosa"))


def com_um_centavo_a_mais(valor: Any, passos: Passos) -> Any:
    """The same statement but for the amount at `passos`."""
    if not passos:
        return valor + CENTAVO
    primeiro, *resto = passos
    if isinstance(primeiro, int):
        mudado = com_um_centavo_a_mais(valor[primeiro], tuple(resto))
        return (*valor[:primeiro], mudado, *valor[primeiro + 1 :])
    return replace(valor, **{primeiro: com_um_centavo_a_mais(getattr(valor, primeiro), tuple(resto))})


@pytest.mark.parametrize("glosas", Glosas)
@pytest.mark.parametrize("tipo", TIPOS)
@pytest.mark.parametrize(("guias", "itens"), [(2, 3), (2, 0), (0, 0)])
def test_examples_of_analysis_keep_every_identity(tipo: str, glosas: Glosas, guias: int, itens: int) -> None:
    assert divergencias(exemplo_de_analise(tipo=tipo, glosas=glosas, protocolos=2, guias=guias, itens=itens)) == []


def test_examples_of_payment_keep_every_identity() -> None:
    assert divergencias(exemplo_de_pagamento(datas=2, protocolos=3, guias=8)) == []
    assert divergencias(exemplo_de_odonto(datas=2, protocolos=2, guias=3, itens=5)) == []


@settings(max_examples=60, deadline=None)
@given(dados=st.data())
def test_a_cent_more_anywhere_is_told_and_nothing_else_is(dados: st.DataObject) -> None:
    demonstrativo = dados.draw(DEMONSTRATIVOS)
    assert divergencias(demonstrativo) == []
    onde = dados.draw(st.sampled_from(sorted(quantias(demonstrativo), key=str)))
    assert divergencias(com_um_centavo_a_mais(demonstrativo, onde))


def test_sums_of_nothing_are_nothing() -> None:
    assert somar([]) == Valores()
    assert somar_odonto([]) == ValoresOdonto()


def test_debits_lower_and_credits_raise_what_is_received() -> None:
    lancamentos = [lancamento(Indicador.DEBITO, "30.00"), lancamento(Indicador.CREDITO, "5.50")]
    assert liquido(Decimal("100.00"), lancamentos) == Liquido(
        debitos=Decimal("30.00"), creditos=Decimal("5.50"), a_receber=Decimal("75.50")
    )


def test_debits_may_be_more_than_what_was_released() -> None:
    assert liquido(Decimal("10.00"), [lancamento(Indicador.DEBITO, "30.00")]).a_receber == Decimal("-20.00")


def com_item(**campos: Any) -> list[str]:
    """What is said of a statement of one item in which the item is other than its guide says."""
    demonstrativo = exemplo_de_analise(itens=1, glosas=Glosas.NENHUMA)
    protocolo = demonstrativo.protocolos[0]
    guia = protocolo.guias[0]
    item = replace(guia.itens[0], **campos)
    protocolo = replace(protocolo, guias=(replace(guia, itens=(item,), valores=item.valores),), valores=item.valores)
    return divergencias(replace(demonstrativo, protocolos=(protocolo,), valores=item.valores))


def quatro(informado: str, processado: str, liberado: str, glosa: str) -> Valores:
    """Four amounts."""
    return Valores(
        informado=Decimal(informado), processado=Decimal(processado), liberado=Decimal(liberado), glosa=Decimal(glosa)
    )


def test_the_item_is_named_whose_liberado_is_not_what_is_left() -> None:
    assert com_item(valores=quatro("100", "100", "90", "0"))[0] == (
        "Protocolo 2026000101, guia 20301004, item 1: o valor liberado é R$ 90,00, mas processado menos glosa dá "
        "R$ 100,00."
    )


def test_an_item_that_is_paid_below_what_was_billed_needs_no_glosa() -> None:
    assert com_item(valores=quatro("120", "100", "100", "0")) == []


def test_a_glosa_of_an_item_has_a_code() -> None:
    assert com_item(valores=quatro("1234.5", "1234.5", "1200", "34.5"))[0] == (
        "Protocolo 2026000101, guia 20301004, item 1: o valor de glosa é R$ 34,50, mas a soma das glosas dá R$ 0,00."
    )


def test_no_amount_is_below_zero() -> None:
    assert com_item(valores=quatro("-1", "0", "0", "0"))[0] == (
        "Protocolo 2026000101, guia 20301004, item 1: o valor informado é −R$ 1,00, e não pode ser negativo."
    )


def test_a_total_is_the_sum_of_its_parts() -> None:
    demonstrativo = exemplo_de_analise(glosas=Glosas.NENHUMA)
    geral = replace(demonstrativo.valores, informado=demonstrativo.valores.informado + 1000)
    (frase,) = divergencias(replace(demonstrativo, valores=geral))
    assert frase.startswith("Total geral: o valor informado é R$ ")
    assert "mas a soma dos protocolos dá R$ " in frase


def test_the_net_of_a_date_counts_its_own_entries() -> None:
    demonstrativo = exemplo_de_pagamento()
    data = replace(demonstrativo.datas[0], debitos_e_creditos=())
    frases = divergencias(replace(demonstrativo, datas=(data,)))
    assert frases[0].startswith("Pagamento de 30/03/2026: o total de débitos é R$ ")
    assert frases[0].endswith("mas os lançamentos dão R$ 0,00.")


def test_the_franquia_of_a_dental_item_is_not_paid() -> None:
    demonstrativo = exemplo_de_odonto(itens=1, guias=1)
    data = demonstrativo.datas[0]
    protocolo = data.protocolos[0]
    item = protocolo.guias[0].itens[0]
    mudado = replace(item, valores=replace(item.valores, franquia=Decimal("1.00")))
    guia = replace(protocolo.guias[0], itens=(mudado,))
    mudada = replace(data, protocolos=(replace(protocolo, guias=(guia,)),))
    assert "processado menos glosa menos franquia" in divergencias(replace(demonstrativo, datas=(mudada,)))[0]
