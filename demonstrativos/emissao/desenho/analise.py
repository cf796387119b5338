"""The Demonstrativo de Análise de Conta on ANS's layout, fields 1 to 48."""

from __future__ import annotations

from typing import Final

from conecta.interface.formatos import data, dinheiro, quantidade
from tiss_schemas.demonstrativo.valores import (
    DemonstrativoDeAnalise,
    GuiaAnalisada,
    ItemAnalisado,
    ProtocoloAnalisado,
    Valores,
)

from .comuns import hora, topo, totais
from .folhas import Folha, Paginas
from .pecas import Campo, Fileira, Peca, Tabela, espaco, paragrafo, titulo

TITULO: Final = "DEMONSTRATIVO DE ANÁLISE DE CONTA"
_PROTOCOLO: Final = Fileira(
    (
        Campo("9", "9", "Número do Lote", 170),
        Campo("10", "10", "Número do Protocolo", 170),
        Campo("11", "11", "Data do Protocolo", 150),
        Campo("12", "12", "Código da Glosa do Protocolo", 242),
        Campo("13", "13", "Código da Situação do Protocolo", 210),
    ),
    "Dados do Lote/Protocolo",
)
_GUIA: Final = (
    Fileira(
        (
            Campo("14", "14", "Número da Guia no Prestador", 314),
            Campo("15", "15", "Número da Guia Atribuído pela Operadora", 314),
            Campo("16", "16", "Senha", 314),
        ),
        "Dados da Guia",
    ),
    Fileira(
        (
            Campo("17", "17", "Nome do beneficiário", 402),
            Campo("48", "48", "Nome social do beneficiário", 330),
            Campo("18", "18", "Número da Carteira", 210),
        ),
        ao_lado=True,
    ),
    Fileira(
        (
            Campo("19", "19", "Data do Início do Faturamento", 157),
            Campo("20", "20", "Hora do Início do Faturamento", 157),
            Campo("21", "21", "Data do Fim do Faturamento", 157),
            Campo("22", "22", "Hora do Fim do Faturamento", 157),
            Campo("23", "23", "Código da Glosa da Guia", 157),
            Campo("24", "24", "Código da Situação da Guia", 157),
        ),
        ao_lado=True,
    ),
)
_ITENS: Final = Tabela(
    (
        Campo("25", "25", "Data de realização", 12),
        Campo("26", "26", "Tabela", 9),
        Campo("27", "27", "Código do procedimento/ Item assistencial", 15),
        Campo("28", "28", "Descrição", 87),
        Campo("29", "29", "Grau de Participação", 12),
        Campo("30", "30", "Valor Informado", 15, direita=True),
        Campo("31", "31", "Quant. Executada", 12, direita=True),
        Campo("32", "32", "Valor Processado", 15, direita=True),
        Campo("33", "33", "Valor Liberado", 15, direita=True),
        Campo("34", "34", "Valor Glosa", 15, direita=True),
        Campo("35", "35", "Código da Glosa", 9),
    ),
)


def folhas(demonstrativo: DemonstrativoDeAnalise) -> list[Folha]:
    """The pages of a statement."""
    paginas = Paginas(topo(demonstrativo.cabecalho))
    for protocolo in demonstrativo.protocolos:
        _protocolo(paginas, protocolo)
    paginas.por(espaco(), _totais("Total Geral", "Geral", 44, demonstrativo.valores))
    for linha in paragrafo("Observação", demonstrativo.observacao):
        paginas.por(linha)
    return paginas.folhas


def _protocolo(paginas: Paginas, protocolo: ProtocoloAnalisado) -> None:
    antes = [espaco(), *_dados_do_protocolo(protocolo)]
    for guia in protocolo.guias:
        _guia(paginas, protocolo, guia, antes)
        antes = [espaco()]
    paginas.por(
        *([] if protocolo.guias else antes), _totais("Total do Protocolo", "do Protocolo", 40, protocolo.valores)
    )


def _dados_do_protocolo(protocolo: ProtocoloAnalisado) -> list[Peca]:
    valores = {
        "9": protocolo.lote,
        "10": str(protocolo.numero),
        "11": data(protocolo.data),
        "12": protocolo.glosa,
        "13": str(protocolo.situacao),
    }
    return [_PROTOCOLO.peca(valores), *paragrafo("Motivo da glosa do protocolo", protocolo.descricao_da_glosa)]


def _guia(paginas: Paginas, protocolo: ProtocoloAnalisado, guia: GuiaAnalisada, antes: list[Peca]) -> None:
    """A guide: its boxes and its first item stand together, below what comes before them."""
    itens = [_item(item) for item in guia.itens]
    nome = titulo(f"Protocolo {protocolo.numero} · Guia {guia.numero_do_prestador} (continuação)")
    paginas.por_itens([*antes, *_dados_da_guia(guia)], _ITENS.cabeca, itens, nome)
    paginas.por(
        _totais("Total da Guia", "da Guia", 36, guia.valores), *paragrafo("Observação da guia", guia.observacao)
    )
    paginas.continuacao = ()


def _dados_da_guia(guia: GuiaAnalisada) -> list[Peca]:
    valores = {
        "14": guia.numero_do_prestador,
        "15": guia.numero_da_operadora,
        "16": guia.senha,
        "17": guia.beneficiario,
        "18": guia.numero_carteira,
        "19": data(guia.inicio),
        "20": hora(guia.hora_do_inicio),
        "21": data(guia.fim),
        "22": hora(guia.hora_do_fim),
        "23": " ".join(guia.glosas),
        "24": str(guia.situacao),
        "48": guia.nome_social,
    }
    return [fileira.peca(valores) for fileira in _GUIA]


def _item(item: ItemAnalisado) -> list[Peca]:
    """The line of an item; each glosa after the first stands on a line of its own below it."""
    glosas = [{"34": dinheiro(glosa.valor), "35": glosa.codigo} for glosa in item.glosas] or [{}]
    linha = {
        "25": data(item.data),
        "26": item.tabela,
        "27": item.codigo,
        "28": item.descricao,
        "29": item.grau_de_participacao,
        "30": dinheiro(item.valores.informado),
        "31": quantidade(item.quantidade),
        "32": dinheiro(item.valores.processado),
        "33": dinheiro(item.valores.liberado),
    }
    return _ITENS.item({**linha, **glosas[0]}, *glosas[1:])


def _totais(nome: str, de_que: str, primeiro: int, valores: Valores) -> Peca:
    numeros = [str(numero) for numero in range(primeiro, primeiro + 4)]
    rotulos = [f"Valor {qual} {de_que} (R$)" for qual in ("Informado", "Processado", "Liberado", "Glosa")]
    quantias = (valores.informado, valores.processado, valores.liberado, valores.glosa)
    return totais(nome, numeros, rotulos, quantias)
