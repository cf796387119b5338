"""Prices are walled: a prestador reads what prices its own items, and what it pays is nobody else's business."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from convenios.models import Convenio
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
from tests.fabrica import Cenario

INICIO = date(2026, 1, 1)


def _tabela(cenario: Cenario, nome: str, prestador: str = "", para: str | None = None) -> TabelaDePreco:
    """A table of PASA with one price and one porte; linked for everybody ("") or for one, or for nobody (None)."""
    dona, dele = cenario.pasa, cenario.organizacoes.get(prestador)
    tabela = TabelaDePreco.objects.create(operadora=dona, prestador=dele, nome=nome, tipo="valores", inicio=INICIO)
    Preco.objects.create(
        operadora=dona, tabela=tabela, tabela_tiss="22", codigo="40304361", valor=Decimal(20), inicio=INICIO
    )
    ValorDoPorte.objects.create(operadora=dona, tabela=tabela, porte="1A", valor=Decimal(15))
    if para is not None:
        VinculoDeTabela.objects.create(
            operadora=dona,
            convenio=Convenio.objects.get(operadora=dona, principal=True),
            prestador=cenario.organizacoes.get(para),
            natureza="procedimentos",
            tabela=tabela,
            inicio=INICIO,
        )
    return tabela


@pytest.fixture
def tabelas(cenario: Cenario) -> Cenario:
    with cenario.dentro("pasa"):
        _tabela(cenario, "geral", para="")
        _tabela(cenario, "da Aurélia", prestador="aurelia", para="aurelia")
        _tabela(cenario, "hospitais", para="boavista")
        _tabela(cenario, "em preparo")
    return cenario


@pytest.mark.parametrize(
    ("quem", "ve"),
    [
        ("aurelia", ["da Aurélia", "geral"]),
        ("boavista", ["geral", "hospitais"]),
        ("cedro", []),
        ("pasa", ["da Aurélia", "em preparo", "geral", "hospitais"]),
        ("sulina", []),
    ],
)
def test_a_prestador_reads_only_the_tables_that_price_its_items(tabelas: Cenario, quem: str, ve: list[str]) -> None:
    with tabelas.dentro(quem):
        assert sorted(TabelaDePreco.objects.values_list("nome", flat=True)) == ve
        assert sorted(Preco.objects.values_list("tabela__nome", flat=True)) == ve
        assert sorted(ValorDoPorte.objects.values_list("tabela__nome", flat=True)) == ve
        assert sorted(VinculoDeTabela.objects.values_list("tabela__nome", flat=True)) == [
            nome for nome in ve if nome != "em preparo"
        ]


def test_another_prestador_does_not_see_the_table_of_a_contract_even_when_it_is_linked_for_all(
    cenario: Cenario,
) -> None:
    with cenario.dentro("pasa"):
        _tabela(cenario, "da Aurélia", prestador="aurelia", para="")
    with cenario.dentro("boavista"):
        assert not Preco.objects.exists()
        assert not TabelaDePreco.objects.exists()


def test_the_table_of_a_contract_is_not_linked_outside_of_it(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        tabela = _tabela(cenario, "da Aurélia", prestador="aurelia")
        for outro in (None, cenario.boavista):
            with pytest.raises(ValidationError, match="contrato com um prestador"):
                VinculoDeTabela(tabela=tabela, prestador=outro).clean()
        VinculoDeTabela(tabela=tabela, prestador=cenario.aurelia).clean()


def test_a_prestador_changes_no_price(tabelas: Cenario) -> None:
    with tabelas.dentro("aurelia"):
        for tabela in (Preco, TabelaDePreco, ValorDoPorte, VinculoDeTabela):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                tabela.objects.update(inicio=INICIO) if hasattr(tabela, "inicio") else tabela.objects.update(valor=1)


def test_a_table_is_only_of_a_prestador_with_a_contract(cenario: Cenario) -> None:
    with cenario.dentro("pasa"), pytest.raises(DatabaseError, match="inquilino"), transaction.atomic():
        _tabela(cenario, "da Cedro", prestador="cedro")


def test_a_price_hangs_on_a_table_of_its_own_operadora(tabelas: Cenario) -> None:
    with tabelas.dentro("pasa"):
        alheia = TabelaDePreco.objects.get(nome="geral")
    with tabelas.dentro("sulina"), pytest.raises(DatabaseError, match="inquilino"), transaction.atomic():
        Preco.objects.create(
            operadora=tabelas.sulina, tabela_id=alheia.pk, tabela_tiss="22", codigo="1", valor=1, inicio=INICIO
        )


def test_only_the_prestador_knows_what_it_pays(cenario: Cenario) -> None:
    with cenario.dentro("aurelia"):
        Produto.objects.create(
            prestador=cenario.aurelia, codigo="7", descricao="Seringa", grupo="material", custo_medio=Decimal("0.42")
        )
        assert Produto.objects.count() == 1
    with cenario.dentro("boavista"):
        assert not Produto.objects.exists()
    with cenario.dentro("pasa"), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Produto.objects.count()


@pytest.mark.parametrize(("quem", "ve"), [("aurelia", 1), ("boavista", 1), ("cedro", 0), ("sulina", 0), ("pasa", 1)])
def test_lists_and_percentages_are_read_by_the_credenciados_of_their_operadora(
    cenario: Cenario, quem: str, ve: int
) -> None:
    with cenario.dentro("pasa"):
        edicao = EdicaoDeReferencia.objects.create(
            operadora=cenario.pasa, lista="brasindice", edicao="900", inicio=INICIO
        )
        ItemDeReferencia.objects.create(
            operadora=cenario.pasa, edicao=edicao, codigo="1", descricao="Dipirona inventada", grupo="medicamento"
        )
        principal = Convenio.objects.get(principal=True)
        PercentualDoGrupo.objects.create(
            operadora=cenario.pasa, convenio=principal, grupo="medicamento", percentual=Decimal(14)
        )
    with cenario.dentro(quem):
        contas = [tabela.objects.count() for tabela in (EdicaoDeReferencia, ItemDeReferencia, PercentualDoGrupo)]
    assert contas == [ve, ve, ve]


def test_an_imported_edition_does_not_change(cenario: Cenario) -> None:
    with cenario.dentro("pasa"):
        for tabela in (EdicaoDeReferencia, ItemDeReferencia):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                tabela.objects.update(operadora=cenario.pasa)
