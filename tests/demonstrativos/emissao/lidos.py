"""The text of statements as somebody else's program takes it out of the PDF."""

from __future__ import annotations

import re
from io import BytesIO

from pypdf import PdfReader


def linhas(pdf: bytes) -> list[str]:
    """All lines of text of all pages, in the order in which they are read, blanks of columns made one."""
    return [" ".join(linha.split()) for linha in _linhas(pdf) if linha.strip()]


def paginas(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [pagina.extract_text() for pagina in PdfReader(BytesIO(pdf)).pages]


def valor(pdf: bytes, rotulo: str) -> str:
    """What stands in the first box of that number and label: below it, until where the next box begins.

    Four characters of a label are as wide as three of a value.
    """
    todas = _linhas(pdf)
    onde, achado = next(
        (indice, casou)
        for indice, linha in enumerate(todas)
        if (casou := re.search(rf"(?<=\s){re.escape(rotulo)}(?=\s{{2}}|$)", linha))
    )
    seguinte = re.search(r"\s{2,}(?=\S)", todas[onde][achado.end() :])
    ate = achado.end() + seguinte.end() if seguinte else None
    trecho = todas[onde + 1][_de_valor(achado.start()) : None if ate is None else _de_valor(ate)]
    return trecho.strip()


def _de_valor(posicao: int) -> int:
    """Where a box begins among values that begins there among labels, a blank before it."""
    return (posicao - 1) * 3 // 4


def _linhas(pdf: bytes) -> list[str]:
    return [linha for pagina in paginas(pdf) for linha in pagina.splitlines()]
