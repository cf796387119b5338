"""Percentage adjustments: what is shown before is what is done, to the cent, and undone as if it never had been."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from convenios.precos.erros import ReajusteImpossivel, ReajusteSemVolta
from convenios.precos.models import Preco, Reajuste, TabelaDePreco
from convenios.precos.reajuste import MAIOR, MENOR, Pedido, desfazer, prever, reajustar
from tests.convenios.precos.registro import preco, tabela
from tests.fabrica import Cenario

JULHO = date(2026, 7, 1)
VESPERA = date(2026, 6, 30)
D = Decimal


@pytest.fixture
def gestor(cenario: Cenario, client: Client) -> Client:
    client.force_login(cenario.pessoa("gestor", "pasa"))
    return client


@pytest.fixture
def desta(cenario: Cenario) -> TabelaDePreco:
    """A table with two prices of exams and one of a consultation."""
    nova = tabela(cenario)
    for codigo, valor in (("40304361", "18.90"), ("40302040", "5.0050"), ("10101012", "100")):
        preco(cenario, nova, codigo, valor)
    return nova


def _reajustar(
    cenario: Cenario, desta: TabelaDePreco, percentual: str, inicio: date = JULHO, **alcance: Any
) -> Reajuste:
    with cenario.dentro("pasa", "gestor"):
        pedido = Pedido(percentual=D(percentual), inicio=inicio, **alcance)
        return reajustar(tabela=desta, pedido=pedido, por=cenario.pessoa("gestor", "pasa"))


def _desfazer(cenario: Cenario, reajuste: Reajuste) -> None:
    with cenario.dentro("pasa", "gestor"):
        desfazer(reajuste=reajuste, por=cenario.pessoa("gestor", "pasa"))


def _precos(cenario: Cenario) -> list[tuple[str, date, date | None, Decimal]]:
    with cenario.dentro("pasa"):
        linhas = Preco.objects.order_by("codigo", "inicio")
        return list(linhas.values_list("codigo", "inicio", "fim", "valor"))


def test_new_prices_begin_and_the_earlier_ones_end_the_day_before(cenario: Cenario, desta: TabelaDePreco) -> None:
    """18.90 × 1.055 = 19.9395; 5.0050 × 1.055 = 5.280275; 100 × 1.055 = 105.50. Each to the cent, half up."""
    feito = _reajustar(cenario, desta, "5.5")
    janeiro = date(2026, 1, 1)
    assert _precos(cenario) == [
        ("10101012", janeiro, VESPERA, D(100)),
        ("10101012", JULHO, None, D("105.50")),
        ("40302040", janeiro, VESPERA, D("5.0050")),
        ("40302040", JULHO, None, D("5.28")),
        ("40304361", janeiro, VESPERA, D("18.90")),
        ("40304361", JULHO, None, D("19.94")),
    ]
    assert (feito.quantos, feito.soma_antes, feito.soma_depois) == (3, D("123.9050"), D("130.72"))


def test_only_the_codes_asked_for_change(cenario: Cenario, desta: TabelaDePreco) -> None:
    preco(cenario, desta, "40309999", "7", tabela_tiss="98")
    assert _reajustar(cenario, desta, "-10", tabela_tiss="22", prefixo="403").quantos == 2
    novos = {codigo: valor for codigo, inicio, _, valor in _precos(cenario) if inicio == JULHO}
    assert novos == {"40304361": D("17.01"), "40302040": D("4.50")}


def test_prices_of_that_day_and_later_stay(cenario: Cenario, desta: TabelaDePreco) -> None:
    preco(cenario, desta, "10101012", "120", inicio=JULHO)
    preco(cenario, desta, "40304361", "30", inicio=date(2026, 9, 1))
    with cenario.dentro("pasa"):
        previa = prever(desta, Pedido(percentual=D(10), inicio=JULHO))
    assert (previa.quantos, previa.do_dia, previa.depois) == (2, 1, 1)
    _reajustar(cenario, desta, "10")
    assert [linha[1:] for linha in _precos(cenario) if linha[0] == "40304361"] == [
        (date(2026, 1, 1), VESPERA, D("18.90")),
        (JULHO, date(2026, 8, 31), D("20.79")),
        (date(2026, 9, 1), None, D(30)),
    ]
    assert [linha[3] for linha in _precos(cenario) if linha[0] == "10101012"] == [D(100), D(120)]


@pytest.mark.parametrize(
    ("inicio", "alcance", "frase"),
    [
        (date(2026, 1, 1), {}, "Escolha um dia depois do primeiro"),
        (JULHO, {"prefixo": "9"}, "Nenhum preço que já valia antes de 01/07/2026"),
    ],
)
def test_what_cannot_be_adjusted_says_why(
    inicio: date, alcance: dict[str, str], frase: str, cenario: Cenario, desta: TabelaDePreco
) -> None:
    with pytest.raises(ReajusteImpossivel, match=frase):
        _reajustar(cenario, desta, "10", inicio, **alcance)


def test_portes_are_no_amounts(cenario: Cenario) -> None:
    with pytest.raises(ReajusteImpossivel, match="Tabela de portes não tem valores por código"):
        _reajustar(cenario, tabela(cenario, tipo="portes"), "10")


def test_undone_it_is_as_if_it_never_had_been(cenario: Cenario, desta: TabelaDePreco) -> None:
    antes = _precos(cenario)
    feito = _reajustar(cenario, desta, "33.333")
    assert _precos(cenario) != antes
    _desfazer(cenario, feito)
    assert _precos(cenario) == antes
    with pytest.raises(ReajusteSemVolta, match="já foi desfeito"):
        _desfazer(cenario, feito)


def test_only_the_last_one_is_undone(cenario: Cenario, desta: TabelaDePreco) -> None:
    primeiro = _reajustar(cenario, desta, "10")
    segundo = _reajustar(cenario, desta, "10", date(2026, 9, 1))
    with pytest.raises(ReajusteSemVolta, match="Só o último reajuste"):
        _desfazer(cenario, primeiro)
    _desfazer(cenario, segundo)
    _desfazer(cenario, primeiro)
    assert len(_precos(cenario)) == 3


def test_what_was_changed_by_hand_is_not_undone(cenario: Cenario, desta: TabelaDePreco) -> None:
    feito = _reajustar(cenario, desta, "10")
    preco(cenario, desta, "40304361", "25", inicio=JULHO)
    with pytest.raises(ReajusteSemVolta, match="De 3 preços reajustados, 2 estão como o reajuste os deixou"):
        _desfazer(cenario, feito)


def test_what_holds_since_another_day_is_not_undone(cenario: Cenario, desta: TabelaDePreco) -> None:
    feito = _reajustar(cenario, desta, "10")
    with cenario.dentro("pasa", "gestor"):
        Reajuste.objects.filter(pk=feito.pk).update(feito_em=timezone.now() - timedelta(days=1))
    with pytest.raises(ReajusteSemVolta, match="há itens conferidos por ele"):
        _desfazer(cenario, feito)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    valor=st.decimals(min_value=0, max_value=99999, places=4),
    percentual=st.decimals(min_value=MENOR, max_value=MAIOR, places=3),
)
def test_each_price_is_rounded_half_up_to_the_cent(cenario: Cenario, valor: Decimal, percentual: Decimal) -> None:
    with cenario.dentro("pasa", "gestor"):
        nova, _ = TabelaDePreco.objects.get_or_create(
            operadora=cenario.pasa, nome="T", tipo="valores", inicio=date(2026, 1, 1)
        )
        Preco.objects.filter(tabela=nova).delete()
        linha = {"operadora": cenario.pasa, "tabela": nova, "tabela_tiss": "22", "codigo": "1"}
        Preco.objects.create(**linha, valor=valor, inicio=date(2026, 1, 1))
        pedido = Pedido(percentual=percentual, inicio=JULHO)
        previa = prever(nova, pedido)
        reajustar(tabela=nova, pedido=pedido, por=cenario.pessoa("gestor", "pasa"))
        novo = Preco.objects.get(tabela=nova, inicio=JULHO).valor
    assert novo == (valor * (100 + percentual) / 100).quantize(D("0.01"), ROUND_HALF_UP)
    assert previa.soma_depois == novo


def test_the_screen_shows_before_it_does(cenario: Cenario, gestor: Client, desta: TabelaDePreco) -> None:
    endereco = reverse("precos:reajuste", kwargs={"slug": "pasa", "pk": desta.pk})
    pedido = {"percentual": "5,5", "inicio": "01/07/2026", "tabela_tiss": "", "prefixo": "403"}
    pagina = gestor.get(endereco, pedido).text
    for mostrado in ("19,94", "5,28", "meio para cima", "Reajustar 2 preços"):
        assert mostrado in pagina
    assert len(_precos(cenario)) == 3
    feito = gestor.post(endereco, pedido, follow=True)
    assert "2 preços reajustados a partir de 01/07/2026." in feito.text
    assert "Desfazer reajuste" in feito.text
    with cenario.dentro("pasa"):
        reajuste = Reajuste.objects.get()
    desfeito = gestor.post(reverse("precos:desfazer", kwargs={"slug": "pasa", "pk": reajuste.pk}), follow=True)
    assert "Reajuste desfeito: 2 preços voltaram a ser os de antes." in desfeito.text


@pytest.mark.parametrize(
    ("percentual", "frase"),
    [
        ("-5", "os preços diminuem"),
        ("150", "os preços mais que dobram"),
        ("0", "Com 0 nada muda"),
        ("-100", "Escreva um número de"),
    ],
)
def test_odd_percentages_are_told(percentual: str, frase: str, gestor: Client, desta: TabelaDePreco) -> None:
    endereco = reverse("precos:reajuste", kwargs={"slug": "pasa", "pk": desta.pk})
    assert frase in gestor.get(endereco, {"percentual": percentual, "inicio": "01/07/2026"}).text
