"""Amounts of the automatic pass: to the cent, by precedence, and never more than what is left."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demonstrativos.analise.conferencia_valores import Saldo
from demonstrativos.analise.criterios.registro import TUDO, AlemDe, Excesso, Quanto
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.leitura import ler
from tiss_schemas.lote_lido import ler_lote

D = Decimal


def _saldo(total: str, quantidade: str = "3", unitario: str | None = None, glosado: str = "0") -> Saldo:
    q = D(quantidade)
    preco = None if unitario is None else D(unitario)
    return Saldo(1, 1, D(total), D(total) - D(glosado), q, q, preco)


@pytest.mark.parametrize(("saldo", "quanto", "valor"), [
    (_saldo("150.00"), TUDO, "150.00"),
    (_saldo("150.00", glosado="40.00"), TUDO, "110.00"),
    (_saldo("150.00", unitario="50.00"), Excesso(D(1)), "50.00"),
    (_saldo("100.00"), Excesso(D(1)), "33.33"),
    (_saldo("100.00"), Excesso(D(3)), "100.00"),
    (_saldo("100.00"), Excesso(D(9)), "100.00"),
    (_saldo("120.00"), AlemDe(D("100.00")), "20.00"),
    (_saldo("120.00", glosado="15.00"), AlemDe(D("100.00")), "5.00"),
    (_saldo("120.00", glosado="30.00"), AlemDe(D("100.00")), "0"),
    (_saldo("120.00"), AlemDe(D("200.00")), "0"),
])  # fmt: skip
def test_what_is_taken(saldo: Saldo, quanto: Quanto, valor: str) -> None:
    assert saldo.tirar(quanto)[0] == D(valor)


def test_within_the_tolerance_nothing_is_taken() -> None:
    assert _saldo("120.00").tirar(AlemDe(D("119.95")), D("0.05"))[0] == 0
    assert _saldo("120.00").tirar(AlemDe(D("119.94")), D("0.05"))[0] == D("0.06")


def test_of_quantities_that_were_refused_no_price_is_compared_any_more() -> None:
    saldo = _saldo("150.00", unitario="50.00")
    assert saldo.tirar(Excesso(D(1))) == (D("50.00"), D(1))
    assert saldo.tirar(AlemDe(D("120.00"))) == (D("20.00"), None), "two at 40.00 instead of 50.00"
    assert saldo.tirar(TUDO)[0] == D("80.00")
    assert saldo.tirar(TUDO)[0] == 0


_centavos = st.integers(0, 10**8).map(lambda n: D(n).scaleb(-2))
_quanto = st.one_of(
    st.just(TUDO),
    st.integers(1, 10**6).map(lambda n: Excesso(D(n).scaleb(-4))),
    _centavos.map(AlemDe),
)


@given(_centavos, st.integers(1, 10**6), st.lists(_quanto, max_size=6))
def test_all_parts_together_never_pass_the_item(total: Decimal, quantidade: int, partes: list[Quanto]) -> None:
    q = D(quantidade).scaleb(-4)
    saldo = Saldo(1, 1, total, total, q, q, None)
    valores = [saldo.tirar(parte)[0] for parte in partes]
    assert all(valor >= 0 and valor == valor.quantize(D("0.01")) for valor in valores)
    assert sum(valores, D(0)) + saldo.resta == total
    assert saldo.resta >= 0


@pytest.mark.parametrize(("processado", "excesso"), [("90.00", "45.00"), ("60.00", "30.00")])
def test_a_quantity_costs_what_was_billed_or_its_part_of_the_base_that_people_gave(
    processado: str, excesso: str
) -> None:
    lote = ler_lote(ler(lote_exemplo("sadt")))
    assert lote is not None
    lido = lote.guias[0].itens[0]
    lido.quantidade, lido.unitario, lido.fator = D(2), D("50.00"), D("0.90")
    saldo = Saldo.de(1, 1, lido, D("90.00"), D(processado), D(0))
    assert saldo.tirar(Excesso(D(1)))[0] == D(excesso)
