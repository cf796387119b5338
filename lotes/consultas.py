"""What the lists ask the database: filters, orders and totals, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, QuerySet, Sum
from django.utils import timezone

from conecta.contas.models import Organizacao
from lotes.estados import SituacaoDoLote, SituacaoDoProtocolo
from lotes.models import Lote, Protocolo
from lotes.paginas import pagina_de

NAO_ENVIADO = "0"
"""In the filter *Situação do Protocolo*: the lots that have none."""

EM_ANDAMENTO = "andamento"
"""In the operadora's filter: what is not at an end."""

_ENCERRADAS = (
    SituacaoDoProtocolo.PAGO,
    SituacaoDoProtocolo.ENCERRADO_SEM_PAGAMENTO,
    SituacaoDoProtocolo.CANCELADO,
)

ORDENS_DE_LOTES: Mapping[str, str] = {
    "data": "criado_em",
    "lote": "numero",
    "situacao-lote": "situacao",
    "protocolo": "protocolo__numero",
    "situacao": "protocolo__situacao",
    "tipo": "tipo_de_guia",
    "operadora": "operadora__sigla",
    "guias": "quantidade_de_guias",
    "informado": "valor_informado",
    "liberado": "protocolo__valor_liberado",
}
ORDENS_DE_PROTOCOLOS: Mapping[str, str] = {
    "protocolo": "numero",
    "envio": "enviado_em",
    "prestador": "prestador__sigla",
    "tipo": "lote__tipo_de_guia",
    "guias": "lote__quantidade_de_guias",
    "informado": "valor_informado",
    "situacao": "situacao",
    "pagamento": "data_de_pagamento",
}
ORDEM_DE_LOTES, ORDEM_DE_PROTOCOLOS = "-data", "envio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Totais:
    """The last row of a list: of the whole result, not of the page. Money in reais."""

    quantos: int
    guias: int
    informado: Decimal
    liberado: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Lista:
    """A page of a result, its totals and the order in force."""

    pagina: Page[Any]
    totais: Totais
    ordem: str


def lotes_filtrados(prestador: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[Lote]:
    """The prestador's lots that the filters of *Pesquisa de Lotes* leave. A number is looked for at any date."""
    lotes = Lote.objects.do_prestador(prestador)
    if filtros.get("situacao_lote"):
        lotes = lotes.filter(situacao=filtros["situacao_lote"])
    elif not filtros.get("lote"):
        lotes = lotes.exclude(situacao=SituacaoDoLote.EXCLUIDO)
    if filtros.get("situacao") == NAO_ENVIADO:
        lotes = lotes.filter(enviado_em__isnull=True)
    elif filtros.get("situacao"):
        lotes = lotes.filter(protocolo__situacao=filtros["situacao"])
    lotes = _iguais(
        lotes,
        filtros,
        operadora="operadora",
        lote="numero",
        protocolo="protocolo__numero",
        tipo="tipo_de_guia",
    )
    if filtros.get("lote") or filtros.get("protocolo"):
        return lotes
    return _no_periodo(lotes, filtros, "criado_em")


def protocolos_filtrados(operadora: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[Protocolo]:
    """The protocols received by the operadora that the filters of the work list leave."""
    protocolos = Protocolo.objects.da_operadora(operadora)
    procura_numero = filtros.get("lote") or filtros.get("protocolo")
    if filtros.get("situacao") == EM_ANDAMENTO:
        protocolos = protocolos if procura_numero else protocolos.exclude(situacao__in=_ENCERRADAS)
    elif filtros.get("situacao"):
        protocolos = protocolos.filter(situacao=filtros["situacao"])
    protocolos = _iguais(
        protocolos,
        filtros,
        prestador="prestador",
        lote="lote__numero",
        protocolo="numero",
        tipo="lote__tipo_de_guia",
    )
    return protocolos if procura_numero else _no_periodo(protocolos, filtros, "enviado_em")


def listar_lotes(lotes: QuerySet[Lote], ordem: str, numero_da_pagina: str | None) -> Lista:
    """A page of lots, newest first unless told. Three queries: the totals, the ids of the page, its rows."""
    somas = lotes.aggregate(
        quantos=Count("id"),
        guias=Sum("quantidade_de_guias"),
        informado=Sum("valor_informado"),
        liberado=Sum("protocolo__valor_liberado"),
    )
    ordenados, ordem = ordenar_lotes(lotes, ordem)
    return _lista(ordenados, somas, ordem, numero_da_pagina)


def listar_protocolos(protocolos: QuerySet[Protocolo], ordem: str, numero_da_pagina: str | None) -> Lista:
    """A page of protocols, oldest first unless told. Three queries: the totals, the ids of the page, its rows."""
    somas = protocolos.aggregate(
        quantos=Count("id"),
        guias=Sum("lote__quantidade_de_guias"),
        informado=Sum("valor_informado"),
        liberado=Sum("valor_liberado"),
    )
    ordenados, ordem = ordenar_protocolos(protocolos, ordem)
    return _lista(ordenados, somas, ordem, numero_da_pagina)


def ordenar_lotes(lotes: QuerySet[Lote], ordem: str) -> tuple[QuerySet[Lote], str]:
    """The lots in that order, with what a row shows, and the order that was understood."""
    expressoes, ordem = _ordem(ORDENS_DE_LOTES, ordem, ORDEM_DE_LOTES)
    return lotes.select_related("operadora", "protocolo", "convenio").order_by(*expressoes), ordem


def ordenar_protocolos(protocolos: QuerySet[Protocolo], ordem: str) -> tuple[QuerySet[Protocolo], str]:
    """The protocols in that order, with what a row shows, and the order that was understood."""
    expressoes, ordem = _ordem(ORDENS_DE_PROTOCOLOS, ordem, ORDEM_DE_PROTOCOLOS)
    return protocolos.select_related("lote__convenio", "prestador").order_by(*expressoes), ordem


def _iguais(consulta: Any, filtros: Mapping[str, Any], **campos: str) -> Any:
    """Only equalities: under row-level security nothing else uses an index."""
    return consulta.filter(**{campo: filtros[nome] for nome, campo in campos.items() if filtros.get(nome)})


def _no_periodo(consulta: Any, filtros: Mapping[str, Any], campo: str) -> Any:
    if filtros.get("de"):
        consulta = consulta.filter(**{f"{campo}__gte": _inicio(filtros["de"])})
    if filtros.get("ate"):
        consulta = consulta.filter(**{f"{campo}__lt": _inicio(filtros["ate"] + timedelta(days=1))})
    return consulta


def _inicio(dia: date) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.min))


def _ordem(ordens: Mapping[str, str], pedida: str, padrao: str) -> tuple[Sequence[Any], str]:
    """Expressions of an order; the row's id last, so that equal rows keep their place from page to page."""
    ordem = pedida if pedida.removeprefix("-") in ordens else padrao
    campo = F(ordens[ordem.removeprefix("-")])
    if ordem.startswith("-"):
        # Lots without protocol last; said for other columns, it would keep the index from giving the order.
        return (campo.desc(nulls_last=campo.name.startswith("protocolo__") or None), "-id"), ordem
    return (campo.asc(), "id"), ordem


def _lista(ordenados: Any, somas: Mapping[str, Any], ordem: str, numero_da_pagina: str | None) -> Lista:
    totais = Totais(
        quantos=somas["quantos"],
        guias=somas["guias"] or 0,
        informado=somas["informado"] or Decimal(0),
        liberado=somas["liberado"] or Decimal(0),
    )
    # Sorting ids and fetching one page of rows is several times cheaper than sorting whole rows.
    pagina = pagina_de(ordenados.values_list("pk", flat=True), totais.quantos, numero_da_pagina)
    ids = list(pagina.object_list)
    linhas = ordenados.in_bulk(ids)
    pagina.object_list = [linhas[pk] for pk in ids]
    return Lista(pagina=pagina, totais=totais, ordem=ordem)
