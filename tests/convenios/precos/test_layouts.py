"""Files of prices: table rows, portes, editions of the vendors' lists, and products with their cost. All invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from conecta.importacao.models import LinhaRuim
from convenios.precos.models import EdicaoDeReferencia, ItemDeReferencia, Preco, Produto, TabelaDePreco, ValorDoPorte
from tests.fabrica import Cenario
from tests.importacao.apoio import conferida, csv, gravada

PRECOS = ("Tabela", "Código", "Descrição", "Valor", "Porte", "Custo operacional", "Início", "Fim")
BRASINDICE = ("Cód. Brasíndice", "Apresentação", "PMC", "PFB", "Qtde", "TUSS")


def _tabela(cenario: Cenario, tipo: str = "valores") -> dict[str, int]:
    with cenario.dentro("pasa"):
        tabela = TabelaDePreco.objects.create(
            operadora=cenario.pasa, nome=f"Tabela de {tipo}", tipo=tipo, inicio=date(2026, 1, 1)
        )
    return {"tabela": tabela.pk}


def _erros(cenario: Cenario, dados: bytes, **opcoes: object) -> list[str]:
    """The columns that are wrong in the only line of a file."""
    importacao = conferida(cenario, dados, **opcoes)  # type: ignore[arg-type]
    with cenario.dentro("pasa"):
        (linha,) = LinhaRuim.objects.filter(importacao=importacao)
    return [erro["coluna"] for erro in linha.erros]


def test_a_table_is_filled_and_the_same_file_again_changes_nothing(cenario: Cenario) -> None:
    opcoes = _tabela(cenario)
    dados = csv(
        PRECOS,
        ("22", "40304361", "Hemograma", "R$ 1.018,90", "", "", "", ""),
        ("0", "PAC-1", "Pacote", "300,00", "", "", "01/03/2026", "31/12/2026"),
    )
    assert gravada(cenario, dados, layout="precos", opcoes=opcoes).novas == 2
    with cenario.dentro("pasa"):
        assert list(
            Preco.objects.order_by("codigo").values_list("tabela_tiss", "codigo", "valor", "inicio", "fim")
        ) == [
            ("22", "40304361", Decimal("1018.90"), date(2026, 1, 1), None),
            ("00", "PAC-1", Decimal("300"), date(2026, 3, 1), date(2026, 12, 31)),
        ]
    outra = gravada(cenario, dados, layout="precos", opcoes=opcoes)
    assert (outra.novas, outra.mudadas, outra.iguais) == (0, 0, 2)


def test_the_kind_of_table_decides_what_a_row_must_have(cenario: Cenario) -> None:
    sem_valor = csv(PRECOS, ("22", "40304361", "", "", "2A", "", "", ""))
    sem_porte = csv(PRECOS, ("22", "40304361", "", "18,90", "", "", "", ""))
    assert _erros(cenario, sem_valor, layout="precos", opcoes=_tabela(cenario)) == ["Valor"]
    portes = _tabela(cenario, "portes")
    assert _erros(cenario, sem_porte, layout="precos", opcoes=portes) == ["Porte"]
    assert conferida(cenario, sem_valor, layout="precos", opcoes=portes).boas == 1


def test_a_bad_row_says_each_thing_that_is_wrong(cenario: Cenario) -> None:
    ruim = csv(PRECOS, ("17", "1 2", "", "-3,00", "", "", "10/05/2026", "01/05/2026"))
    assert _erros(cenario, ruim, layout="precos", opcoes=_tabela(cenario)) == ["Tabela TISS", "Código", "Valor", "Fim"]


def test_portes_are_filled_only_where_there_are_portes(cenario: Cenario) -> None:
    dados = csv(("Porte", "Valor"), ("3c", "182,34"))
    assert gravada(cenario, dados, layout="portes", opcoes=_tabela(cenario, "portes")).novas == 1
    with cenario.dentro("pasa"):
        assert list(ValorDoPorte.objects.values_list("porte", "valor")) == [("3C", Decimal("182.34"))]
    assert _erros(cenario, dados, layout="portes", opcoes=_tabela(cenario)) == ["Porte"]


def _edicao(edicao: str = "1040", inicio: str = "2026-02-01") -> dict[str, str]:
    return {"edicao": edicao, "inicio": inicio}


def test_an_edition_comes_in_one_or_several_files_and_never_changes(cenario: Cenario) -> None:
    primeira = csv(BRASINDICE, ("001.02.03", "INVENTADO 10 MG C/ 20", "31,50", "23,10", "20", "90012345"))
    segunda = csv(BRASINDICE, ("001.02.04", "INVENTADO 20 MG C/ 20", "", "30,00", "20", ""))
    assert gravada(cenario, primeira, layout="brasindice", opcoes=_edicao()).novas == 1
    assert gravada(cenario, segunda, layout="brasindice", opcoes=_edicao()).novas == 1
    assert gravada(cenario, primeira, layout="brasindice", opcoes=_edicao()).iguais == 1
    with cenario.dentro("pasa"):
        assert EdicaoDeReferencia.objects.get().inicio == date(2026, 2, 1)
        item = ItemDeReferencia.objects.get(codigo="001.02.04")
        assert (item.grupo, item.pmc, item.pfb, item.unidades) == ("medicamento", 0, Decimal("30"), Decimal("20"))
    outro_preco = primeira.replace(b"31,50", b"32,00")
    assert "já tem 1 itens destes" in conferida(cenario, outro_preco, layout="brasindice", opcoes=_edicao()).erro


@pytest.mark.parametrize(
    ("opcoes", "frase"),
    [(_edicao(inicio="2026-03-01"), "em vigor desde 01/02/2026"), (_edicao("1041"), "já vale desde esse dia")],
)
def test_an_edition_has_one_day_and_a_day_one_edition(cenario: Cenario, opcoes: dict[str, str], frase: str) -> None:
    dados = csv(BRASINDICE, ("001.02.03", "INVENTADO 10 MG C/ 20", "31,50", "23,10", "20", ""))
    gravada(cenario, dados, layout="brasindice", opcoes=_edicao())
    assert frase in conferida(cenario, dados, layout="brasindice", opcoes=opcoes).erro


def test_an_item_without_any_price_is_a_bad_line(cenario: Cenario) -> None:
    dados = csv(BRASINDICE, ("001.02.03", "INVENTADO", "0,00", "", "0", ""))
    assert _erros(cenario, dados, layout="brasindice", opcoes=_edicao()) == ["Unidades na embalagem", "PFB"]


def test_simpro_has_one_price(cenario: Cenario) -> None:
    dados = csv(("CD_SIMPRO", "Produto", "PF"), ("0000123456", "CATETER INVENTADO", "12,40"))
    assert gravada(cenario, dados, layout="simpro", opcoes=_edicao("2026/02")).novas == 1
    with cenario.dentro("pasa"):
        item = ItemDeReferencia.objects.get()
        assert (item.codigo, item.grupo, item.pfb, item.unidades) == ("0000123456", "material", Decimal("12.40"), 1)


def test_products_are_the_prestadors_own(cenario: Cenario) -> None:
    dados = csv(("Código", "Descrição", "Grupo", "Custo"), ("MAT-1", "Agulha", "materiais", "1,2345"))
    assert gravada(cenario, dados, layout="produtos", quem="aurelia").novas == 1
    for quem, quantos in (("aurelia", 1), ("boavista", 0)):
        with cenario.dentro(quem):
            assert Produto.objects.count() == quantos


def test_a_column_that_a_list_of_prices_has_not_keeps_what_is_registered(cenario: Cenario) -> None:
    opcoes = _tabela(cenario, "portes")
    todas = ("Tabela", "Código", "Descrição", "Porte", "Fração do porte", "Custo operacional", "Auxiliares", "Fim")
    linha = ("22", "31005470", "Cirurgia inventada", "7C", "0,50", "12,00", "2", "31/12/2026")
    gravada(cenario, csv(todas, linha), layout="precos", opcoes=opcoes)
    poucas = csv(("Tabela", "Código", "Porte"), ("22", "31005470", "8A"))
    assert gravada(cenario, poucas, layout="precos", opcoes=opcoes).mudadas == 1
    with cenario.dentro("pasa"):
        preco = Preco.objects.get()
    assert (preco.porte, preco.descricao, preco.fracao_do_porte) == ("8A", "Cirurgia inventada", Decimal("0.5"))
    assert (preco.custo_operacional, preco.numero_de_auxiliares, preco.fim) == (12, 2, date(2026, 12, 31))


def test_a_list_of_costs_keeps_the_codes_and_the_state_of_products(cenario: Cenario) -> None:
    titulos = ("Código", "Descrição", "Grupo", "Custo", "TUSS", "Brasíndice", "Simpro", "Ativo")
    gravada(
        cenario,
        csv(titulos, ("M1", "Agulha", "Materiais", "1,00", "70000001", "B1", "S1", "Não")),
        layout="produtos",
        quem="aurelia",
    )
    custos = csv(titulos[:4], ("M1", "Agulha", "Materiais", "1,50"))
    assert gravada(cenario, custos, layout="produtos", quem="aurelia").mudadas == 1
    with cenario.dentro("aurelia"):
        produto = Produto.objects.get()
    assert (produto.custo_medio, produto.ativo) == (Decimal("1.5"), False)
    assert (produto.codigo_tuss, produto.codigo_brasindice, produto.codigo_simpro) == ("70000001", "B1", "S1")


@pytest.mark.parametrize(
    ("coluna", "valor"),
    [("Valor", "100000000"), ("Custo operacional", "100000000"), ("Filme (m²)", "10000"), ("Fração do porte", "1000")],
)
def test_a_number_that_no_price_has_is_a_bad_line(cenario: Cenario, coluna: str, valor: str) -> None:
    dados = csv(("Tabela", "Código", "Porte", coluna), ("22", "31005470", "7C", valor))
    assert _erros(cenario, dados, layout="precos", opcoes=_tabela(cenario, "portes")) == [coluna]
