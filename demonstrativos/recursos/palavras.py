"""What codes of Tabela 38 mean."""

from __future__ import annotations

from collections.abc import Iterable

from convenios.models import MensagemTiss


def descricoes_de(codigos: Iterable[str]) -> dict[str, str]:
    """Code → what it says, of those that the table has. One query."""
    linhas = MensagemTiss.objects.filter(codigo__in=set(codigos)).values_list("codigo", "descricao")
    return {codigo: descricao.strip() for codigo, descricao in linhas}
