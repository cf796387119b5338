"""Which characters a message may hold: those of ISO-8859-1, by which its hash is made."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

SIMPLES: Final = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u2039": "'", "\u203a": "'",
        "\u201c": '"', "\u201d": '"', "\u201e": '"',
        "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-", "\u2022": "-",
        "\u2026": "...", "\u200b": "", "\ufeff": "",
    }
)  # fmt: skip
"""Typographic characters that ISO-8859-1 does not have, and what stands for each."""
_BRANCOS: Final = re.compile(r"\s+")
_INVISIVEIS: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
_ULTIMO: Final = 0xFF


def em_linha(texto: str) -> str:
    """The text as a field of a message holds it: on one line, without invisible characters, quotes and dashes simple.

    Characters that ISO-8859-1 does not have and that nothing simple stands for are kept: `estranhos` tells them.
    """
    if texto.isascii() and texto.isprintable():
        return texto.strip()
    simples = unicodedata.normalize("NFC", texto).translate(SIMPLES)
    return "".join(c for c in _BRANCOS.sub(_branco, simples) if unicodedata.category(c) not in _INVISIVEIS).strip()


def estranhos(texto: str) -> str:
    """The characters of the text that ISO-8859-1 does not have, each once."""
    return "" if texto.isascii() else "".join(dict.fromkeys(c for c in texto if not _cabe(c)))


def sem_estranhos(texto: str, lugar: str = "?") -> str:
    """The text with `lugar` for each character that ISO-8859-1 does not have."""
    return texto if texto.isascii() else "".join(c if _cabe(c) else lugar for c in texto)


def _cabe(caractere: str) -> bool:
    return ord(caractere) <= _ULTIMO


def _branco(brancos: re.Match[str]) -> str:
    """Blanks as they are, one for a line break or a tab among them."""
    return brancos[0] if set(brancos[0]) == {" "} else " "
