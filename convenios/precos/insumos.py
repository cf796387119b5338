"""Medicines, materials and OPME that no table prices: Brasíndice or Simpro, else the average cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from conecta.interface.formatos import data as em_data
from conecta.interface.formatos import quantidade
from convenios.precos.conhecidos import (
    Acordo,
    Edicao,
    Fonte,
    Item,
    ItemDaLista,
    Passo,
    Precos,
    ProdutoConhecido,
    Resposta,
)
from convenios.precos.contas import Indefinido, com_percentual, numero, responder, sem_valor
from convenios.precos.naturezas import Grupo, Natureza
from convenios.regras import Regras

NATUREZAS: Final = frozenset({Natureza.MEDICAMENTOS, Natureza.MATERIAIS, Natureza.OPME})
_DA_TUSS: Final = frozenset({"19", "20"})
_NOMES: Final = {"brasindice": Fonte.BRASINDICE, "simpro": Fonte.SIMPRO}
_MEDICAMENTOS: Final = frozenset({Grupo.MEDICAMENTO, Grupo.SOLUCAO})


def quanto_custa(item: Item, acordo: Acordo, precos: Precos) -> Resposta:
    """The price by the list that the convênio uses, else by the average cost; `SEM_PRECO` where neither gives one."""
    lista = referencia_de(item.natureza, acordo.regras)
    if lista == "nenhuma":
        return _sem_relacao(item, acordo, precos, [])
    edicao = _edicao_em(precos.edicoes.get(lista, ()), item.dia)
    if edicao is None:
        motivo = f"Não há edição do {_NOMES[lista]} em vigor em {em_data(item.dia)}. Importe-a no cadastro de preços."
        return sem_valor(motivo, Fonte.INDEFINIDA)
    achados = _na_lista(item, lista, edicao, acordo.regras, precos)
    if achados:
        return _pela_lista(achados, lista, edicao, item, acordo.regras)
    procurado = Passo(f"{_NOMES[lista]} {edicao.nome}: o código {item.codigo} não está nele, é item sem relação")
    return _sem_relacao(item, acordo, precos, [procurado])


def referencia_de(natureza: str, regras: Regras) -> str:
    """The list that prices the kind: "brasindice", "simpro" or "nenhuma"."""
    return regras.referencia_medicamento if natureza == Natureza.MEDICAMENTOS else regras.referencia_material


def sem_prefixo(codigo: str, prefixo: str) -> str:
    """The vendor's code in a code of a file that begins with the prefix; "" where it does not, or there is none."""
    return codigo[len(prefixo) :] if prefixo and codigo.startswith(prefixo) else ""


def prefixo_de(lista: str, regras: Regras) -> str:
    """What comes before the codes of that list in a file."""
    return regras.prefixo_brasindice if lista == "brasindice" else regras.prefixo_simpro


def _edicao_em(edicoes: tuple[Edicao, ...], dia: date) -> Edicao | None:
    """The edition in force: of those that have begun, the last."""
    return max((e for e in edicoes if e.inicio <= dia), key=lambda e: e.inicio, default=None)


def _na_lista(item: Item, lista: str, edicao: Edicao, regras: Regras, precos: Precos) -> list[ItemDaLista]:
    """The items of the edition that the code of the file stands for."""
    if item.tabela in _DA_TUSS and (achados := precos.itens_por_tuss.achar(edicao.id, item.codigo)):
        return achados
    if achados := _pelo_codigo_da_lista(item, lista, edicao, regras, precos):
        return achados
    return _pelo_produto(item, lista, edicao, precos)


def _pelo_codigo_da_lista(item: Item, lista: str, edicao: Edicao, regras: Regras, precos: Precos) -> list[ItemDaLista]:
    """By the vendor's code behind the agreed prefix, or by the código TISS of an item without TUSS."""
    do_vendedor = sem_prefixo(item.codigo, prefixo_de(lista, regras))
    if do_vendedor and (achados := precos.itens_por_codigo.achar(edicao.id, do_vendedor)):
        return achados
    aceita_tiss = regras.brasindice_codigo_tiss if lista == "brasindice" else regras.simpro_codigo_tiss
    if not aceita_tiss:
        return []
    codigos = [codigo for codigo in (do_vendedor, item.codigo) if codigo]
    return next((achados for codigo in codigos if (achados := precos.itens_por_tiss.achar(edicao.id, codigo))), [])


def _pelo_produto(item: Item, lista: str, edicao: Edicao, precos: Precos) -> list[ItemDaLista]:
    """By what the prestador says that its product is called in the list."""
    codigos = {p.brasindice if lista == "brasindice" else p.simpro for p in _produtos(item, precos)} - {""}
    return [achado for codigo in sorted(codigos) for achado in precos.itens_por_codigo.achar(edicao.id, codigo)]


def _pela_lista(achados: list[ItemDaLista], lista: str, edicao: Edicao, item: Item, regras: Regras) -> Resposta:
    """The price of what was found; none where several items have the code and do not cost the same."""
    fonte = _NOMES[lista]
    apresentacao = Passo(f"{fonte} {edicao.nome}, em vigor desde {em_data(edicao.inicio)}: item {achados[0].codigo}")
    try:
        respostas = [responder(_conta_da_lista(a, lista, item, regras), fonte, [apresentacao]) for a in achados]
    except Indefinido as motivo:
        return sem_valor(str(motivo), Fonte.INDEFINIDA, [apresentacao])
    if len({resposta.valor for resposta in respostas}) > 1:
        return sem_valor(_varios(len(achados), f"itens do {fonte}", item), Fonte.INDEFINIDA)
    return respostas[0]


def _conta_da_lista(achado: ItemDaLista, lista: str, item: Item, regras: Regras) -> list[Passo]:
    """column × percentage, of one unit of the package."""
    if lista == "simpro":
        rotulo, base, percentual = "PFB", achado.pfb, regras.simpro_percentual
    else:
        coluna, percentual = _da_brasindice(achado, item, regras)
        rotulo, base = _coluna(achado, coluna, regras)
    if not base:
        raise Indefinido(f"O preço deste item na lista é zero ({rotulo} 0,00): não há de que calcular.")
    if achado.unidades != 1:
        rotulo = f"{rotulo} {numero(base)} ÷ {quantidade(achado.unidades)} unidades ="
        base = base / achado.unidades
    return [com_percentual(rotulo, base, percentual)]


def _da_brasindice(achado: ItemDaLista, item: Item, regras: Regras) -> tuple[str, Decimal]:
    """Which column and percentage: those of soluções parenterais by the item's group, else by the kind asked for."""
    if achado.grupo == Grupo.SOLUCAO:
        return regras.brasindice_solucao_coluna, regras.brasindice_solucao_percentual
    if item.natureza == Natureza.MEDICAMENTOS:
        return regras.brasindice_medicamento_coluna, regras.brasindice_medicamento_percentual
    return regras.brasindice_material_coluna, regras.brasindice_material_percentual


def _coluna(achado: ItemDaLista, coluna: str, regras: Regras) -> tuple[str, Decimal]:
    if coluna == "pfb":
        return "PFB", achado.pfb
    if achado.pmc or not regras.pfb_para_pmc_zerado:
        return "PMC", achado.pmc
    return "PMC 0,00 → PFB", achado.pfb


def _sem_relacao(item: Item, acordo: Acordo, precos: Precos, antes: list[Passo]) -> Resposta:
    """average cost × the percentage of the product's group, or else that of materials or of medicines."""
    if not _ha_percentual(acordo):
        motivo = "O convênio não paga percentual sobre o custo médio de itens sem relação."
        return sem_valor(motivo, Fonte.SEM_PRECO, antes)
    if not precos.custos_conhecidos:
        motivo = "O preço sai do custo médio do produto, que só o prestador vê."
        return sem_valor(motivo, Fonte.INDEFINIDA, antes)
    produtos = _produtos(item, precos)
    if not produtos:
        motivo = f"O código {item.codigo} não está entre os produtos do prestador: não há custo médio."
        return sem_valor(motivo, Fonte.SEM_PRECO, antes)
    respostas = [_pelo_custo(produto, acordo, antes) for produto in produtos]
    if len({resposta.valor for resposta in respostas}) > 1:
        return sem_valor(_varios(len(produtos), "produtos do prestador", item), Fonte.INDEFINIDA, antes)
    return respostas[0]


def _pelo_custo(produto: ProdutoConhecido, acordo: Acordo, antes: list[Passo]) -> Resposta:
    percentual, de_que = _percentual_sobre_o_custo(produto.grupo, acordo)
    if percentual is None:
        motivo = f"O convênio não paga percentual sobre o custo médio de {de_que}."
        return sem_valor(motivo, Fonte.SEM_PRECO, antes)
    apresentacao = Passo(f"Produto {produto.codigo} do prestador; percentual de {de_que}")
    return responder(
        [com_percentual("Custo médio", produto.custo_medio, percentual)], Fonte.CUSTO_MEDIO, [*antes, apresentacao]
    )


def _percentual_sobre_o_custo(grupo: str, acordo: Acordo) -> tuple[Decimal | None, str]:
    """The group's own percentage (Lista de Produtos), else the general one, and what it is of."""
    if (do_grupo := acordo.percentuais.get(grupo)) is not None:
        return do_grupo, f"{Grupo(grupo).label} (Lista de Produtos)"
    if grupo in _MEDICAMENTOS:
        return acordo.regras.percentual_medicamento_sem_relacao, "medicamentos sem relação"
    return acordo.regras.percentual_material_sem_relacao, "materiais sem relação"


def _ha_percentual(acordo: Acordo) -> bool:
    regras = acordo.regras
    gerais = (regras.percentual_medicamento_sem_relacao, regras.percentual_material_sem_relacao)
    return bool(acordo.percentuais) or any(percentual is not None for percentual in gerais)


def _produtos(item: Item, precos: Precos) -> list[ProdutoConhecido]:
    """What the prestador has under the code: by TUSS in TUSS's tables, else, and in the others, by its own code."""
    if item.tabela in _DA_TUSS and (achados := precos.produtos_por_tuss.achar("", item.codigo)):
        return achados
    return precos.produtos_por_codigo.achar("", item.codigo)


def _varios(quantos: int, de_que: str, item: Item) -> str:
    return f"O código {item.codigo} está em {quantos} {de_que} de preços diferentes: nenhum deles decide."
