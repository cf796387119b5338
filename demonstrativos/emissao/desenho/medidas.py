"""How wide a text is in our own fonts, and where it must be broken.

The fonts are cut without kerning (static/documentos/fontes): a text is as wide as its characters together.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from PIL import ImageFont

FONTES: Final = Path(settings.BASE_DIR) / "static" / "documentos" / "fontes"
EM: Final = 1000
"""Units that PDF measures characters in."""
_RETICENCIAS: Final = "…"
_SEM_LUGAR: Final = frozenset({0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D, 0xA0, 0xAD})
"""Codes of Windows-1252 that stand for nothing that is seen."""
_CODIGOS: Final = tuple(codigo for codigo in range(0x20, 0x100) if codigo not in _SEM_LUGAR)


def arquivo(negrito: bool) -> Path:
    """Where a font is."""
    return FONTES / ("DejaVuSansCondensed-Bold.ttf" if negrito else "DejaVuSansCondensed.ttf")


@cache
def avancos(negrito: bool) -> Mapping[str, float]:
    """How far each character of Windows-1252 goes, in thousandths of an em; the fonts have them all but a few."""
    fonte = ImageFont.truetype(str(arquivo(negrito)), EM, layout_engine=ImageFont.Layout.BASIC)
    letras = (bytes([codigo]).decode("cp1252") for codigo in _CODIGOS)
    return {letra: fonte.getlength(letra) for letra in letras if letra not in "ƒˆ˜†‡‰‹›™ŠšŽžŸ"}


@dataclass(frozen=True, slots=True)
class Fonte:
    """A size of our font, in CSS pixels."""

    corpo: float
    negrito: bool = False

    def largura(self, texto: str) -> float:
        """Width in pixels of a text that `escrito` gave."""
        tabela = avancos(self.negrito)
        return sum([tabela[letra] for letra in texto]) * self.corpo / EM

    def cortar(self, texto: str, largura: float) -> str:
        """The text, or as much of it as fits, with an ellipsis."""
        if self.largura(texto) <= largura:
            return texto
        cabe = texto
        while cabe and self.largura(cabe + _RETICENCIAS) > largura:
            cabe = cabe[:-1]
        return cabe.rstrip() + _RETICENCIAS

    def dividir(self, texto: str, largura: float) -> list[str]:
        """The whole text in lines that fit, broken at blanks where there are any; at least one line."""
        if self.largura(texto) <= largura:
            return [texto]
        linhas: list[str] = []
        atual = ""
        for palavra in texto.split(" "):
            junto = f"{atual} {palavra}" if atual else palavra
            if self.largura(junto) <= largura:
                atual = junto
                continue
            if atual:
                linhas.append(atual)
            *cheias, atual = self._pedacos(palavra, largura)
            linhas += cheias
        return [*linhas, atual]

    def _pedacos(self, palavra: str, largura: float) -> list[str]:
        """A word in pieces that fit, each of at least one character."""
        pedacos = [""]
        for letra in palavra:
            if pedacos[-1] and self.largura(pedacos[-1] + letra) > largura:
                pedacos.append("")
            pedacos[-1] += letra
        return pedacos


def escrito(texto: str) -> str:
    """The text on one line, in characters that our fonts have: a letter without its accent before a question mark."""
    if texto.isascii() and texto.isprintable():
        return texto.strip()
    juntos = " ".join(unicodedata.normalize("NFC", texto).split())
    return "".join(_da_fonte(letra) for letra in juntos)


def _da_fonte(letra: str) -> str:
    tabela = avancos(False)
    if letra in tabela:
        return letra
    if unicodedata.category(letra)[0] == "C":
        return ""
    base = unicodedata.normalize("NFKD", letra)[0]
    return base if base in tabela else "?"
