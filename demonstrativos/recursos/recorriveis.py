"""Everything that a prestador can appeal against, each glosa with what is left of it and until when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Glosa
from demonstrativos.recursos.estados import Desde
from demonstrativos.recursos.models import ItemDoRecurso, RespostaDoItem
from demonstrativos.recursos.prazos import SITUACOES, Regra, regras_do_prestador

_ZERO = Value(Decimal(0))


def recorriveis(prestador: Organizacao, hoje: date | None = None) -> QuerySet[Glosa]:
    """Glosas of released analyses that are in their term and in no appeal, not even a draft.

    Each has `recorrivel`, what was refused less what an appeal got back; `limite`, the last day; and `instancia`, that
    of the appeal it would go into. Reads the rules of the prestador's operadoras: three queries before its own.
    """
    operadoras = set(
        Glosa.objects.filter(prestador=prestador).order_by().values_list("operadora_id", flat=True).distinct()
    )
    regras = regras_do_prestador(prestador, operadoras)
    glosas = _com_prazo(_com_resto(Glosa.objects.filter(prestador=prestador, liberada_em__isnull=False)), regras)
    if not regras:
        return glosas.none()
    return glosas.filter(_permitidas(regras) & Q(limite__gte=hoje or timezone.localdate())).select_related(
        "analise__protocolo__lote", "operadora", "guia__guia", "item__item"
    )


def _com_resto(glosas: QuerySet[Glosa]) -> QuerySet[Glosa]:
    dela = ItemDoRecurso.objects.filter(glosa=OuterRef("pk"))
    recuperado = (
        RespostaDoItem.objects.filter(item__glosa=OuterRef("pk"), respondido_em__isnull=False)
        .order_by()
        .values("item__glosa")
        .annotate(soma=Sum("valor_acatado"))
        .values("soma")
    )
    return glosas.annotate(
        recursada=Exists(dela),
        esgotada=Exists(dela.filter(Q(instancia=2) | Q(recurso__respondido_em__isnull=True))),
        recorrivel=F("valor") - Coalesce(Subquery(recuperado), _ZERO),
        respondida_em=Subquery(dela.filter(instancia=1).values("recurso__respondido_em")[:1]),
    ).annotate(instancia=Case(When(recursada=True, then=Value(2)), default=Value(1)))


def _com_prazo(glosas: QuerySet[Glosa], regras: Mapping[int, Regra]) -> QuerySet[Glosa]:
    liberacao, resposta = TruncDate("analise__liberada_em"), TruncDate("respondida_em")
    inicios: dict[Desde, Any] = {
        Desde.LIBERADO: liberacao,
        Desde.FATURADO: Coalesce(F("analise__protocolo__data_de_pagamento"), liberacao),
    }
    casos = [
        When(
            operadora_id=operadora,
            then=Cast(Greatest(inicios[regra.desde], resposta) + Value(timedelta(days=regra.dias)), DateField()),
        )
        for operadora, regra in regras.items()
    ]
    return glosas.annotate(limite=Case(*casos, output_field=DateField()))


def _permitidas(regras: Mapping[int, Regra]) -> Q:
    permitidas = Q()
    for operadora, regra in regras.items():
        desta = Q(operadora_id=operadora, analise__protocolo__situacao__in=SITUACOES[regra.desde])
        ainda = Q(recursada=False)
        if regra.segunda_instancia:
            ainda |= Q(esgotada=False, recorrivel__gt=0)
        permitidas |= desta & ainda
    return permitidas
