"""Agreements and price lists for hand-worked cases. All invented: no licensed list is here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

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
)
from convenios.precos.motor import Resposta, quanto_custa
from convenios.regras import Regras

D = Decimal
INICIO = date(2026, 1, 1)
DIA = date(2026, 3, 15)
PORTES = {"3C": D("245.10"), "10B": D("1320.55"), "4": D("388.00")}


def item(codigo: str, tabela: str = "22", natureza: str = "procedimentos", **mais: Any) -> Item:
    """An item of convênio 1 on 15/03/2026."""
    return Item(**{"convenio": 1, "natureza": natureza, "tabela": tabela, "codigo": codigo, "dia": DIA, **mais})


def remedio(codigo: str, tabela: str = "20", **mais: Any) -> Item:
    return item(codigo, tabela, "medicamentos", **mais)


def material(codigo: str, tabela: str = "19", **mais: Any) -> Item:
    return item(codigo, tabela, "materiais", **mais)


def valores(nome: str = "Valores 2026", **mais: Any) -> Tabela:
    return Tabela(**{"nome": nome, "de_portes": False, "inicio": INICIO, **mais})


def cbhpm(**mais: Any) -> Tabela:
    return Tabela(
        **{"nome": "Portes 2026", "de_portes": True, "inicio": INICIO, "uco": D("11.50"), "portes": PORTES, **mais}
    )


def linha(valor: str | None = None, **mais: Any) -> LinhaDePreco:
    return LinhaDePreco(**{"inicio": INICIO, "valor": None if valor is None else D(valor), **mais})


def vinculo(tabela: int = 1, natureza: str = "procedimentos", **mais: Any) -> Vinculo:
    return Vinculo(**{"tabela": tabela, "natureza": natureza, "inicio": INICIO, "id": tabela, **mais})


def da_lista(codigo: str, pmc: str = "0", pfb: str = "0", **mais: Any) -> ItemDaLista:
    return ItemDaLista(**{"codigo": codigo, "grupo": "medicamento", "pmc": D(pmc), "pfb": D(pfb), **mais})


def produto(codigo: str, custo: str, grupo: str = "material", **mais: Any) -> ProdutoConhecido:
    return ProdutoConhecido(codigo=codigo, descricao="Inventado", grupo=grupo, custo_medio=D(custo), **mais)


def precos(
    *,
    vinculos: Sequence[Vinculo] = (),
    tabelas: dict[int, Tabela] | None = None,
    linhas: Sequence[tuple[tuple[int, str], str, LinhaDePreco]] = (),
    lista: Sequence[ItemDaLista] = (),
    edicoes: dict[str, tuple[Edicao, ...]] | None = None,
    produtos: Sequence[ProdutoConhecido] = (),
    percentuais: dict[str, Decimal] | None = None,
    custos_conhecidos: bool = True,
    **regras: Any,
) -> Precos:
    """All that is registered; `lista` are the items of edition 900 of the list that `regras` choose."""
    em_uso = {nome for nome in (regras.get("referencia_medicamento"), regras.get("referencia_material")) if nome}
    if edicoes is None:
        edicoes = {nome: (Edicao(id=900, nome="900", inicio=INICIO),) for nome in em_uso}
    return Precos(
        acordos={1: Acordo(regras=Regras(**regras), vinculos=tuple(vinculos), percentuais=percentuais or {})},
        tabelas=tabelas or {},
        linhas=Estante(linhas),
        edicoes=edicoes,
        itens_por_tuss=Estante((900, i.tuss, i) for i in lista if i.tuss),
        itens_por_codigo=Estante((900, i.codigo, i) for i in lista),
        itens_por_tiss=Estante((900, i.tiss, i) for i in lista if i.tiss and not i.tuss),
        produtos_por_tuss=Estante(("", p.tuss, p) for p in produtos if p.tuss),
        produtos_por_codigo=Estante(("", p.codigo, p) for p in produtos),
        custos_conhecidos=custos_conhecidos,
    )


def com_tabela(tabela: Tabela, codigo: str, preco: LinhaDePreco, **do_vinculo: Any) -> Precos:
    """One table with one code, linked to procedures."""
    filme = do_vinculo.pop("valor_filme", None)
    return precos(
        vinculos=[vinculo(**do_vinculo)], tabelas={1: tabela}, linhas=[((1, "22"), codigo, preco)], valor_filme=filme
    )


def textos(resposta: Resposta) -> list[str]:
    """The steps as people read them, with plain blanks."""
    return [passo.texto.replace("\u00a0", " ") for passo in resposta.passos]


def custa(pedido: Item, conhecidos: Precos) -> tuple[Decimal | None, str]:
    resposta = quanto_custa(pedido, conhecidos)
    return resposta.valor, str(resposta.fonte)
