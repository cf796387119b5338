"""Medicines, materials and OPME that no table prices: Brasíndice or Simpro, else the average cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

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
from convenios.precos.contas import Indefinido, responder, sem_valor
from convenios.precos.naturezas import Grupo, Natureza
from convenios.regras import CEM, Regras

NATUREZAS: Final = frozenset({Natureza.MEDICAMENTOS, Natureza.MATERIAIS, Natureza.OPME})
_DA_TUSS: Final = frozenset({"19", "20"})
_NOMES: Final = {"brasindice": Fonte.BRASINDICE, "simpro": Fonte.SIMPRO}
_VARIOS: Final = "O código {} está em {} {} de preços diferentes: nenhum deles decide."
_MEDICAMENTOS: Final = frozenset({Grupo.MEDICAMENTO, Grupo.SOLUCAO})


def quanto_custa(item: Item, acordo: Acordo, precos: Precos) -> Resposta:
    """The price by the list that the convênio uses, else by the average cost; `SEM_PRECO` where neither gives one."""
    lista = referencia_de(item.natureza, acordo.regras)
    if lista == "nenhuma":
        return _sem_relacao(item, acordo, precos, ())
    edicao = _edicao_em(precos.edicoes.get(lista, ()), item.dia)
    if edicao is None:
        motivo = "Não há edição do {} em vigor em {:d}. Importe-a no cadastro de preços."
        return sem_valor(motivo, Fonte.INDEFINIDA, dados=(_NOMES[lista], item.dia))
    achados = _na_lista(item, lista, edicao, acordo.regras, precos)
    if achados:
        return _pela_lista(achados, lista, edicao, item, acordo.regras)
    procurado = Passo("{} {}: o código {} não está nele, é item sem relação", (_NOMES[lista], edicao.nome, item.codigo))
    return _sem_relacao(item, acordo, precos, (procurado,))


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
    escolhida = None
    for edicao in edicoes:
        if edicao.inicio <= dia and (escolhida is None or edicao.inicio > escolhida.inicio):
            escolhida = edicao
    return escolhida


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
    apresentacao = Passo("{} {}, em vigor desde {:d}: item {}", (fonte, edicao.nome, edicao.inicio, achados[0].codigo))
    try:
        respostas = [responder(_conta_da_lista(a, lista, item, regras), fonte, (apresentacao,)) for a in achados]
    except Indefinido as motivo:
        return sem_valor("{}", Fonte.INDEFINIDA, (apresentacao,), (str(motivo),))
    if len(respostas) > 1 and len({resposta.valor for resposta in respostas}) > 1:
        return sem_valor(_VARIOS, Fonte.INDEFINIDA, dados=(item.codigo, len(achados), f"itens do {fonte}"))
    return respostas[0]


def _conta_da_lista(achado: ItemDaLista, lista: str, item: Item, regras: Regras) -> list[Passo]:
    """column × percentage, of one unit of the package; multiplied first, so that a division that ends is exact."""
    if lista == "simpro":
        rotulo, base, percentual = "PFB", achado.pfb, regras.simpro_percentual
    else:
        coluna, percentual = _da_brasindice(achado, item, regras)
        rotulo, base = _coluna(achado, coluna, regras)
    if not base:
        raise Indefinido(f"O preço deste item na lista é zero ({rotulo} 0,00): não há de que calcular.")
    if achado.unidades == 1:
        return [_vezes_percentual(rotulo, base, percentual)]
    valor = base * percentual / (CEM * achado.unidades)
    dados = (rotulo, base, achado.unidades, base / achado.unidades, percentual, valor)
    return [Passo("{} {:n} ÷ {:q} unidades = {:n} × {:q} % = {:n}", dados, valor)]


def _vezes_percentual(rotulo: str, base: Decimal, percentual: Decimal) -> Passo:
    valor = base * percentual / CEM
    return Passo("{} {:n} × {:q} % = {:n}", (rotulo, base, percentual, valor), valor)


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


def _sem_relacao(item: Item, acordo: Acordo, precos: Precos, antes: tuple[Passo, ...]) -> Resposta:
    """average cost × the percentage of the product's group, or else that of materials or of medicines."""
    if not acordo.paga_sobre_o_custo:
        motivo = "O convênio não paga percentual sobre o custo médio de itens sem relação."
        return sem_valor(motivo, Fonte.SEM_PRECO, antes)
    if not precos.custos_conhecidos:
        motivo = "O preço sai do custo médio do produto, que só o prestador vê."
        return sem_valor(motivo, Fonte.INDEFINIDA, antes)
    produtos = _produtos(item, precos)
    if not produtos:
        motivo = "O código {} não está entre os produtos do prestador: não há custo médio."
        return sem_valor(motivo, Fonte.SEM_PRECO, antes, (item.codigo,))
    respostas = [_pelo_custo(produto, acordo, antes) for produto in produtos]
    if len({resposta.valor for resposta in respostas}) > 1:
        return sem_valor(_VARIOS, Fonte.INDEFINIDA, antes, (item.codigo, len(produtos), "produtos do prestador"))
    return respostas[0]


def _pelo_custo(produto: ProdutoConhecido, acordo: Acordo, antes: tuple[Passo, ...]) -> Resposta:
    percentual, de_que = _percentual_sobre_o_custo(produto.grupo, acordo)
    if percentual is None:
        motivo = "O convênio não paga percentual sobre o custo médio de {}."
        return sem_valor(motivo, Fonte.SEM_PRECO, antes, (de_que,))
    apresentacao = Passo("Produto {} do prestador; percentual de {}", (produto.codigo, de_que))
    conta = _vezes_percentual("Custo médio", produto.custo_medio, percentual)
    return responder([conta], Fonte.CUSTO_MEDIO, (*antes, apresentacao))


def _percentual_sobre_o_custo(grupo: str, acordo: Acordo) -> tuple[Decimal | None, str]:
    """The group's own percentage (Lista de Produtos), else the general one, and what it is of."""
    if (do_grupo := acordo.percentuais.get(grupo)) is not None:
        return do_grupo, f"{Grupo(grupo).label} (Lista de Produtos)"
    if grupo in _MEDICAMENTOS:
        return acordo.regras.percentual_medicamento_sem_relacao, "medicamentos sem relação"
    return acordo.regras.percentual_material_sem_relacao, "materiais sem relação"


def _produtos(item: Item, precos: Precos) -> list[ProdutoConhecido]:
    """What the prestador has under the code: by TUSS in TUSS's tables, else, and in the others, by its own code."""
    if item.tabela in _DA_TUSS and (achados := precos.produtos_por_tuss.achar("", item.codigo)):
        return achados
    return precos.produtos_por_codigo.achar("", item.codigo)
