"""The model file of a layout: its headings, one example, and what each column takes."""

from __future__ import annotations

import csv
import io
from typing import IO, Final

from conecta import planilha
from conecta.importacao.layout import Layout

_LARGURA_MINIMA: Final = 14


def em_xlsx(layout: Layout) -> IO[bytes]:
    """A workbook: the sheet to fill in, and one that explains the columns."""
    linhas = [[coluna.exemplo for coluna in layout.colunas]]
    colunas = [
        planilha.Coluna(coluna.titulo, max(_LARGURA_MINIMA, len(coluna.titulo) + 2, len(coluna.exemplo) + 2))
        for coluna in layout.colunas
    ]
    explicacao = planilha.Folha(
        "Como preencher",
        (planilha.Coluna("Coluna", 28), planilha.Coluna("Obrigatória", 12), planilha.Coluna("O que escrever", 90)),
        [(coluna.titulo, "Sim" if coluna.obrigatoria else "Não", coluna.ajuda) for coluna in layout.colunas],
    )
    return planilha.escrever(layout.titulo[:31], colunas, linhas, explicacao)


def em_csv(layout: Layout) -> bytes:
    """Headings and example as Excel opens them in Brazil: semicolons, UTF-8 with its mark."""
    texto = io.StringIO()
    escritor = csv.writer(texto, delimiter=";", lineterminator="\r\n")
    escritor.writerow([coluna.titulo for coluna in layout.colunas])
    escritor.writerow([coluna.exemplo for coluna in layout.colunas])
    return texto.getvalue().encode("utf-8-sig")
