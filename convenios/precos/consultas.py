"""What the lists of prices ask the database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet

from conecta.contas.models import Organizacao
from conecta.periodo import em_vigor
from convenios.precos.models import EdicaoDeReferencia, ItemDeReferencia, Preco, Produto, TabelaDePreco


def tabelas_filtradas(operadora: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[TabelaDePreco]:
    """The tables that the filters leave, by name, each with `quantos` prices it has."""
    tabelas = TabelaDePreco.objects.filter(operadora=operadora).select_related("prestador")
    situacao = filtros.get("situacao", "")
    if situacao != "todas":
        tabelas = tabelas.filter(ativa=situacao != "inativas")
    if tipo := filtros.get("tipo"):
        tabelas = tabelas.filter(tipo=tipo)
    if texto := filtros.get("texto"):
        tabelas = tabelas.filter(Q(nome__icontains=texto) | Q(edicao__icontains=texto))
    if em := filtros.get("em"):
        tabelas = tabelas.filter(em_vigor(em))
    return tabelas.annotate(quantos=Count("precos")).order_by("nome", "edicao", "id")


def precos_filtrados(tabela: TabelaDePreco, filtros: Mapping[str, Any]) -> QuerySet[Preco]:
    """The prices of the table that the filters leave. A code is looked for by its beginning."""
    precos = Preco.objects.filter(tabela=tabela)
    if texto := filtros.get("texto"):
        precos = precos.filter(Q(codigo__istartswith=texto) | Q(descricao__icontains=texto))
    if tabela_tiss := filtros.get("tabela_tiss"):
        precos = precos.filter(tabela_tiss=tabela_tiss)
    if em := filtros.get("em"):
        precos = precos.filter(em_vigor(em))
    return precos.order_by("tabela_tiss", "codigo", "-inicio")


def edicoes_de(operadora: Organizacao) -> QuerySet[EdicaoDeReferencia]:
    """The editions that the operadora imported, the latest of each list first, each with `quantos` items it has."""
    edicoes = EdicaoDeReferencia.objects.filter(operadora=operadora).annotate(quantos=Count("itens"))
    return edicoes.order_by("lista", "-inicio")


def itens_filtrados(edicao: EdicaoDeReferencia, texto: str) -> QuerySet[ItemDeReferencia]:
    """The items of an edition with a code that begins so, or those words in their description."""
    itens = ItemDeReferencia.objects.filter(edicao=edicao)
    if texto:
        codigos = ("codigo", "codigo_tiss", "codigo_tuss")
        pelo_codigo = [Q(**{f"{nome}__startswith": texto}) for nome in codigos]
        itens = itens.filter(Q(descricao__icontains=texto) | pelo_codigo[0] | pelo_codigo[1] | pelo_codigo[2])
    return itens


def produtos_filtrados(prestador: Organizacao, filtros: Mapping[str, Any]) -> QuerySet[Produto]:
    """The products of the prestador that the filters leave, by description."""
    produtos = Produto.objects.filter(prestador=prestador)
    if not filtros.get("inativos"):
        produtos = produtos.filter(ativo=True)
    if grupo := filtros.get("grupo"):
        produtos = produtos.filter(grupo=grupo)
    if texto := filtros.get("texto"):
        produtos = produtos.filter(
            Q(codigo__istartswith=texto) | Q(codigo_tuss__startswith=texto) | Q(descricao__icontains=texto)
        )
    return produtos.order_by("descricao", "codigo")
