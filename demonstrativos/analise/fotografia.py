"""What stood in the rows that a change touches, as JSON, and putting it back: exactly, and in a fixed number of
statements however many rows there are."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from django.db import connection

from demonstrativos.analise.models import Analise, Glosa, GuiaAnalisada, ItemAnalisado

Fotografia = dict[str, Any]
"""Rows by kind: "glosas", "itens", "guias" (lists of columns → values, with their ids) and "analise" (one row)."""

_DA_GLOSA: Final = {
    "id": "bigint",
    "guia_id": "bigint",
    "item_id": "bigint",
    "nivel": "text",
    "codigo": "text",
    "valor": "numeric",
    "quantidade": "numeric",
    "motivo": "text",
    "origem": "text",
    "criterio": "text",
    "confirmada": "boolean",
    "criada_em": "timestamptz",
    "por_id": "bigint",
    "por_nome": "text",
}
_DO_ITEM: Final = {"id": "bigint", "conferido": "boolean", "valor_processado": "numeric"}
_DA_GUIA: Final = {
    "id": "bigint",
    "glosa": "text",
    "motivo_da_glosa": "text",
    "observacao": "text",
    "conferida_em": "timestamptz",
    "conferida_por_nome": "text",
}
_DA_ANALISE: Final = {"id": "bigint", "glosa": "text", "motivo_da_glosa": "text"}


def glosas(ids: Collection[int]) -> list[dict[str, Any]]:
    """Those glosas as they stand. One query."""
    return _linhas(Glosa.objects.filter(pk__in=ids).order_by("pk").values(*_DA_GLOSA))


def itens(ids: Collection[int]) -> list[dict[str, Any]]:
    """What people decide of those items. One query."""
    return _linhas(ItemAnalisado.objects.filter(pk__in=ids).order_by("pk").values(*_DO_ITEM))


def guias(ids: Collection[int]) -> list[dict[str, Any]]:
    """What people decide of those guides. One query."""
    return _linhas(GuiaAnalisada.objects.filter(pk__in=ids).order_by("pk").values(*_DA_GUIA))


def da_analise(analise: Analise) -> list[dict[str, Any]]:
    """What people decide of the whole."""
    return _linhas(Analise.objects.filter(pk=analise.pk).values(*_DA_ANALISE))


def repor(analise: Analise, antes: Mapping[str, Any], depois: Mapping[str, Any]) -> None:
    """Bring back what stood there: glosas that came are removed (`depois["criadas"]`), those that went or changed are
    put back under their own ids, columns of items, guides and of the analysis get their old values."""
    velhas = antes.get("glosas", [])
    remover([*depois.get("criadas", []), *(linha["id"] for linha in velhas)])
    for tabela, colunas, chave in (
        ("analise_itemanalisado", _DO_ITEM, "itens"),
        ("analise_guiaanalisada", _DA_GUIA, "guias"),
        ("analise_analise", _DA_ANALISE, "analise"),
    ):
        _atualizar(tabela, colunas, antes.get(chave, []))
    _inserir(analise, velhas)


def remover(ids: Sequence[int]) -> None:
    """Remove those glosas. One statement: each would sum anew what stands above them."""
    if ids:
        with connection.cursor() as cursor:
            cursor.execute("delete from analise_glosa where id = any(%s)", [list(ids)])


def _atualizar(tabela: str, colunas: Mapping[str, str], linhas: Sequence[Mapping[str, Any]]) -> None:
    if not linhas:
        return
    valores = ", ".join(f"{coluna} = r.{coluna}" for coluna in colunas if coluna != "id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"update {tabela} t set {valores} from {_como_linhas(colunas)} where t.id = r.id",  # noqa: S608 - constants
            [json.dumps(linhas)],
        )


def _inserir(analise: Analise, linhas: Sequence[Mapping[str, Any]]) -> None:
    if not linhas:
        return
    colunas = ", ".join(_DA_GLOSA)
    delas = ", ".join(f"r.{coluna}" for coluna in _DA_GLOSA)
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into analise_glosa (prestador_id, operadora_id, analise_id, {colunas}) "  # noqa: S608 - constants
            f"select %s, %s, %s, {delas} from {_como_linhas(_DA_GLOSA)}",
            [analise.prestador_id, analise.operadora_id, analise.pk, json.dumps(linhas)],
        )


def _como_linhas(colunas: Mapping[str, str]) -> str:
    return f"jsonb_to_recordset(%s::jsonb) as r({', '.join(f'{nome} {tipo}' for nome, tipo in colunas.items())})"


def _linhas(valores: Any) -> list[dict[str, Any]]:
    return [{coluna: _em_json(valor) for coluna, valor in linha.items()} for linha in valores]


def _em_json(valor: Any) -> Any:
    """Amounts and instants as text that Postgres reads back whole: a JSON number would pass through a float."""
    if isinstance(valor, Decimal):
        return str(valor)
    return valor.isoformat() if isinstance(valor, datetime) else valor
