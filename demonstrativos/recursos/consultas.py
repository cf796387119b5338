"""What the lists of appeals ask the database: filters, orders and totals, each in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, Min, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Glosa
from demonstrativos.recursos.estados import POR_RESPONDER, SituacaoDoRecurso
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.prazos import PERTO
from demonstrativos.recursos.recorriveis import recorriveis
from lotes.paginas import pagina_de

ORDENS_DAS_GLOSAS: Mapping[str, str] = {
    "prazo": "limite",
    "operadora": "operadora__sigla",
    "protocolo": "analise__protocolo__numero",
    "guia": "guia__guia__numero_do_prestador",
    "codigo": "codigo",
    "procedimento": "item__item__codigo",
    "valor": "recorrivel",
}
ORDENS_DOS_RECURSOS: Mapping[str, str] = {
    "recurso": "id",
    "numero": "numero",
    "protocolo": "protocolo__numero",
    "operadora": "operadora__sigla",
    "prestador": "prestador__sigla",
    "envio": "enviado_em",
    "prazo": "responder_ate",
    "recursado": "valor_recursado",
    "acatado": "valor_acatado",
    "situacao": "situacao",
}
A_RESPONDER = "a-responder"
"""In the operadora's filter: what waits for her."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lista:
    """A page of a result, how many there are and what they sum up to, and the order in force. Money in reais."""

    pagina: Page[Any]
    quantos: int
    valor: Decimal
    acatado: Decimal
    ordem: str


def glosas_filtradas(prestador: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[Glosa]:
    """What the prestador can appeal against and the filters leave."""
    glosas = recorriveis(prestador)
    iguais = {
        "operadora": "operadora",
        "protocolo": "analise__protocolo__numero",
        "codigo": "codigo",
        "procedimento": "item__item__codigo",
        "carteira": "guia__guia__numero_carteira",
    }
    glosas = glosas.filter(**{campo: filtros[nome] for nome, campo in iguais.items() if filtros.get(nome)})
    if filtros.get("prazo"):
        glosas = glosas.filter(Q(limite__lte=timezone.localdate() + timedelta(days=int(filtros["prazo"]))))
    if filtros.get("valor"):
        glosas = glosas.filter(Q(recorrivel__gte=filtros["valor"]))
    return glosas


def listar_glosas(glosas: QuerySet[Glosa], ordem: str, numero_da_pagina: str | None) -> Lista:
    """A page of glosas, those whose term ends first at the top unless told. Two queries."""
    somas = glosas.aggregate(quantos=Count("id"), valor=Sum("recorrivel"))
    ordenadas, ordem = ordenar(glosas, ORDENS_DAS_GLOSAS, ordem, "prazo")
    return _lista(ordenadas, somas, ordem, numero_da_pagina)


def recursos_filtrados(recursos: QuerySet[Recurso], filtros: Mapping[str, Any]) -> QuerySet[Recurso]:
    """Of these appeals, what the filters leave; a number is looked for in any state."""
    situacao = filtros.get("situacao")
    procura_numero = filtros.get("numero") or filtros.get("protocolo")
    if situacao == A_RESPONDER:
        recursos = recursos if procura_numero else recursos.filter(situacao__in=POR_RESPONDER)
    elif situacao:
        recursos = recursos.filter(situacao=situacao)
    else:
        recursos = recursos.exclude(situacao=SituacaoDoRecurso.EXCLUIDO)
    if filtros.get("numero"):
        numero = filtros["numero"]
        recursos = recursos.filter(Q(numero=numero) | Q(numero_do_prestador=str(numero)))
    iguais = {"operadora": "operadora", "prestador": "prestador", "protocolo": "protocolo__numero"}
    return recursos.filter(**{campo: filtros[nome] for nome, campo in iguais.items() if filtros.get(nome)})


def listar_recursos(recursos: QuerySet[Recurso], ordem: str, padrao: str, numero_da_pagina: str | None) -> Lista:
    """A page of appeals. Two queries."""
    somas = recursos.aggregate(quantos=Count("id"), valor=Sum("valor_recursado"), acatado=Sum("valor_acatado"))
    ordenados, ordem = ordenar(recursos, ORDENS_DOS_RECURSOS, ordem, padrao)
    return _lista(
        ordenados.select_related("operadora", "prestador", "protocolo", "lote"), somas, ordem, numero_da_pagina
    )


def ordenar(linhas: QuerySet[Any], ordens: Mapping[str, str], pedida: str, padrao: str) -> tuple[QuerySet[Any], str]:
    """The rows in the order asked for, and the order that was understood; the id last, so that equal rows stay."""
    ordem = pedida if pedida.removeprefix("-") in ordens else padrao
    campo = F(ordens[ordem.removeprefix("-")])
    if ordem.startswith("-"):
        return linhas.order_by(campo.desc(nulls_last=True), "-id"), ordem
    return linhas.order_by(campo.asc(), "id"), ordem


def perto_do_fim(prestador: Organizacao) -> dict[str, Any]:
    """Glosas in no appeal whose term ends soon: how many, how much, and the first last day. Four queries."""
    glosas = recorriveis(prestador).filter(Q(limite__lte=timezone.localdate() + timedelta(days=PERTO)))
    return glosas.aggregate(quantas=Count("id"), valor=Sum("recorrivel"), ate=Min("limite"))


def contar_no_menu(request: HttpRequest) -> int:
    """Drafts of the prestador that wait to be sent; appeals that wait for the operadora's answer."""
    organizacao = request.organizacao  # type: ignore[attr-defined]
    if organizacao.e_prestador:
        return Recurso.objects.do_prestador(organizacao).filter(situacao=SituacaoDoRecurso.RASCUNHO).count()
    return Recurso.objects.da_operadora(organizacao).filter(situacao__in=POR_RESPONDER).count()


def _lista(ordenadas: QuerySet[Any], somas: Mapping[str, Any], ordem: str, numero_da_pagina: str | None) -> Lista:
    return Lista(
        pagina=pagina_de(ordenadas, somas["quantos"], numero_da_pagina),
        quantos=somas["quantos"],
        valor=somas["valor"] or Decimal(0),
        acatado=somas.get("acatado") or Decimal(0),
        ordem=ordem,
    )
