"""Invented CNPJ and CPF with right check digits."""

from __future__ import annotations

import random
from collections.abc import Sequence


def cnpj_valido(raiz: str) -> str:
    """The CNPJ of 14 characters that begins with `raiz`: 8 characters (the head office, 0001, is meant) or 12.

    Letters are allowed as in the alphanumeric CNPJ; ValueError for another length.
    """
    base = raiz.upper() + "0001" if len(raiz) == 8 else raiz.upper()
    if len(base) != 12:
        raise ValueError(f"raiz de CNPJ com {len(raiz)} caracteres: são 8 ou 12")
    primeiro = _digito(base, pesos=(5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
    segundo = _digito(base + primeiro, pesos=(6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2))
    return base + primeiro + segundo


def cpf_valido(semente: int) -> str:
    """An invented CPF of 11 digits with right check digits, always the same for one `semente`."""
    base = f"{random.Random(semente).randrange(10**9):09d}"  # noqa: S311 - an invented number, not a secret
    primeiro = _digito(base, pesos=range(10, 1, -1))
    return base + primeiro + _digito(base + primeiro, pesos=range(11, 1, -1))


def _digito(base: str, *, pesos: Sequence[int]) -> str:
    resto = sum((ord(c) - ord("0")) * peso for c, peso in zip(base, pesos, strict=True)) % 11
    return str(0 if resto < 2 else 11 - resto)


CNPJ_PADRAO = cnpj_valido("11222333")
