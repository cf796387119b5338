"""The text of statements as somebody else's program takes it out of the PDF."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader


def linhas(pdf: bytes) -> list[str]:
    """All lines of text of all pages, in the order in which they are read."""
    return [linha.strip() for pagina in paginas(pdf) for linha in pagina.splitlines() if linha.strip()]


def paginas(pdf: bytes) -> list[str]:
    """The text of each page."""
    return [pagina.extract_text() for pagina in PdfReader(BytesIO(pdf)).pages]


def valor(pdf: bytes, rotulo: str) -> str:
    """What stands in the first box of that number and label."""
    todas = linhas(pdf)
    onde = next((indice for indice, linha in enumerate(todas) if linha.endswith(rotulo)), None)
    assert onde is not None, todas
    return todas[onde + 1]
