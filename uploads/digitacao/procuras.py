"""What can be looked up while typing, and in which fields."""

from __future__ import annotations

from typing import Final

from tiss_schemas.campos import TipoDeCampo
from tiss_schemas.fichas import Celula

LISTA_LONGA: Final = 40
"""Codes beyond which a list is looked up and not unfolded."""
_BENEFICIARIO: Final = frozenset({"numeroCarteira", "nomeBeneficiario"})
_PROFISSIONAL: Final = frozenset(
    {"nomeProf", "nomeProfissional", "nomeProfSolic", "nomeProfExec2", "numeroConselhoProfissional"}
    | {"croSolic", "croExec2"}
)
_PROCEDIMENTO: Final = frozenset({"codigoProcedimento", "descricaoProcedimento"})


def procura_de(celula: Celula) -> str:
    """What is looked for from that field: "beneficiario", "profissional", "procedimento" or "lista"; "" for nothing."""
    nome = celula.caminho.rpartition("/")[2]
    if nome in _BENEFICIARIO:
        return "beneficiario"
    if nome in _PROFISSIONAL:
        return "profissional"
    if nome in _PROCEDIMENTO:
        return "procedimento"
    campo = celula.campo
    longa = campo is not None and campo.tipo is TipoDeCampo.LISTA and len(campo.opcoes) > LISTA_LONGA
    return "lista" if longa else ""
