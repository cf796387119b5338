"""What an item costs, and why: the one function that rules, typing and screens ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from conecta.interface.formatos import data as em_data
from convenios.precos import insumos
from convenios.precos.conhecidos import Acordo, Fonte, Item, LinhaDePreco, Passo, Precos, Resposta, Tabela, Vinculo
from convenios.precos.contas import Indefinido, apresentar_tabela, pela_tabela, responder, sem_valor
from convenios.precos.naturezas import MAIS_GERAL, Natureza
from tiss_schemas.valores import contas_exatas

__all__ = ["Fonte", "Item", "Passo", "Precos", "Resposta", "quanto_custa"]


def quanto_custa(item: Item, precos: Precos) -> Resposta:
    """The unit price of an item in reais, rounded half up to cents once at the end, with every step of the account.

    The tables linked to its kind are asked first: those of the contract with the prestador, then those of the convênio,
    each in order; the first that has the code on the day decides. What is left of materials and medicines is worked out
    from Brasíndice or Simpro, or from the average cost. The fator of a line of a file (via de acesso, urgency,
    accommodation) is no part of it.
    """
    resposta = precos.respostas.get(item)
    if resposta is None:
        with contas_exatas():
            resposta = precos.respostas[item] = _responder(item, precos)
    return resposta


def _responder(item: Item, precos: Precos) -> Resposta:
    acordo = precos.acordos.get(item.convenio)
    if acordo is None:
        return sem_valor("Não há convênio cadastrado para este item.", Fonte.SEM_PRECO)
    vinculos = list(_vinculos(item.natureza, item.dia, acordo, precos))
    for vinculo, tabela in vinculos:
        linha = _em_vigor(precos.linhas.achar((vinculo.tabela, item.tabela), item.codigo), item.dia)
        if linha is not None:
            return _pela_linha(item, linha, tabela, vinculo, acordo)
    if item.natureza in insumos.NATUREZAS:
        resposta = insumos.quanto_custa(item, acordo, precos)
        if resposta.fonte is not Fonte.SEM_PRECO or not vinculos:
            return resposta
        return _fora_das_tabelas(item, vinculos, resposta.passos)
    return _fora_das_tabelas(item, vinculos, ())


def _pela_linha(item: Item, linha: LinhaDePreco, tabela: Tabela, vinculo: Vinculo, acordo: Acordo) -> Resposta:
    apresentacao = [apresentar_tabela(tabela, vinculo, linha, item.codigo)]
    try:
        partes = pela_tabela(linha, tabela, vinculo, item.grau, acordo.regras.valor_filme)
    except Indefinido as motivo:
        return sem_valor(str(motivo), Fonte.INDEFINIDA, apresentacao)
    return responder(partes, Fonte.TABELA, apresentacao)


def _fora_das_tabelas(item: Item, vinculos: list[tuple[Vinculo, Tabela]], antes: tuple[Passo, ...]) -> Resposta:
    if not vinculos:
        natureza = Natureza(item.natureza).label.lower()
        motivo = f"Nenhuma tabela de {natureza} está vinculada ao convênio em {em_data(item.dia)}."
        return sem_valor(motivo, Fonte.SEM_PRECO)
    nomes = ", ".join(dict.fromkeys(tabela.nome for _, tabela in vinculos))
    motivo = (
        f"O código {item.codigo} da tabela {item.tabela} não tem preço em {em_data(item.dia)}. Tabelas consultadas: "
        f"{nomes}."
    )
    return sem_valor(motivo, Fonte.NAO_CONTRATADO, antes)


def _vinculos(natureza: str, dia: date, acordo: Acordo, precos: Precos) -> Iterator[tuple[Vinculo, Tabela]]:
    """The links that price the kind on that day, in the order in which they are asked, whatever the order of loading.

    Of the contract first; among those, of the kind itself before the more general one.
    """
    geral = MAIS_GERAL.get(Natureza(natureza))
    candidatos = [vinculo for vinculo in acordo.vinculos if vinculo.natureza in (natureza, geral)]
    candidatos.sort(key=lambda v: (not v.do_contrato, v.natureza != natureza, v.ordem, v.id, v.tabela))
    for vinculo in candidatos:
        tabela = precos.tabelas.get(vinculo.tabela)
        if tabela and _vale(vinculo.inicio, vinculo.fim, dia) and _vale(tabela.inicio, tabela.fim, dia):
            yield vinculo, tabela


def _em_vigor(linhas: list[LinhaDePreco], dia: date) -> LinhaDePreco | None:
    """The row that holds on that day: of several, the one that began last."""
    validas = [linha for linha in linhas if _vale(linha.inicio, linha.fim, dia)]
    return max(validas, key=lambda linha: linha.inicio, default=None)


def _vale(inicio: date, fim: date | None, dia: date) -> bool:
    return inicio <= dia and (fim is None or dia <= fim)
