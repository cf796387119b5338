"""Invented CNPJ and CPF with right check digits."""

from __future__ import annotations

import random

from tiss_schemas.documentos import com_digitos


def cnpj_valido(raiz: str) -> str:
    """The CNPJ of 14 characters that begins with `raiz`: 8 characters (the head office, 0001, is meant) or 12.

    Letters are allowed as in the alphanumeric CNPJ; ValueError for another length.
    """
    base = raiz.upper() + "0001" if len(raiz) == 8 else raiz.upper()
    if len(base) != 12:
        raise ValueError(f"raiz de CNPJ com {len(raiz)} caracteres: são 8 ou 12")
    return com_digitos(base)


def cpf_valido(semente: int) -> str:
    """An invented CPF of 11 digits with right check digits, always the same for one `semente`."""
    return com_digitos(f"{random.Random(semente).randrange(10**9):09d}")  # noqa: S311 - an invented number, not a secret


CNPJ_PADRAO = cnpj_valido("11222333")
