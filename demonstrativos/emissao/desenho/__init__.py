"""Statements on paper: from plain values to pages of text lines, and from pages to PDF.

Pages are broken here and not by WeasyPrint: every line has a fixed height, so that "folha x de y" is known before
anything is drawn, long statements are drawn in parts, and a line of items costs one line of text instead of eleven
cells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo.contas import Demonstrativo
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise, DemonstrativoDePagamento, DemonstrativoOdonto

from . import analise, odonto, pagamento
from .documento import Andamento, Papel, desenhar
from .folhas import Folha

__all__ = ["Andamento", "desenhar_demonstrativo"]

_DESENHOS: Final[dict[type, tuple[str, Callable[[Any], list[Folha]]]]] = {
    DemonstrativoDeAnalise: (analise.TITULO, analise.folhas),
    DemonstrativoDePagamento: (pagamento.TITULO, pagamento.folhas),
    DemonstrativoOdonto: (odonto.TITULO, odonto.folhas),
}


def desenhar_demonstrativo(
    demonstrativo: Demonstrativo,
    *,
    sigla: str,
    logotipo: tuple[str, bytes] | None = None,
    andamento: Andamento | None = None,
) -> bytes:
    """A statement as PDF; the same values are the same bytes.

    `sigla` stands in the head of the pages where there is no `logotipo`, a file name and its bytes; `andamento` is told
    how many pages are drawn. Raises `conecta.pdf.PdfIndisponivel`.
    """
    titulo, paginar = _DESENHOS[type(demonstrativo)]
    papel = Papel(titulo, demonstrativo.cabecalho, sigla, logotipo)
    with coletor_em_pausa():
        return desenhar(papel, paginar(demonstrativo), andamento)
