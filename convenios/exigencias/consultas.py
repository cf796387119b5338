"""What the lists ask the database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex

from conecta.contas.models import Organizacao
from convenios.exigencias.models import Autorizacao, ExigenciaDoProcedimento

VALIDAS: Final = "validas"
VENCIDAS: Final = "vencidas"
CANCELADAS: Final = "canceladas"


def exigencias_filtradas(organizacao: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[ExigenciaDoProcedimento]:
    """What the operadora demands, or what the prestador's operadoras demand of it, by table and code.

    A code finds the rows that may decide about it, and those of codes that begin with it.
    """
    exigencias = ExigenciaDoProcedimento.objects.select_related("convenio", "operadora")
    if not organizacao.e_prestador:
        exigencias = exigencias.filter(operadora=organizacao)
    elif filtros.get("operadora"):
        exigencias = exigencias.filter(operadora=filtros["operadora"])
    if filtros.get("tabela"):
        exigencias = exigencias.filter(tabela=filtros["tabela"])
    if codigo := filtros.get("codigo"):
        da_busca = StrIndex(Value(codigo), "prefixo")
        exigencias = exigencias.alias(lugar=da_busca).filter(Q(prefixo="") | Q(prefixo__startswith=codigo) | Q(lugar=1))
    return exigencias


def autorizacoes_filtradas(organizacao: Organizacao, filtros: Mapping[str, Any], hoje: date) -> QuerySet[Autorizacao]:
    """The authorisations of the organisation that the filters leave, the latest first. Numbers are looked for whole."""
    autorizacoes = Autorizacao.objects.de(organizacao).select_related("operadora", "prestador")
    if numero := filtros.get("numero"):
        autorizacoes = autorizacoes.filter(
            Q(senha=numero) | Q(numero_guia_operadora=numero) | Q(numero_carteira=numero)
        )
    if outro := filtros.get("com"):
        lado = "operadora" if organizacao.e_prestador else "prestador"
        autorizacoes = autorizacoes.filter(**{lado: outro})
    if situacao := filtros.get("situacao"):
        autorizacoes = autorizacoes.filter(_da_situacao(situacao, hoje))
    return autorizacoes.order_by("-emitida_em", "-id")


def _da_situacao(situacao: str, hoje: date) -> Q:
    if situacao == CANCELADAS:
        return Q(cancelada_em__isnull=False)
    vencida = Q(valida_ate__lt=hoje)
    return Q(cancelada_em__isnull=True) & (vencida if situacao == VENCIDAS else ~vencida | Q(valida_ate__isnull=True))
