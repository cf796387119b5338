"""The Demonstrativo de Pagamento: fields 1 to 20 by number, those that came after the form by their labels."""

from __future__ import annotations

from typing import Final

from conecta.interface.formatos import data, dinheiro
from tiss_schemas.demonstrativo.valores import (
    ContaDePagamento,
    DemonstrativoDePagamento,
    GuiaPaga,
    Liquido,
    PagamentoDaData,
    ProtocoloPago,
    TipoDePagamento,
    Valores,
)

from .comuns import SEM_NUMERO, debitos_e_creditos, topo, totais
from .folhas import Folha, Paginas
from .pecas import Campo, Fileira, Peca, Tabela, espaco, paragrafo, titulo

TITULO: Final = "DEMONSTRATIVO DE PAGAMENTO"
FORMAS: Final = {
    "1": "1 - Depósito/transferência",
    "2": "2 - Carteira",
    "3": "3 - Boleto/DDA",
    "4": "4 - Dinheiro/cheque",
}
"""Table 34."""
_TIPOS: Final = {TipoDePagamento.INICIAL: "1 - Inicial", TipoDePagamento.RECURSO: "2 - Recurso"}
_CONTA: Final = Fileira(
    (
        Campo("9", "9", "Data do Pagamento", 160),
        Campo("10", "10", "Forma de Pagamento", 262),
        Campo("11", "11", "Banco", 140),
        Campo("12", "12", "Agência", 140),
        Campo("13", "13", "Número da Conta/Cheque", 240),
    ),
    "Dados do Pagamento",
)
_PROTOCOLO: Final = Tabela(
    (
        Campo("14", "14", "Data do Protocolo", 140),
        Campo("15", "15", "Número do Protocolo", 190),
        Campo("16", "16", "Número do Lote", 208),
        Campo("17", "17", "Valor Informado (R$)", 129, direita=True),
        Campo("18", "18", "Valor Processado (R$)", 129, direita=True),
        Campo("19", "19", "Valor Liberado (R$)", 129, direita=True),
        Campo("20", "20", "Valor da Glosa (R$)", 129, direita=True),
    ),
)
_GUIAS: Final = Tabela(
    (
        Campo("guia", "", "Número da Guia no Prestador", 190),
        Campo("operadora", "", "Número da Guia Atribuído pela Operadora", 210),
        Campo("senha", "", "Senha", 167),
        Campo("tipo", "", "Tipo de Pagamento", 100),
        Campo("processado", "", "Valor Processado da Guia (R$)", 129, direita=True),
        Campo("liberado", "", "Valor Liberado da Guia (R$)", 129, direita=True),
        Campo("glosa", "", "Valor Glosa da Guia (R$)", 129, direita=True),
    ),
)


def folhas(demonstrativo: DemonstrativoDePagamento) -> list[Folha]:
    """The pages of a statement."""
    paginas = Paginas(topo(demonstrativo.cabecalho))
    for pagamento in demonstrativo.datas:
        _da_data(paginas, pagamento)
    paginas.por(espaco(), _brutos("Total Geral", "Bruto do Demonstrativo", demonstrativo.valores))
    for peca in debitos_e_creditos(SEM_NUMERO, demonstrativo.debitos_e_creditos):
        paginas.por(peca)
    paginas.por(_liquido("Total Líquido", "do Demonstrativo", demonstrativo.liquido))
    for linha in paragrafo("Observação", demonstrativo.observacao):
        paginas.por(linha)
    return paginas.folhas


def _da_data(paginas: Paginas, pagamento: PagamentoDaData) -> None:
    antes = [espaco(), _dados_do_pagamento(pagamento)]
    for protocolo in pagamento.protocolos:
        _protocolo(paginas, protocolo, antes)
        antes = []
    paginas.continuacao = [titulo(f"Pagamento de {data(pagamento.data)} (continuação)")]
    paginas.por(_brutos("Total da Data", "Bruto por Data", pagamento.valores))
    for peca in debitos_e_creditos(SEM_NUMERO, pagamento.debitos_e_creditos):
        paginas.por(peca)
    paginas.por(_liquido("Líquido da Data", "por Data", pagamento.liquido))
    paginas.continuacao = ()


def _dados_do_pagamento(pagamento: PagamentoDaData) -> Peca:
    conta: ContaDePagamento = pagamento.conta
    valores = {
        "9": data(pagamento.data),
        "10": FORMAS.get(conta.forma, conta.forma),
        "11": conta.banco,
        "12": conta.agencia,
        "13": conta.conta,
    }
    return _CONTA.peca(valores)


def _protocolo(paginas: Paginas, protocolo: ProtocoloPago, antes: list[Peca]) -> None:
    """The line of a protocol with its head, and below it those of its guides."""
    guias = [_guia(guia) for guia in protocolo.guias]
    nome = titulo(f"Protocolo {protocolo.numero} (continuação)")
    paginas.por_itens([*antes, _PROTOCOLO.cabeca, *_linha(protocolo)], _GUIAS.cabeca, guias, nome)
    paginas.continuacao = ()


def _linha(protocolo: ProtocoloPago) -> list[Peca]:
    return _PROTOCOLO.item(
        {
            "14": data(protocolo.data),
            "15": str(protocolo.numero),
            "16": protocolo.lote,
            "17": dinheiro(protocolo.valores.informado),
            "18": dinheiro(protocolo.valores.processado),
            "19": dinheiro(protocolo.valores.liberado),
            "20": dinheiro(protocolo.valores.glosa),
        }
    )


def _guia(guia: GuiaPaga) -> list[Peca]:
    return _GUIAS.item(
        {
            "guia": guia.numero_do_prestador,
            "operadora": guia.numero_da_operadora,
            "senha": guia.senha,
            "tipo": _TIPOS[guia.tipo],
            "processado": dinheiro(guia.valores.processado),
            "liberado": dinheiro(guia.valores.liberado),
            "glosa": dinheiro(guia.valores.glosa),
        }
    )


def _brutos(nome: str, de_que: str, valores: Valores) -> Peca:
    rotulos = [f"Valor {qual} {de_que} (R$)" for qual in ("Informado", "Processado", "Liberado", "Glosa")]
    quantias = (valores.informado, valores.processado, valores.liberado, valores.glosa)
    return totais(nome, SEM_NUMERO, rotulos, quantias)


def _liquido(nome: str, de_que: str, liquido: Liquido) -> Peca:
    rotulos = [f"Total de Débitos {de_que} (R$)", f"Total de Créditos {de_que} (R$)", f"Valor a Receber {de_que} (R$)"]
    return totais(nome, SEM_NUMERO[1:], rotulos, (liquido.debitos, liquido.creditos, liquido.a_receber))
