"""The document of price files tells every column that is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from conecta.importacao.layout import layout_de

DOCUMENTO = Path(__file__).parents[3] / "docs" / "listas-de-preco.md"


@pytest.mark.parametrize("layout", ["precos", "portes", "brasindice", "simpro", "produtos"])
def test_every_column_is_told(layout: str) -> None:
    parte = DOCUMENTO.read_text().partition(f"(`{layout}`)")[2].partition("\n## ")[0]
    assert [coluna.titulo for coluna in layout_de(layout).colunas if coluna.titulo not in parte] == []
