"""Loading what prices a set of items, in a fixed number of queries however many they are.

Works in the scope of whoever asks: the wall decides what is seen. What a prestador pays for its products is seen by
itself only, so whoever else asks says `com_custos=False`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Q

from convenios.precos.conhecidos import (
    Acordo,
    Edicao,
    Estante,
    Item,
    ItemDaLista,
    LinhaDePreco,
    Precos,
    ProdutoConhecido,
    Tabela,
    Vinculo,
    chave_de,
)
from convenios.precos.insumos import NATUREZAS, prefixo_de, referencia_de, sem_prefixo
from convenios.precos.models import (
    EdicaoDeReferencia,
    ItemDeReferencia,
    PercentualDoGrupo,
    Preco,
    Produto,
    TabelaDePreco,
    ValorDoPorte,
    VinculoDeTabela,
)
from convenios.precos.models.chaves import UmDe
from convenios.regras import Regras


def carregar_precos(
    itens: Iterable[Item],
    *,
    operadora_id: int,
    prestador_id: int | None,
    regras: Mapping[int, Regras],
    com_custos: bool = True,
) -> Precos:
    """What prices those items between that operadora and that prestador (None: whoever, by the convênios alone).

    `regras` are the settings that hold, by convênio; items of other convênios have no price. Seven queries at most; two
    where nothing is priced, and then `itens` is not asked at all.
    """
    vinculos, tabelas = _vinculos(operadora_id, prestador_id, regras)
    percentuais = _percentuais(operadora_id, regras)
    acordos = {
        convenio: Acordo(
            regras=dele, vinculos=tuple(vinculos.get(convenio, ())), percentuais=percentuais.get(convenio, {})
        )
        for convenio, dele in regras.items()
    }
    pedidos = [item for item in itens if item.convenio in regras] if any(a.precifica for a in acordos.values()) else []
    insumos = [item for item in pedidos if item.natureza in NATUREZAS and acordos[item.convenio].precifica_insumos]
    produtos = _produtos(insumos, prestador_id) if com_custos and prestador_id is not None else []
    edicoes = _edicoes(insumos, operadora_id, regras)
    da_lista = _itens_das_listas(insumos, edicoes, produtos, regras)
    return Precos(
        acordos=acordos,
        tabelas=tabelas,
        linhas=Estante(_linhas(pedidos, tabelas)),
        edicoes=edicoes,
        itens_por_tuss=Estante((onde, item.tuss, item) for onde, item in da_lista if item.tuss),
        itens_por_codigo=Estante((onde, item.codigo, item) for onde, item in da_lista),
        itens_por_tiss=Estante((onde, item.tiss, item) for onde, item in da_lista if item.tiss and not item.tuss),
        produtos_por_tuss=Estante(("", produto.tuss, produto) for produto in produtos if produto.tuss),
        produtos_por_codigo=Estante(("", produto.codigo, produto) for produto in produtos),
        custos_conhecidos=com_custos,
    )


def _vinculos(
    operadora_id: int, prestador_id: int | None, convenios: Iterable[int]
) -> tuple[dict[int, list[Vinculo]], dict[int, Tabela]]:
    """The links that hold for that prestador, by convênio, and the tables that they name, with their portes."""
    linhas = list(
        VinculoDeTabela.objects.filter(
            Q(prestador__isnull=True) | Q(prestador=prestador_id),
            operadora=operadora_id,
            convenio__in=list(convenios),
            tabela__ativa=True,
        ).select_related("tabela")
    )
    vinculos: dict[int, list[Vinculo]] = defaultdict(list)
    for linha in linhas:
        vinculos[linha.convenio_id].append(_vinculo(linha))
    das_linhas = {linha.tabela_id: linha.tabela for linha in linhas}
    return vinculos, _tabelas(das_linhas)


def _vinculo(linha: VinculoDeTabela) -> Vinculo:
    return Vinculo(
        id=linha.pk,
        tabela=linha.tabela_id,
        natureza=linha.natureza,
        inicio=linha.inicio,
        fim=linha.fim,
        ordem=linha.ordem,
        do_contrato=linha.prestador_id is not None,
        percentual=linha.percentual,
        banda_porte=linha.banda_porte,
        banda_uco=linha.banda_uco,
    )


def _tabelas(linhas: Mapping[int, TabelaDePreco]) -> dict[int, Tabela]:
    de_portes = [pk for pk, linha in linhas.items() if linha.tipo == TabelaDePreco.Tipo.PORTES]
    portes: dict[int, dict[str, Decimal]] = defaultdict(dict)
    if de_portes:
        for tabela, porte, valor in ValorDoPorte.objects.filter(tabela__in=de_portes).values_list(
            "tabela_id", "porte", "valor"
        ):
            portes[tabela][porte] = valor
    return {
        pk: Tabela(
            nome=str(linha),
            de_portes=linha.tipo == TabelaDePreco.Tipo.PORTES,
            inicio=linha.inicio,
            fim=linha.fim,
            uco=linha.uco,
            portes=portes.get(pk, {}),
        )
        for pk, linha in linhas.items()
    }


def _percentuais(operadora_id: int, convenios: Iterable[int]) -> dict[int, dict[str, Decimal]]:
    percentuais: dict[int, dict[str, Decimal]] = defaultdict(dict)
    linhas = PercentualDoGrupo.objects.filter(operadora=operadora_id, convenio__in=list(convenios))
    for convenio, grupo, percentual in linhas.values_list("convenio_id", "grupo", "percentual"):
        percentuais[convenio][grupo] = percentual
    return percentuais


def _linhas(itens: Collection[Item], tabelas: Collection[int]) -> Iterable[tuple[tuple[int, str], str, LinhaDePreco]]:
    """The rows of those tables that have a code of the items and hold on some day between the first and the last."""
    if not tabelas or not itens:
        return
    dias = [item.dia for item in itens]
    linhas = Preco.objects.filter(
        Q(fim__isnull=True) | Q(fim__gte=min(dias)),
        UmDe("chave", {chave_de(item.codigo) for item in itens}),
        tabela__in=list(tabelas),
        inicio__lte=max(dias),
    ).values_list(
        "tabela_id",
        "tabela_tiss",
        "codigo",
        "inicio",
        "fim",
        "valor",
        "porte",
        "fracao_do_porte",
        "custo_operacional",
        "filme_m2",
        "numero_de_auxiliares",
        "porte_anestesico",
    )
    for tabela, tiss, codigo, *campos in linhas:
        yield (tabela, tiss), codigo, LinhaDePreco._make(campos)


def _edicoes(
    insumos: Collection[Item], operadora_id: int, regras: Mapping[int, Regras]
) -> dict[str, tuple[Edicao, ...]]:
    """The editions of the lists that price these items, by list; without a query where no list does."""
    listas = {referencia_de(item.natureza, regras[item.convenio]) for item in insumos} - {"nenhuma"}
    edicoes: dict[str, list[Edicao]] = defaultdict(list)
    if listas:
        linhas = EdicaoDeReferencia.objects.filter(operadora=operadora_id, lista__in=listas)
        for pk, lista, nome, inicio in linhas.values_list("pk", "lista", "edicao", "inicio"):
            edicoes[lista].append(Edicao(id=pk, nome=nome, inicio=inicio))
    return {lista: tuple(achadas) for lista, achadas in edicoes.items()}


def _itens_das_listas(
    insumos: Collection[Item],
    edicoes: Mapping[str, tuple[Edicao, ...]],
    produtos: Collection[ProdutoConhecido],
    regras: Mapping[int, Regras],
) -> list[tuple[int, ItemDaLista]]:
    """What the editions in force on the days of the items have under any of the codes, by edition."""
    ids = _em_vigor(edicoes, {item.dia for item in insumos})
    if not ids:
        return []
    do_arquivo = {item.codigo for item in insumos}
    prefixos = {prefixo_de(lista, regra) for lista in edicoes for regra in regras.values()}
    dos_vendedores = {sem_prefixo(codigo, prefixo) for prefixo in prefixos for codigo in do_arquivo}
    dos_produtos = {codigo for produto in produtos for codigo in (produto.brasindice, produto.simpro)}
    chaves = {chave_de(codigo) for codigo in do_arquivo | dos_vendedores} - {""}
    linhas = ItemDeReferencia.objects.filter(
        Q(UmDe("chave", chaves | {chave_de(codigo) for codigo in dos_produtos} - {""}))
        | Q(UmDe("chave_tuss", chaves))
        | Q(UmDe("chave_tiss", chaves)),
        edicao__in=ids,
    ).values_list("edicao_id", "codigo", "grupo", "pmc", "pfb", "unidades", "codigo_tiss", "codigo_tuss")
    return [(edicao, ItemDaLista._make(campos)) for edicao, *campos in linhas]


def _em_vigor(edicoes: Mapping[str, tuple[Edicao, ...]], dias: Collection[date]) -> set[int]:
    """Which editions hold on one of the days: those that begin between them, and the last before the first."""
    if not dias:
        return set()
    primeiro, ultimo = min(dias), max(dias)
    ids: set[int] = set()
    for da_lista in edicoes.values():
        antes = max((e for e in da_lista if e.inicio <= primeiro), key=lambda e: e.inicio, default=None)
        ids.update(e.id for e in da_lista if primeiro < e.inicio <= ultimo)
        if antes is not None:
            ids.add(antes.id)
    return ids


def _produtos(insumos: Collection[Item], prestador_id: int) -> list[ProdutoConhecido]:
    """What the prestador has under any of the codes."""
    chaves = {chave_de(item.codigo) for item in insumos} - {""}
    if not chaves:
        return []
    linhas = Produto.objects.filter(
        Q(UmDe("chave", chaves)) | Q(UmDe("chave_tuss", chaves)), prestador=prestador_id, ativo=True
    ).values_list("codigo", "descricao", "grupo", "custo_medio", "codigo_tuss", "codigo_brasindice", "codigo_simpro")
    return [ProdutoConhecido._make(campos) for campos in linhas]
