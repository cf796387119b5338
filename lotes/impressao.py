"""How a guide is printed, by what its convênio says: with or without values, equal procedures summed, ANEXO stamped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db.models import Case, IntegerField, Max, Min, Sum, When

from lotes.estados import TipoDeGuia
from lotes.models import Guia, Item
from lotes.pagador import convenio_do, fonte_pagadora, regras_do

AGRUPAM: Final = frozenset({"03", "13", "23"})
"""Kinds of attendance whose equal procedures may be summed: other therapies, small attendance, exams."""
_MAIS_LINHAS: Final = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LinhaImpressa:
    """Equal procedures of a guide as one line. Money in reais; `de` and `ate` are the first and the last day."""

    tabela: str
    codigo: str
    descricao: str
    quantidade: Decimal
    de: date | None
    ate: date | None
    valor_unitario: Decimal | None
    valor_total: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Impressao:
    """What paper shows otherwise than the screen. `linhas` empty: the items as they are."""

    fonte_pagadora: str
    sem_valores: bool
    anexo: bool
    linhas: Sequence[LinhaImpressa] = ()


def impressao_da(guia: Guia) -> Impressao:
    """How that guide is printed today."""
    convenio = convenio_do(guia.lote)
    regras = regras_do(guia.lote, convenio)
    return Impressao(
        fonte_pagadora=fonte_pagadora(guia.lote.operadora, convenio, regras) if convenio else "",
        sem_valores=regras.ocultar_valores,
        anexo=regras.termo_anexo and guia.tipo == TipoDeGuia.SP_SADT,
        linhas=_agrupadas(guia) if regras.agrupar_na_impressao and _pode(guia) else (),
    )


def pode_agrupar(tipo: str, tipo_de_atendimento: str, itens: int) -> bool:
    """Whether equal procedures may stand in one line; the longest guides are left as they are, page by page."""
    return tipo == TipoDeGuia.SP_SADT and tipo_de_atendimento in AGRUPAM and itens <= _MAIS_LINHAS


def _pode(guia: Guia) -> bool:
    return pode_agrupar(guia.tipo, guia.tipo_de_atendimento, guia.quantidade_de_itens)


def _agrupadas(guia: Guia) -> list[LinhaImpressa]:
    """The items in their order; procedures that charge the same code at the same price are one."""
    sozinho = Case(When(especie=Item.Especie.DESPESA, then="posicao"), default=0, output_field=IntegerField())
    iguais = guia.itens.annotate(sozinho=sozinho).values("tabela", "codigo", "descricao", "valor_unitario", "sozinho")
    somadas = iguais.annotate(
        lugar=Min("posicao"), soma=Sum("quantidade"), total=Sum("valor_total"), de=Min("data"), ate=Max("data")
    )
    return [
        LinhaImpressa(
            tabela=linha["tabela"],
            codigo=linha["codigo"],
            descricao=linha["descricao"],
            quantidade=linha["soma"],
            de=linha["de"],
            ate=linha["ate"],
            valor_unitario=linha["valor_unitario"],
            valor_total=linha["total"],
        )
        for linha in somadas.order_by("lugar")
    ]
