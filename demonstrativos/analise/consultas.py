"""What the work list asks the database: filters, orders, totals, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.analise.estados import Prioridade
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from lotes.paginas import pagina_de

_P = SituacaoDoProtocolo
A_ANALISAR: Final = "a-analisar"
"""What still wants an analista: received, under analysis, or waiting for documents."""
_POR_ANALISAR: Final = (_P.ENVIADO, _P.EM_ANALISE, _P.AGUARDANDO_INFORMACAO)
MEUS, DE_NINGUEM = "meus", "ninguem"
PRAZOS: Final = {"vencidos": "Vencidos", "hoje": "Vencem hoje", "3": "Vencem em até 3 dias"}
FILA: Final = "fila"
ORDENS: Final[Mapping[str, str]] = {
    "prioridade": "prioridade",
    "prazo": "analise__prazo",
    "protocolo": "numero",
    "recebido": "enviado_em",
    "prestador": "prestador__sigla",
    "tipo": "lote__tipo_de_guia",
    "guias": "lote__quantidade_de_guias",
    "informado": "valor_informado",
    "glosado": "analise__valor_glosado",
    "responsavel": "analise__responsavel_nome",
    "situacao": "situacao",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Totais:
    """The last row: of the whole result, not of the page. Money in reais."""

    quantos: int
    guias: int
    informado: Decimal
    glosado: Decimal
    liberado: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lista:
    """A page of the work list, its totals and the order in force."""

    pagina: Page[Any]
    totais: Totais
    ordem: str


def filtrados(operadora: Organizacao, filtros: Mapping[str, Any], eu: int) -> QuerySet[Protocolo]:
    """The protocols that the filters leave. A number is looked for at any date and in any state; `eu` is who asks."""
    por_numero = bool(filtros.get("protocolo") or filtros.get("lote"))
    protocolos = _na_situacao(Protocolo.objects.da_operadora(operadora), filtros.get("situacao", ""), por_numero)
    for nome, campo in (
        ("prestador", "prestador"),
        ("protocolo", "numero"),
        ("lote", "lote__numero"),
        ("tipo", "lote__tipo_de_guia"),
        ("valor_de", "valor_informado__gte"),
        ("valor_ate", "valor_informado__lte"),
    ):
        if filtros.get(nome) not in (None, ""):
            protocolos = protocolos.filter(**{campo: filtros[nome]})
    protocolos = _da_fila(protocolos, filtros, eu)
    return protocolos if por_numero else _no_periodo(protocolos, filtros)


def listar(protocolos: QuerySet[Protocolo], ordem: str, numero_da_pagina: str | None) -> Lista:
    """A page: most urgent, soonest due and oldest first unless told. Three queries: totals, ids, rows."""
    somas = protocolos.aggregate(
        quantos=Count("id"),
        guias=Sum("lote__quantidade_de_guias"),
        informado=Sum("valor_informado"),
        glosado=Sum("analise__valor_glosado"),
        liberado=Sum("analise__valor_liberado"),
    )
    totais = Totais(
        quantos=somas["quantos"],
        guias=somas["guias"] or 0,
        informado=somas["informado"] or Decimal(0),
        glosado=somas["glosado"] or Decimal(0),
        liberado=somas["liberado"] or Decimal(0),
    )
    ordenados, ordem = ordenar(protocolos, ordem)
    pagina = pagina_de(ordenados.values_list("pk", flat=True), totais.quantos, numero_da_pagina)
    ids = list(pagina.object_list)
    linhas = ordenados.in_bulk(ids)
    pagina.object_list = [linhas[pk] for pk in ids]
    return Lista(pagina=pagina, totais=totais, ordem=ordem)


def ordenar(protocolos: QuerySet[Protocolo], ordem: str) -> tuple[QuerySet[Protocolo], str]:
    """In that order, with what a row shows, and the order that was understood: "fila" for the work list's own."""
    com_tudo = _com_prioridade(protocolos.select_related("lote", "prestador", "analise"))
    nome = ordem.removeprefix("-")
    if nome not in ORDENS:
        da_fila = (F("prioridade").desc(), F("analise__prazo").asc(nulls_last=True), "enviado_em", "id")
        return com_tudo.order_by(*da_fila), FILA
    campo = F(ORDENS[nome])
    if ordem.startswith("-"):
        return com_tudo.order_by(campo.desc(nulls_last=True), "-id"), ordem
    return com_tudo.order_by(campo.asc(nulls_last=True), "id"), ordem


def _com_prioridade(protocolos: QuerySet[Protocolo]) -> QuerySet[Protocolo]:
    """Each with its `prioridade`, which is normal before the analysis begins."""
    return protocolos.annotate(prioridade=Coalesce("analise__prioridade", int(Prioridade.NORMAL)))


def _na_situacao(protocolos: QuerySet[Protocolo], situacao: str, por_numero: bool) -> QuerySet[Protocolo]:
    if situacao == A_ANALISAR:
        return protocolos if por_numero else protocolos.filter(situacao__in=_POR_ANALISAR)
    return protocolos.filter(situacao=situacao) if situacao else protocolos


def _da_fila(protocolos: QuerySet[Protocolo], filtros: Mapping[str, Any], eu: int) -> QuerySet[Protocolo]:
    responsavel, hoje = filtros.get("responsavel"), timezone.localdate()
    if responsavel == MEUS:
        protocolos = protocolos.filter(analise__responsavel=eu)
    elif responsavel == DE_NINGUEM:
        protocolos = protocolos.filter(analise__responsavel=None)
    elif responsavel:
        protocolos = protocolos.filter(analise__responsavel=responsavel)
    if filtros.get("prioridade"):
        protocolos = _com_prioridade(protocolos).filter(Q(prioridade=filtros["prioridade"]))
    match filtros.get("prazo"):
        case "vencidos":
            return protocolos.filter(analise__prazo__lt=hoje)
        case "hoje":
            return protocolos.filter(analise__prazo=hoje)
        case "3":
            return protocolos.filter(analise__prazo__range=(hoje, hoje + timedelta(days=3)))
    return protocolos


def _no_periodo(protocolos: QuerySet[Protocolo], filtros: Mapping[str, Any]) -> QuerySet[Protocolo]:
    if filtros.get("de"):
        protocolos = protocolos.filter(enviado_em__gte=_inicio(filtros["de"]))
    if filtros.get("ate"):
        protocolos = protocolos.filter(enviado_em__lt=_inicio(filtros["ate"] + timedelta(days=1)))
    return protocolos


def _inicio(dia: date) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.min))
