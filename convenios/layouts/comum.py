"""What several lists look up."""

from __future__ import annotations

from collections.abc import Mapping

from conecta.importacao.celulas import ErroDaCelula
from convenios.forms import TABELAS
from convenios.models import Plano


def planos_por_codigo(operadora_id: int) -> dict[str, int]:
    """Ids of the operadora's planos by code."""
    return dict(Plano.objects.filter(operadora_id=operadora_id).values_list("codigo", "pk"))


def plano(valor: str, planos: Mapping[str, int]) -> int:
    """The id of the plano of that code. Raises `ErroDaCelula`."""
    if valor not in planos:
        raise ErroDaCelula(f"Nenhum plano da operadora tem o código {valor[:30]}. Cadastre-o antes, ou corrija.")
    return planos[valor]


def tabela_do_item(valor: str) -> str:
    """The two digits of a table that items come from: spreadsheets lose the first of "00". Raises `ErroDaCelula`."""
    tabela = valor.zfill(2)
    if tabela not in TABELAS:
        raise ErroDaCelula(f"Não é uma tabela de itens do TISS. Escreva uma destas: {', '.join(TABELAS)}.")
    return tabela
