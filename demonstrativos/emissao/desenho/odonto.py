"""The Demonstrativo de Pagamento of dental treatment. Numbers 21, 40 and 71 are known from prints; the others follow
the order of the message, as ANS's form does not come with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from conecta.interface.formatos import data, dinheiro
from tiss_schemas.demonstrativo.valores import (
    DemonstrativoOdonto,
    GuiaOdontoPaga,
    ItemOdontoPago,
    Liquido,
    PagamentoOdontoDaData,
    ProtocoloOdontoPago,
    ValoresOdonto,
)

from .comuns import debitos_e_creditos, totais
from .folhas import Folha, Paginas
from .pecas import Campo, Fileira, Peca, Tabela, espaco, paragrafo, titulo

TITULO: Final = "DEMONSTRATIVO DE PAGAMENTO - TRATAMENTO ODONTOLÓGICO"
_OPERADORA: Final = Fileira(
    (
        Campo("1", "1", "Registro ANS", 112),
        Campo("3", "3", "Nome da Operadora", 490),
        Campo("4", "4", "CNPJ da Operadora", 152),
        Campo("5", "5", "Início do Período", 100),
        Campo("6", "6", "Fim do Período", 100),
        Campo("emissao", "", "Data de emissão", 100),
    )
)
_PRESTADOR: Final = Fileira(
    (
        Campo("7", "7", "Código na Operadora", 200),
        Campo("8", "8", "Nome do Contratado", 552),
        Campo("9", "9", "CNPJ/CPF do Contratado", 190),
    ),
    "Dados do Prestador",
)
_CONTA: Final = Fileira(
    (
        Campo("10", "10", "Data do Pagamento", 242),
        Campo("11", "11", "Banco", 200),
        Campo("12", "12", "Agência", 200),
        Campo("13", "13", "Conta", 300),
    ),
    "Dados do Pagamento",
)
_PROTOCOLO: Final = Fileira(
    (Campo("14", "14", "Número do Lote", 471), Campo("15", "15", "Número do Protocolo", 471)),
    "Dados do Lote/Protocolo",
)
_GUIA: Final = (
    Fileira(
        (
            Campo("16", "16", "Número da Guia no Prestador", 220),
            Campo("17", "17", "Número da Guia Atribuído pela Operadora", 232),
            Campo("18", "18", "Recurso", 70),
            Campo("19", "19", "Nome do Executante", 420),
        ),
        "Dados da Guia",
    ),
    Fileira(
        (Campo("20", "20", "Número da Carteira", 220), Campo("21", "21", "Nome do Beneficiário", 722)),
        ao_lado=True,
    ),
)
_ITENS: Final = Tabela(
    (
        Campo("22", "22", "Tabela", 44),
        Campo("23", "23", "Código do Procedimento", 78),
        Campo("24", "24", "Descrição", 304),
        Campo("25", "25", "Dente/ Região", 50),
        Campo("26", "26", "Face", 48),
        Campo("27", "27", "Data de realização", 66),
        Campo("28", "28", "Qtde", 46, direita=True),
        Campo("29", "29", "Valor Informado", 74, direita=True),
        Campo("30", "30", "Valor Processado", 74, direita=True),
        Campo("31", "31", "Valor Glosa/ Estorno", 74, direita=True),
        Campo("32", "32", "Valor Franquia", 70, direita=True),
        Campo("33", "33", "Valor Liberado", 76, direita=True),
        Campo("34", "34", "Código da Glosa", 50),
    ),
)
_QUAIS: Final = ("Informado", "Processado", "Glosa", "Franquia", "Liberado")


def folhas(demonstrativo: DemonstrativoOdonto) -> list[Folha]:
    """The pages of a statement."""
    paginas = Paginas(_topo(demonstrativo))
    for pagamento in demonstrativo.datas:
        _da_data(paginas, pagamento)
    paginas.por(espaco(), _totais("Total Geral", "do Demonstrativo", 58, demonstrativo.valores))
    for peca in debitos_e_creditos(_numeros(63, 4), demonstrativo.debitos_e_creditos):
        paginas.por(peca)
    paginas.por(_liquido("Total Líquido", "do Demonstrativo", 67, demonstrativo.liquido))
    for linha in paragrafo("70 - Observação", demonstrativo.observacao):
        paginas.por(linha)
    return paginas.folhas


def _topo(demonstrativo: DemonstrativoOdonto) -> list[Peca]:
    cabecalho = demonstrativo.cabecalho
    operadora, contratado = cabecalho.operadora, cabecalho.contratado
    valores = {
        "1": operadora.registro_ans,
        "3": operadora.nome,
        "4": operadora.cnpj,
        "5": data(demonstrativo.de),
        "6": data(demonstrativo.ate),
        "emissao": data(cabecalho.emitido_em),
        "7": contratado.codigo,
        "8": contratado.nome,
        "9": contratado.documento,
    }
    return [_OPERADORA.peca(valores), _PRESTADOR.peca(valores)]


def _da_data(paginas: Paginas, pagamento: PagamentoOdontoDaData) -> None:
    conta = pagamento.conta
    valores = {"10": data(pagamento.data), "11": conta.banco, "12": conta.agencia, "13": conta.conta}
    antes = [espaco(), _CONTA.peca(valores)]
    for protocolo in pagamento.protocolos:
        _protocolo(paginas, protocolo, antes)
        antes = [espaco()]
    paginas.continuacao = [titulo(f"Pagamento de {data(pagamento.data)} (continuação)")]
    paginas.por(_totais("Total da Data", "Bruto por Data", 46, pagamento.valores))
    for peca in debitos_e_creditos(_numeros(51, 4), pagamento.debitos_e_creditos):
        paginas.por(peca)
    paginas.por(_liquido("Líquido da Data", "por Data", 55, pagamento.liquido))
    paginas.continuacao = ()


def _protocolo(paginas: Paginas, protocolo: ProtocoloOdontoPago, antes: list[Peca]) -> None:
    antes = [*antes, _PROTOCOLO.peca({"14": protocolo.lote, "15": str(protocolo.numero)})]
    for guia in protocolo.guias:
        _guia(paginas, protocolo, guia, antes)
        antes = [espaco()]
    total = _totais("Total do Protocolo", "por Protocolo", 41, protocolo.valores)
    paginas.por(*([] if protocolo.guias else antes), total)


def _guia(paginas: Paginas, protocolo: ProtocoloOdontoPago, guia: GuiaOdontoPaga, antes: Sequence[Peca]) -> None:
    itens = [_item(item) for item in guia.itens]
    nome = titulo(f"Protocolo {protocolo.numero} · Guia {guia.numero_do_prestador} (continuação)")
    paginas.por_itens([*antes, *_dados_da_guia(guia)], _ITENS.cabeca, itens, nome)
    total = _totais("Total da Guia", "da Guia", 36, guia.valores)
    paginas.por(*paragrafo("35 - Observação", guia.observacao), total)
    paginas.continuacao = ()


def _dados_da_guia(guia: GuiaOdontoPaga) -> list[Peca]:
    valores = {
        "16": guia.numero_do_prestador,
        "17": guia.numero_da_operadora,
        "18": "Sim" if guia.recurso else "Não",
        "19": guia.executante,
        "20": guia.numero_carteira,
        "21": guia.beneficiario,
    }
    return [fileira.peca(valores) for fileira in _GUIA]


def _item(item: ItemOdontoPago) -> list[Peca]:
    """The line of an item; each code of glosa after the first stands on a line of its own below it."""
    glosas = [{"34": codigo} for codigo in item.glosas] or [{}]
    linha = {
        "22": item.tabela,
        "23": item.codigo,
        "24": item.descricao,
        "25": item.dente_ou_regiao,
        "26": item.face,
        "27": data(item.data),
        "28": str(item.quantidade),
        "29": dinheiro(item.valores.informado),
        "30": dinheiro(item.valores.processado),
        "31": dinheiro(item.valores.glosa),
        "32": dinheiro(item.valores.franquia),
        "33": dinheiro(item.valores.liberado),
    }
    return _ITENS.item({**linha, **glosas[0]}, *glosas[1:])


def _totais(nome: str, de_que: str, primeiro: int, valores: ValoresOdonto) -> Peca:
    rotulos = [f"Valor {qual} {de_que} (R$)" for qual in _QUAIS]
    quantias = (valores.informado, valores.processado, valores.glosa, valores.franquia, valores.liberado)
    return totais(nome, _numeros(primeiro, 5), rotulos, quantias)


def _liquido(nome: str, de_que: str, primeiro: int, liquido: Liquido) -> Peca:
    rotulos = [f"Total de Débitos {de_que} (R$)", f"Total de Créditos {de_que} (R$)", f"Valor a Receber {de_que} (R$)"]
    return totais(nome, _numeros(primeiro, 3), rotulos, (liquido.debitos, liquido.creditos, liquido.a_receber))


def _numeros(primeiro: int, quantos: int) -> list[str]:
    return [str(numero) for numero in range(primeiro, primeiro + quantos)]
