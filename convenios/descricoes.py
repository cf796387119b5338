"""What codes are called, for messages that name them and guides that did not: a consulta has its code and no more."""

from __future__ import annotations

from collections.abc import Collection

from convenios.models import Termo, TermoProprio

Codigo = tuple[str, str]
"""Table and code."""


def descricoes_dos_codigos(codigos: Collection[Codigo], operadora_id: int) -> dict[Codigo, str]:
    """The latest words of TUSS, or of the operadora's own tables, for each code; those that nobody knows are left out.

    Two queries, none where nothing is asked.
    """
    if not codigos:
        return {}
    quais = {"tabela__in": {tabela for tabela, _ in codigos}, "codigo__in": {codigo for _, codigo in codigos}}
    da_tuss = Termo.objects.filter(**quais).values_list("tabela", "codigo", "termo")
    proprios = TermoProprio.objects.filter(**quais, operadora=operadora_id).values_list("tabela", "codigo", "descricao")
    achadas = (*da_tuss.order_by("vigencia_inicio"), *proprios.order_by("vigencia_inicio"))
    return {(tabela, codigo): texto for tabela, codigo, texto in achadas if (tabela, codigo) in codigos}
