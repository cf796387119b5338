"""Own codes for tests."""

from __future__ import annotations

from datetime import date

from convenios.models import TermoProprio
from convenios.terminologia_propria import criar_termo
from tests.fabrica import Cenario


def termo_proprio(
    cenario: Cenario,
    operadora: str,
    codigo: str,
    descricao: str = "Item da operadora",
    inicio: date = date(2020, 1, 1),
    fim: date | None = None,
    tabela: str = "00",
) -> TermoProprio:
    """Let the gestor of the operadora register a code."""
    with cenario.dentro(operadora, "gestor"):
        return criar_termo(
            operadora=cenario.organizacoes[operadora],
            valores={
                "tabela": tabela,
                "codigo": codigo,
                "descricao": descricao,
                "vigencia_inicio": inicio,
                "vigencia_fim": fim,
            },
            por=cenario.pessoa("gestor", operadora),
        )
