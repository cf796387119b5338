"""What an item costs, and why: the one function that rules, typing and screens ask."""

from __future__ import annotations

from datetime import date
from decimal import Context, localcontext
from typing import Final, TypeAlias

from conecta.periodo import dentro
from convenios.precos import insumos
from convenios.precos.conhecidos import Acordo, Fonte, Item, LinhaDePreco, Passo, Precos, Resposta, Tabela, Vinculo
from convenios.precos.contas import Indefinido, apresentar_tabela, pela_tabela, responder, sem_valor
from convenios.precos.naturezas import MAIS_GERAL, Natureza

__all__ = ["Fonte", "Item", "Passo", "Precos", "Resposta", "quanto_custa"]


_EXATO: Final = Context(prec=96)
"""Digits enough for the product of all that may be registered: whoever asks, the account is the same."""
_Tabelas: TypeAlias = tuple[tuple[Vinculo, Tabela], ...]


def quanto_custa(item: Item, precos: Precos) -> Resposta:
    """The unit price of an item in reais, rounded half up to cents once at the end, with every step of the account.

    The tables linked to its kind are asked first: those of the contract with the prestador, then those of the convênio,
    each in order; the first that has the code on the day decides. What is left of materials and medicines is worked out
    from Brasíndice or Simpro, or from the average cost. The fator of a line of a file (via de acesso, urgency,
    accommodation) is no part of it.
    """
    resposta = precos.respostas.get(item)
    if resposta is None:
        with localcontext(_EXATO):
            resposta = precos.respostas[item] = _responder(item, precos)
    return resposta


def _responder(item: Item, precos: Precos) -> Resposta:
    acordo = precos.acordos.get(item.convenio)
    if acordo is None:
        return sem_valor("Não há convênio cadastrado para este item.", Fonte.SEM_PRECO)
    tabelas = _em_ordem(item, acordo, precos)
    for vinculo, tabela in tabelas:
        linha = _em_vigor(precos.linhas.achar((vinculo.tabela, item.tabela), item.codigo), item.dia)
        if linha is not None:
            return _pela_linha(item, linha, tabela, vinculo, acordo)
    if item.natureza in insumos.NATUREZAS:
        resposta = insumos.quanto_custa(item, acordo, precos)
        if resposta.fonte is not Fonte.SEM_PRECO or not tabelas:
            return resposta
        return _fora_das_tabelas(item, tabelas, resposta.passos)
    return _fora_das_tabelas(item, tabelas, ())


def _pela_linha(item: Item, linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo, acordo: Acordo) -> Resposta:
    apresentacao = (apresentar_tabela(tabela, vinculo, linha, item.codigo),)
    try:
        partes = pela_tabela(linha, tabela, vinculo, item.grau, acordo.regras.valor_filme)
    except Indefinido as motivo:
        return sem_valor("{}", Fonte.INDEFINIDA, apresentacao, (str(motivo),))
    return responder(partes, Fonte.TABELA, apresentacao)


def _fora_das_tabelas(item: Item, tabelas: _Tabelas, antes: tuple[Passo, ...]) -> Resposta:
    if not tabelas:
        natureza = Natureza(item.natureza).label.lower()
        motivo = "Nenhuma tabela de {} está vinculada ao convênio em {:d}."
        return sem_valor(motivo, Fonte.SEM_PRECO, dados=(natureza, item.dia))
    nomes = ", ".join(dict.fromkeys(tabela.nome for _, tabela in tabelas))
    motivo = "O código {} da tabela {} não tem preço em {:d}. Tabelas consultadas: {}."
    return sem_valor(motivo, Fonte.NAO_CONTRATADO, antes, (item.codigo, item.tabela, item.dia, nomes))


def _em_ordem(item: Item, acordo: Acordo, precos: Precos) -> _Tabelas:
    """The tables that price the kind on the day, as they are asked, whatever the order of loading.

    Of the contract first; among those, of the kind itself before the more general one.
    """
    chave = (item.convenio, item.natureza, item.dia)
    tabelas = precos.em_vigor.get(chave)
    if tabelas is None:
        geral = MAIS_GERAL.get(Natureza(item.natureza))
        candidatos = [vinculo for vinculo in acordo.vinculos if vinculo.natureza in (item.natureza, geral)]
        candidatos.sort(key=lambda v: (not v.do_contrato, v.natureza != item.natureza, v.ordem, v.id, v.tabela))
        tabelas = precos.em_vigor[chave] = tuple(
            (vinculo, tabela)
            for vinculo in candidatos
            if (tabela := precos.tabelas.get(vinculo.tabela))
            and dentro(item.dia, vinculo.inicio, vinculo.fim)
            and dentro(item.dia, tabela.inicio, tabela.fim)
        )
    return tabelas


def _em_vigor(linhas: list[LinhaDePreco], dia: date) -> LinhaDePreco | None:
    """The row that holds on that day: of several, the one that began last."""
    escolhida = None
    for linha in linhas:
        if dentro(dia, linha.inicio, linha.fim) and (escolhida is None or linha.inicio > escolhida.inicio):
            escolhida = linha
    return escolhida
