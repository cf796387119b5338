"""Check digits of CNPJ (also the alphanumeric one) and CPF, by the rule of Receita Federal."""

from __future__ import annotations

from typing import Final

_PESOS: Final = {
    14: (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2),
    11: (11, 10, 9, 8, 7, 6, 5, 4, 3, 2),
}
"""Weights of the second check digit by length; the first uses all but the first of them."""


def documento_valido(documento: str) -> bool:
    """Whether a CNPJ of 14 characters or a CPF of 11 digits has right check digits and is not one digit repeated."""
    texto = documento.upper()
    pesos = _PESOS.get(len(texto))
    if pesos is None or not texto.isascii() or not texto.isalnum() or not texto[-2:].isdecimal():
        return False
    if len(texto) == 11 and not texto.isdecimal():
        return False
    if len(set(texto)) == 1:
        return False
    return texto[-2:] == _digito(texto[:-2], pesos[1:]) + _digito(texto[:-1], pesos)


def _digito(base: str, pesos: tuple[int, ...]) -> str:
    resto = sum((ord(letra) - ord("0")) * peso for letra, peso in zip(base, pesos, strict=True)) % 11
    return str(0 if resto < 2 else 11 - resto)
