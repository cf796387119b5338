"""Coparticipação: parts that always add up, from the day on that was agreed, in both models."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convenios.coparticipacao import (
    Especie,
    ItemDaConta,
    dividir,
    dividir_cobrados,
    dividir_valor,
    especie_de,
    inteiro_de,
    tem_coparticipacao,
    valor_no_xml,
)
from convenios.regras import Regras

INICIO = date(2026, 3, 1)
VINTE = Decimal(20)
VINTE_EM_TUDO = Regras(
    coparticipacao_procedimentos=VINTE,
    coparticipacao_taxas=VINTE,
    coparticipacao_materiais=VINTE,
    coparticipacao_medicamentos=VINTE,
)
CONTA = [
    ItemDaConta(especie=especie, valor=Decimal(valor), dia=INICIO)
    for especie, valor in (
        (Especie.PROCEDIMENTO, "300.00"),
        (Especie.PROCEDIMENTO, "150.00"),
        (Especie.TAXA, "50.00"),
        (Especie.MATERIAL, "20.00"),
        (Especie.MEDICAMENTO, "80.00"),
    )
]
dinheiro = st.decimals(0, 10_000_000, places=2)
percentuais = st.decimals(0, 100, places=3)


def test_a_tabela_do_manual() -> None:
    divisao = dividir(CONTA, VINTE_EM_TUDO, inicio=INICIO)
    assert [parte.paciente for parte in divisao.partes] == [60, 30, 10, 4, 16]
    assert [parte.convenio for parte in divisao.partes] == [240, 120, 40, 16, 64]
    assert (divisao.valor, divisao.paciente, divisao.convenio) == (600, 120, 480)


def test_cada_especie_tem_o_seu_percentual() -> None:
    regras = Regras(coparticipacao_taxas=Decimal(10), coparticipacao_medicamentos=Decimal("12.5"))
    assert [parte.paciente for parte in dividir(CONTA, regras, inicio=INICIO).partes] == [0, 0, 5, 0, 10]


@pytest.mark.parametrize(("dia", "paciente"), [(0, 0), (29, 0), (30, 20), (31, 20)])
def test_antes_do_prazo_o_convenio_paga_tudo(dia: int, paciente: int) -> None:
    regras = Regras(coparticipacao_procedimentos=VINTE, coparticipacao_dias=30)
    item = ItemDaConta(especie=Especie.PROCEDIMENTO, valor=Decimal(100), dia=INICIO + timedelta(days=dia))
    assert dividir([item], regras, inicio=INICIO).paciente == paciente


def test_sem_data_o_item_conta_como_do_primeiro_dia() -> None:
    item = ItemDaConta(especie=Especie.PROCEDIMENTO, valor=Decimal(100))
    com_prazo = Regras(coparticipacao_procedimentos=VINTE, coparticipacao_dias=30)
    assert dividir([item], com_prazo, inicio=INICIO).paciente == 0
    assert dividir([item], Regras(coparticipacao_procedimentos=VINTE), inicio=None).paciente == 20


@pytest.mark.parametrize(
    ("despesa", "tabela", "especie"),
    [
        ("", "22", Especie.PROCEDIMENTO),
        ("", "98", Especie.PROCEDIMENTO),
        ("", "18", Especie.TAXA),
        ("", "20", Especie.MEDICAMENTO),
        ("01", "18", Especie.TAXA),
        ("02", "20", Especie.MEDICAMENTO),
        ("03", "00", Especie.MATERIAL),
        ("05", "18", Especie.TAXA),
        ("07", "18", Especie.TAXA),
        ("08", "19", Especie.MATERIAL),
    ],
)
def test_a_especie_de_um_item(despesa: str, tabela: str, especie: Especie) -> None:
    assert especie_de(despesa, tabela) is especie


def test_quem_cobra_decide_o_que_vai_no_xml() -> None:
    do_prestador = Regras(coparticipacao_procedimentos=VINTE, coparticipacao_modelo="prestador")
    assert valor_no_xml(Decimal(1000), VINTE, do_prestador) == 800
    assert valor_no_xml(Decimal(1000), VINTE, VINTE_EM_TUDO) == 1000
    cobrado = [ItemDaConta(especie=Especie.PROCEDIMENTO, valor=Decimal(800), dia=INICIO)]
    divisao = dividir_cobrados(cobrado, do_prestador, inicio=INICIO)
    assert (divisao.valor, divisao.paciente, divisao.convenio) == (1000, 200, 800)
    inteira = dividir_cobrados(cobrado, VINTE_EM_TUDO, inicio=INICIO)
    assert (inteira.valor, inteira.paciente, inteira.convenio) == (800, 160, 640)


def test_sem_percentual_nada_se_divide() -> None:
    assert not tem_coparticipacao(Regras(coparticipacao_dias=30, coparticipacao_modelo="prestador"))
    assert tem_coparticipacao(Regras(coparticipacao_materiais=Decimal("0.001")))


@given(st.lists(st.tuples(st.sampled_from(Especie), dinheiro, st.none() | st.dates())), percentuais, st.data())
def test_as_partes_sempre_somam_o_todo(
    linhas: list[tuple[Especie, Decimal, date | None]], percentual: Decimal, data: st.DataObject
) -> None:
    regras = Regras(
        coparticipacao_procedimentos=percentual,
        coparticipacao_taxas=data.draw(percentuais),
        coparticipacao_materiais=data.draw(percentuais),
        coparticipacao_medicamentos=data.draw(percentuais),
        coparticipacao_dias=data.draw(st.integers(0, 3650)),
    )
    itens = [ItemDaConta(especie=especie, valor=valor, dia=dia) for especie, valor, dia in linhas]
    divisao = dividir(itens, regras, inicio=data.draw(st.dates(max_value=date(9000, 1, 1))))
    for item, parte in zip(itens, divisao.partes, strict=True):
        assert parte.paciente + parte.convenio == item.valor
        assert min(parte.paciente, parte.convenio) >= 0
        assert parte.paciente == parte.paciente.quantize(Decimal("0.01"))
    assert divisao.paciente + divisao.convenio == divisao.valor == sum(item.valor for item in itens)


@given(dinheiro, st.decimals(0, "99.999", places=3))
def test_do_resto_se_volta_ao_inteiro(resto: Decimal, percentual: Decimal) -> None:
    inteiro = inteiro_de(resto, percentual)
    assert dividir_valor(inteiro, percentual).convenio == resto
    assert inteiro >= resto


def test_de_cem_por_cento_nao_ha_resto() -> None:
    assert inteiro_de(Decimal(0), Decimal(100)) == 0
