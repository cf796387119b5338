"""Loading the operadora's own codes that a file mentions, in one query."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Q

from convenios.models import TermoProprio
from uploads.regras.codigos import TABELAS_DA_OPERADORA
from uploads.regras.contexto import TermoConhecido


def termos_proprios(
    mencionados: Collection[tuple[str, str]], operadora_id: int
) -> tuple[dict[tuple[str, str], TermoConhecido], frozenset[str]]:
    """Those of the codes that the operadora has registered, and which of the tables mentioned have any code at all."""
    tabelas = {tabela for tabela, _ in mencionados} & TABELAS_DA_OPERADORA
    if not tabelas:
        return {}, frozenset()
    da_operadora = TermoProprio.objects.filter(operadora=operadora_id, tabela__in=tabelas)
    um_de_cada = da_operadora.order_by("tabela").distinct("tabela").values("pk")
    codigos = {codigo for tabela, codigo in mencionados if tabela in tabelas}
    linhas = da_operadora.filter(Q(codigo__in=codigos) | Q(pk__in=um_de_cada)).order_by("vigencia_inicio")
    termos: dict[tuple[str, str], TermoConhecido] = {}
    carregadas = set()
    for tabela, codigo, descricao, inicio, fim in linhas.values_list(
        "tabela", "codigo", "descricao", "vigencia_inicio", "vigencia_fim"
    ):
        carregadas.add(tabela)
        if (tabela, codigo) in mencionados:
            antes = termos.get((tabela, codigo))
            vigencias = (*(antes.vigencias if antes else ()), (inicio, fim))
            termos[tabela, codigo] = TermoConhecido(termo=descricao, vigencias=vigencias)
    return termos, frozenset(carregadas)
