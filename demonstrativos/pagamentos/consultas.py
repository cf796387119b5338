"""What the lists ask the database: payments, and what waits for one; each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import TruncMonth

from conecta.contas.models import Organizacao
from demonstrativos.pagamentos.estados import SituacaoDoPagamento, TipoDeLinha
from demonstrativos.pagamentos.models import Pagamento, PagamentoDoProtocolo
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from lotes.paginas import pagina_de

A_PAGAR = "a_pagar"
"""In the filter of the state: open or closed, not paid yet."""
ORDENS: Mapping[str, str] = {
    "numero": "numero",
    "data": "data_de_pagamento",
    "prestador": "prestador__sigla",
    "operadora": "operadora__sigla",
    "competencia": "competencia",
    "situacao": "situacao",
    "liberado": "valor_liberado",
    "liquido": "valor_liquido",
}
ORDENS_DE_LIBERADOS: Mapping[str, str] = {
    "protocolo": "numero",
    "prestador": "prestador__sigla",
    "liberado_em": "situacao_em",
    "envio": "enviado_em",
    "tipo": "lote__tipo_de_guia",
    "informado": "valor_informado",
    "glosado": "valor_glosado",
    "liberado": "valor_liberado",
}
_ZERO = Decimal("0.00")
_S = SituacaoDoPagamento


@dataclass(frozen=True, slots=True, kw_only=True)
class Totais:
    """The last row of a list: of the whole result. Money in reais."""

    quantos: int
    informado: Decimal
    glosado: Decimal
    liberado: Decimal
    debitos: Decimal = _ZERO
    creditos: Decimal = _ZERO
    liquido: Decimal = _ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Lista:
    """A page of a result, its totals and the order in force."""

    pagina: Page[Any]
    totais: Totais
    ordem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoPrestador:
    """What waits for one prestador, in reais."""

    id: int
    sigla: str
    quantos: int
    liberado: Decimal


def pagamentos_filtrados(organizacao: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[Pagamento]:
    """The payments that the filters leave. A number is looked for at any date and in any state."""
    pagamentos = Pagamento.objects.de(organizacao).select_related("prestador", "operadora")
    if filtros.get("numero"):
        return pagamentos.filter(numero=filtros["numero"])
    situacao = filtros.get("situacao")
    if situacao == A_PAGAR:
        pagamentos = pagamentos.filter(situacao__in=[_S.ABERTO, _S.FECHADO])
    elif situacao:
        pagamentos = pagamentos.filter(situacao=situacao)
    for filtro, campo in (
        ("prestador", "prestador"),
        ("operadora", "operadora"),
        ("competencia", "competencia"),
        ("de", "data_de_pagamento__gte"),
        ("ate", "data_de_pagamento__lte"),
    ):
        if filtros.get(filtro):
            pagamentos = pagamentos.filter(**{campo: filtros[filtro]})
    return pagamentos


def ordenar(linhas: QuerySet[Any], ordem: str, ordens: Mapping[str, str], padrao: str) -> tuple[QuerySet[Any], str]:
    """The rows in that order, and its name; in the usual one where there is no such order."""
    nome = ordem if ordem.removeprefix("-") in ordens else padrao
    sinal = "-" if nome.startswith("-") else ""
    return linhas.order_by(sinal + ordens[nome.removeprefix("-")], f"{sinal}id"), nome


def listar_pagamentos(achados: QuerySet[Pagamento], ordem: str, pagina: str | None) -> Lista:
    """A page of payments, newest date first unless told; totals leave the cancelled out."""
    somas: dict[str, Any] = achados.aggregate(quantos=Count("id")) | achados.valendo().aggregate(  # type: ignore[attr-defined]
        informado=Sum("valor_informado"),
        glosado=Sum("valor_glosado"),
        liberado=Sum("valor_liberado"),
        debitos=Sum("debitos"),
        creditos=Sum("creditos"),
        liquido=Sum("valor_liquido"),
    )
    ordenados, nome = ordenar(achados, ordem, ORDENS, "-data")
    return Lista(pagina=pagina_de(ordenados, somas["quantos"], pagina), totais=_totais(somas), ordem=nome)


def liberados_a_pagar(operadora: Organizacao, prestador: Organizacao | None = None) -> QuerySet[Protocolo]:
    """Released protocols that are in no payment."""
    em_pagamento = PagamentoDoProtocolo.objects.filter(operadora=operadora, tipo=TipoDeLinha.INICIAL, vigente=True)
    protocolos = (
        Protocolo.objects.da_operadora(operadora)
        .filter(situacao=SituacaoDoProtocolo.LIBERADO)
        .exclude(pk__in=em_pagamento.values("protocolo_id"))
        .select_related("prestador", "lote")
    )
    return protocolos if prestador is None else protocolos.filter(prestador=prestador)


def listar_liberados(achados: QuerySet[Protocolo], ordem: str, pagina: str | None) -> Lista:
    """A page of what waits, longest waiting first unless told."""
    somas = achados.aggregate(
        quantos=Count("id"),
        informado=Sum("valor_informado"),
        glosado=Sum("valor_glosado"),
        liberado=Sum("valor_liberado"),
    )
    ordenados, nome = ordenar(achados, ordem, ORDENS_DE_LIBERADOS, "liberado_em")
    return Lista(pagina=pagina_de(ordenados, somas["quantos"], pagina), totais=_totais(somas), ordem=nome)


def por_prestador(liberados: QuerySet[Protocolo]) -> list[DoPrestador]:
    """How much waits for each prestador, the largest amount first. One query."""
    somas = (
        liberados.values("prestador_id", "prestador__sigla")
        .annotate(quantos=Count("id"), liberado=Sum("valor_liberado"))
        .order_by("-liberado", "prestador__sigla")
    )
    return [
        DoPrestador(
            id=soma["prestador_id"],
            sigla=soma["prestador__sigla"],
            quantos=soma["quantos"],
            liberado=soma["liberado"] or _ZERO,
        )
        for soma in somas
    ]


def previstos(prestador: Organizacao) -> QuerySet[Pagamento]:
    """Closed payments that are still to be made to that prestador, the next one first."""
    return (
        Pagamento.objects.de(prestador)
        .filter(situacao=_S.FECHADO)
        .select_related("operadora")
        .order_by("data_de_pagamento", "id")
    )


def por_mes(pagamentos: QuerySet[Pagamento]) -> Sequence[tuple[date, int, Decimal]]:
    """Month (its first day), how many payments, their net amount, in the order of the months. One query."""
    return list(
        pagamentos.order_by()
        .annotate(mes=TruncMonth("data_de_pagamento"))
        .values("mes")
        .annotate(quantos=Count("id"), liquido=Sum("valor_liquido"))
        .order_by("mes")
        .values_list("mes", "quantos", "liquido")
    )


def _totais(somas: dict[str, Any]) -> Totais:
    valores: dict[str, Any] = {nome: _ZERO if valor is None else valor for nome, valor in somas.items()}
    return Totais(**valores)
