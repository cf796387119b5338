"""Which lines are consultations."""

from __future__ import annotations

from typing import Final

from tiss_schemas.itens_lidos import ItemLido

CONSULTA: Final = "04"
"""tipoAtendimento of SP/SADT."""
TABELA: Final = "22"
_GRUPO: Final = "10101"
"""Group 1.01.01 of table 22, Consultas."""
PRONTO_SOCORRO: Final = "10101039"
"""Consulta em pronto-socorro."""


def e_consulta(item: ItemLido) -> bool:
    """Whether the line charges a consultation, by its code in TUSS."""
    return item.tabela == TABELA and (item.codigo or "").startswith(_GRUPO)
