"""Form fields of prices: numbers as people type them here, with a comma."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Final

from django import forms

TEXTO: Final = {"autocomplete": "off"}
_NUMERO: Final = re.compile(r"([+-]?)(\d{1,3}(?:\.\d{3})*|\d+)(?:,(\d+))?", re.ASCII)
_COM_PONTO: Final = re.compile(r"[+-]?\d+\.(?:\d{1,2}|\d{4,})", re.ASCII)
_AMBIGUO: Final = re.compile(r"[+-]?\d{1,3}\.\d{3}", re.ASCII)
_LONGO: Final = 20


class CampoDeNumero(forms.CharField):
    """A number with up to `casas` decimals, from `minimo` to `maximo`: "1.234,56", "1234,56" and "1234.56" are one.

    "1.234" is refused: one thousand, or one and a bit? Cleaned to a Decimal, or None when empty.
    """

    def __init__(self, *, minimo: Decimal, maximo: Decimal, casas: int = 4, **opcoes: Any) -> None:
        self.minimo, self.maximo, self.casas = minimo, maximo, casas
        atributos = {"inputmode": "text" if minimo < 0 else "decimal", "class": "num", **TEXTO}
        super().__init__(max_length=_LONGO, widget=forms.TextInput(attrs=atributos), **opcoes)

    def clean(self, value: Any) -> Any:
        """The number; None when nothing was typed."""
        texto = re.sub(r"^R\$|\s|%$", "", super().clean(value)).replace("\u2212", "-")
        return self._conferido(_lido(texto)) if texto else None

    def prepare_value(self, value: Any) -> Any:
        return escrito(value) if isinstance(value, Decimal) else value

    def _conferido(self, numero: Decimal) -> Decimal:
        if numero != round(numero, self.casas):
            raise forms.ValidationError(f"São casas demais: escreva até {self.casas} depois da vírgula.")
        if not self.minimo <= numero <= self.maximo:
            raise forms.ValidationError(f"Escreva um número de {escrito(self.minimo)} a {escrito(self.maximo)}.")
        return numero


def escrito(numero: Decimal) -> str:
    """As it is typed: 12.5000 → "12,5", 100 → "100"."""
    return f"{numero.normalize():f}".replace(".", ",")


def _lido(texto: str) -> Decimal:
    if _AMBIGUO.fullmatch(texto):
        inteiro, _, fracao = texto.partition(".")
        raise forms.ValidationError(
            f"{texto} pode ser lido de dois modos. Escreva {inteiro}{fracao} ou {inteiro},{fracao}."
        )
    if casou := _NUMERO.fullmatch(texto):
        sinal, inteiro, fracao = casou.groups()
        return Decimal(f"{sinal}{inteiro.replace('.', '')}.{fracao or 0}")
    if _COM_PONTO.fullmatch(texto):
        return Decimal(texto)
    raise forms.ValidationError("Isto não é um número. Escreva só algarismos e a vírgula, como 1.234,56.")
