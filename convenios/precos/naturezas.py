"""Kinds of items and groups of products, and how a line of a file is one of them."""

from __future__ import annotations

from typing import Final

from django.db import models


class Natureza(models.TextChoices):
    """What kinds of items a table prices."""

    PROCEDIMENTOS = "procedimentos", "Procedimentos"
    CONSULTAS = "consultas", "Consultas"
    TAXAS = "taxas", "Taxas, diárias e gases"
    MATERIAIS = "materiais", "Materiais"
    OPME = "opme", "OPME"
    MEDICAMENTOS = "medicamentos", "Medicamentos"


class Grupo(models.TextChoices):
    """Groups of products: those of Brasíndice, and those that a percentage may be agreed for."""

    MEDICAMENTO = "medicamento", "Medicamentos"
    SOLUCAO = "solucao", "Soluções parenterais"
    MATERIAL = "material", "Materiais"
    OPME = "opme", "OPME"


MAIS_GERAL: Final = {Natureza.CONSULTAS: Natureza.PROCEDIMENTOS, Natureza.OPME: Natureza.MATERIAIS}
"""Whose tables also price a kind of item that has none of its own."""

_DAS_DESPESAS: Final = {
    "01": Natureza.TAXAS,
    "02": Natureza.MEDICAMENTOS,
    "03": Natureza.MATERIAIS,
    "05": Natureza.TAXAS,
    "07": Natureza.TAXAS,
    "08": Natureza.OPME,
}
"""By `codigoDespesa` of the standard."""
_DAS_TABELAS: Final = {"18": Natureza.TAXAS, "19": Natureza.MATERIAIS, "20": Natureza.MEDICAMENTOS}
_CONSULTAS: Final = "10101"
"""How the codes of consultations begin in table 22."""


def natureza_de(tabela: str | None, codigo: str | None, codigo_despesa: str | None, tipo_da_guia: str = "") -> Natureza:
    """The kind of one item. The código da despesa decides, then the TISS table; the rest are procedures.

    A consultation is what a guia de consulta charges, and every code of table 22 that begins with 10101.
    """
    if codigo_despesa is not None and (natureza := _DAS_DESPESAS.get(codigo_despesa)) is not None:
        return natureza
    if (natureza := _DAS_TABELAS.get(tabela or "")) is not None:
        return natureza
    if tipo_da_guia == "guiaConsulta" or (tabela == "22" and (codigo or "").startswith(_CONSULTAS)):
        return Natureza.CONSULTAS
    return Natureza.PROCEDIMENTOS
