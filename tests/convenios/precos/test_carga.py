"""Prices come out of the database in a fixed number of queries, and only as far as whoever asks may see."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from convenios.camadas import do_prestador
from convenios.models import Convenio, Credenciamento
from convenios.precos.carga import carregar_precos
from convenios.precos.conhecidos import Item
from convenios.precos.consulta import preco_de
from convenios.precos.models import (
    EdicaoDeReferencia,
    ItemDeReferencia,
    PercentualDoGrupo,
    Preco,
    Produto,
    TabelaDePreco,
    ValorDoPorte,
    VinculoDeTabela,
)
from convenios.precos.motor import Fonte, quanto_custa
from tests.fabrica import Cenario

D = Decimal
INICIO, DIA = date(2026, 1, 1), date(2026, 3, 15)


def _tabela(dona: Any, nome: str, precos: dict[tuple[str, str], dict[str, Any]], **mais: Any) -> TabelaDePreco:
    tabela = TabelaDePreco.objects.create(operadora=dona, nome=nome, **{"tipo": "valores", "inicio": INICIO, **mais})
    Preco.objects.bulk_create(
        Preco(operadora=dona, tabela=tabela, tabela_tiss=tiss, codigo=codigo, **{"inicio": INICIO, **preco})
        for (tiss, codigo), preco in precos.items()
    )
    return tabela


@pytest.fixture
def registrado(cenario: Cenario) -> Cenario:
    """PASA prices by portes, by a contract with Aurélia, by Brasíndice and by average cost."""
    pasa = cenario.pasa
    with cenario.dentro("pasa"):
        principal = Convenio.objects.get(principal=True)
        Convenio.objects.filter(pk=principal.pk).update(
            referencia_medicamento="brasindice",
            pfb_para_pmc_zerado=True,
            brasindice_medicamento_percentual=D(38),
            valor_filme=D("21.70"),
        )
        geral = _tabela(
            pasa,
            "Portes 2026",
            {
                ("22", "40808041"): {"porte": "3C", "custo_operacional": D("12.5"), "filme_m2": D("0.24")},
                ("22", "40304361"): {"porte": "3C", "fracao_do_porte": D("0.1")},
            },
            tipo="portes",
            uco=D("11.50"),
        )
        ValorDoPorte.objects.create(operadora=pasa, tabela=geral, porte="3C", valor=D("245.10"))
        contrato = _tabela(pasa, "Aurélia", {("22", "40304361"): {"valor": D(20)}}, prestador=cenario.aurelia)
        comum = {"operadora": pasa, "convenio": principal, "natureza": "procedimentos", "inicio": INICIO}
        VinculoDeTabela.objects.create(tabela=geral, banda_porte=D(20), banda_uco=D(-10), **comum)
        VinculoDeTabela.objects.create(tabela=contrato, prestador=cenario.aurelia, **comum)
        edicao = EdicaoDeReferencia.objects.create(operadora=pasa, lista="brasindice", edicao="900", inicio=INICIO)
        ItemDeReferencia.objects.create(
            operadora=pasa,
            edicao=edicao,
            codigo="00123",
            codigo_tuss="90000001",
            descricao="Inventado",
            grupo="medicamento",
            pfb=D("12.40"),
        )
        PercentualDoGrupo.objects.create(operadora=pasa, convenio=principal, grupo="medicamento", percentual=D(14))
    with cenario.dentro("aurelia"):
        Produto.objects.create(
            prestador=cenario.aurelia,
            codigo="AMP7",
            codigo_tuss="90000009",
            descricao="Ampola inventada",
            grupo="medicamento",
            custo_medio=D("12.50"),
        )
    return cenario


def _preco(cenario: Cenario, quem: str, tabela: str, codigo: str, de: str = "", **mais: Any) -> tuple[Any, str]:
    with cenario.dentro(quem):
        convenio = Convenio.objects.get(operadora=cenario.pasa, principal=True)
        credenciamento = Credenciamento.objects.get(operadora=cenario.pasa, prestador=cenario.organizacoes[de or quem])
        resposta = preco_de(
            convenio=convenio, credenciamento=credenciamento, tabela=tabela, codigo=codigo, dia=DIA, **mais
        )
    return resposta.valor, str(resposta.fonte)


@pytest.mark.parametrize(
    ("tabela", "codigo", "valor", "fonte"),
    [
        ("22", "40808041", "428.70", Fonte.TABELA),
        ("22", "40304361", "20.00", Fonte.TABELA),
        ("20", "90000001", "4.71", Fonte.BRASINDICE),
        ("20", "090000001", "4.71", Fonte.BRASINDICE),
        ("20", "90000009", "1.75", Fonte.CUSTO_MEDIO),
        ("00", "AMP7", None, Fonte.NAO_CONTRATADO),
        ("22", "10101012", None, Fonte.NAO_CONTRATADO),
        ("18", "60000000", None, Fonte.SEM_PRECO),
    ],
)
def test_a_prestador_asks_what_it_will_be_paid(
    registrado: Cenario, tabela: str, codigo: str, valor: str | None, fonte: Fonte
) -> None:
    assert _preco(registrado, "aurelia", tabela, codigo) == (None if valor is None else D(valor), fonte)


def test_the_codigo_da_despesa_says_what_an_own_code_is(registrado: Cenario) -> None:
    assert _preco(registrado, "aurelia", "00", "AMP7", codigo_despesa="02") == (D("1.75"), Fonte.CUSTO_MEDIO)


def test_another_prestador_has_the_price_of_the_convenio_and_not_that_of_the_contract(registrado: Cenario) -> None:
    """245,10 × 0,1 × 1,2 = 29,412."""
    assert _preco(registrado, "boavista", "22", "40304361") == (D("29.41"), Fonte.TABELA)
    assert _preco(registrado, "boavista", "20", "90000009") == (None, Fonte.SEM_PRECO)


def test_the_operadora_sees_the_price_for_each_prestador_but_not_what_that_pays(registrado: Cenario) -> None:
    assert _preco(registrado, "pasa", "22", "40304361", "aurelia", com_custos=False) == (D(20), Fonte.TABELA)
    assert _preco(registrado, "pasa", "22", "40304361", "boavista", com_custos=False) == (D("29.41"), Fonte.TABELA)
    assert _preco(registrado, "pasa", "20", "90000009", "aurelia", com_custos=False) == (None, Fonte.INDEFINIDA)


def test_a_table_that_is_not_active_prices_nothing(registrado: Cenario) -> None:
    with registrado.dentro("pasa"):
        TabelaDePreco.objects.filter(nome="Aurélia").update(ativa=False)
    assert _preco(registrado, "aurelia", "22", "40304361") == (D("29.41"), Fonte.TABELA)


@pytest.mark.parametrize("quantos", [1, 3_000])
def test_the_number_of_queries_is_the_same_for_one_item_and_for_thousands(
    registrado: Cenario, quantos: int, django_assert_num_queries: Any
) -> None:
    with registrado.dentro("aurelia"):
        convenio = Convenio.objects.get(operadora=registrado.pasa, principal=True)
        credenciamento = Credenciamento.objects.get(operadora=registrado.pasa)
        regras = {convenio.pk: do_prestador(convenio, credenciamento).regras}
        itens = [Item(convenio.pk, "medicamentos", "20", str(90000001 + i), DIA) for i in range(quantos)]
        itens += [Item(convenio.pk, "procedimentos", "22", str(40304361 + i), DIA) for i in range(quantos)]
        with django_assert_num_queries(7):
            precos = carregar_precos(
                itens, operadora_id=registrado.pasa.pk, prestador_id=registrado.aurelia.pk, regras=regras
            )
        with django_assert_num_queries(0):
            assert [quanto_custa(item, precos).valor for item in itens][:: len(itens) // 2] == [D("4.71"), D(20)]
