"""Masks of guide numbers: `0` stands for a digit, `X` for a digit or a capital letter, all else for itself.

One reading of them for everybody: rules compare numbers with a mask, numbering writes numbers by it.
"""

from __future__ import annotations

from typing import Final

DIGITO: Final = "0"
LETRA_OU_DIGITO: Final = "X"
_LUGARES: Final = frozenset({DIGITO, LETRA_OU_DIGITO})


def lugares(mascara: str) -> int:
    """How many digits and letters a number by that mask has: "000000-00" has 8."""
    return sum(sinal in _LUGARES for sinal in mascara)


def combina(mascara: str, texto: str) -> bool:
    """Whether the text is written by the mask, sign by sign."""
    return len(texto) == len(mascara) and all(map(_cabe, mascara, texto))


def formatar(mascara: str, numero: int) -> str:
    """The number written by the mask, with zeros before it: ("000000-00", 1234) → "000012-34".

    Digits fill the places of letters too. Raises ValueError for a negative number, and for one with more digits than
    the mask has places.
    """
    if numero < 0:
        raise ValueError("negative number")
    return preencher(mascara, str(numero))


def preencher(mascara: str, caracteres: str) -> str:
    """Digits and letters put into the places of the mask, from the right, with zeros in those that remain.

    Raises ValueError where they are too many, or a letter falls on the place of a digit.
    """
    if len(caracteres) > lugares(mascara):
        raise ValueError(f"more characters than {mascara!r} has places")
    restantes = iter(caracteres.zfill(lugares(mascara)))
    texto = "".join(next(restantes) if sinal in _LUGARES else sinal for sinal in mascara)
    if not combina(mascara, texto):
        raise ValueError(f"{caracteres!r} does not fit {mascara!r}")
    return texto


def arrumado(mascara: str, texto: str) -> str | None:
    """The same digits and letters by the mask, where only the signs between them are wrong; None where it is more."""
    caracteres = "".join(filter(_e_de_lugar, texto.upper()))
    if len(caracteres) != lugares(mascara):
        return None
    try:
        return preencher(mascara, caracteres)
    except ValueError:
        return None


def _cabe(sinal: str, caractere: str) -> bool:
    if sinal == DIGITO:
        return _e_digito(caractere)
    return _e_de_lugar(caractere) if sinal == LETRA_OU_DIGITO else caractere == sinal


def _e_digito(caractere: str) -> bool:
    return "0" <= caractere <= "9"


def _e_de_lugar(caractere: str) -> bool:
    return _e_digito(caractere) or "A" <= caractere <= "Z"
