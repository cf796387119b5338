"""Check digits of CNPJ (also the alphanumeric one) and CPF, by the rule of Receita Federal."""

from __future__ import annotations

from typing import Final

_PESOS: Final = {
    12: (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2),
    9: (11, 10, 9, 8, 7, 6, 5, 4, 3, 2),
}
"""Weights of the second check digit by the length without digits; the first uses all but the first of them."""


def documento_valido(documento: str) -> bool:
    """Whether a CNPJ of 14 characters or a CPF of 11 digits has right check digits and is not one digit repeated."""
    texto = documento.upper()
    if len(texto) - 2 not in _PESOS or not texto.isascii() or not texto.isalnum() or not texto[-2:].isdecimal():
        return False
    if len(texto) == 11 and not texto.isdecimal():
        return False
    if len(set(texto)) == 1:
        return False
    return texto == com_digitos(texto[:-2])


def com_digitos(base: str) -> str:
    """The 12 characters of a CNPJ or 9 digits of a CPF, in capitals, with their two check digits behind them."""
    pesos = _PESOS[len(base)]
    com_um = base + _digito(base, pesos[1:])
    return com_um + _digito(com_um, pesos)


def _digito(base: str, pesos: tuple[int, ...]) -> str:
    resto = sum((ord(letra) - ord("0")) * peso for letra, peso in zip(base, pesos, strict=True)) % 11
    return str(0 if resto < 2 else 11 - resto)
