"""How amounts are written in the steps of an account."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from string import Formatter
from typing import Any, Final

from conecta.interface.formatos import data, quantidade, reais

_MOSTRADO: Final = Decimal("0.000001")


def escrever(molde: str, dados: tuple[object, ...]) -> str:
    """The template with its data: {:n} a number of two to six places, {:q} a quantity, {:r} reais, {:d} a date."""
    return _ESCRITOR.vformat(molde, dados, {})


def numero(valor: Decimal) -> str:
    """At least two places, at most six: 12.4 → "12,40"; 4.712 → "4,712"."""
    inteiro, _, casas = f"{valor.quantize(_MOSTRADO, ROUND_HALF_UP):,.6f}".partition(".")
    return f"{inteiro.replace(',', '.')},{casas.rstrip('0').ljust(2, '0')}"


class _Escritor(Formatter):
    def format_field(self, valor: Any, forma: str) -> str:
        if isinstance(valor, Decimal):
            return {"n": numero, "q": quantidade, "r": reais}[forma](valor)
        if isinstance(valor, date):
            return data(valor)
        return str(valor)


_ESCRITOR: Final = _Escritor()
