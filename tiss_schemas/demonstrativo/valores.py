"""What a statement says, apart from how it is written: XML, PDF and spreadsheets are drawn from the same values.

Money is in reais with two places. Totals are values of their own, not sums made on the way: an operadora may list only
the items that it refused something of. `contas.divergencias` says where they disagree. They are kept by the order of
their fields: a new one goes last, with a default.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

_ZERO = Decimal("0.00")


class TipoDeCodigo(StrEnum):
    """By which of the standard's three an operadora names a prestador; the value is the XML name."""

    CODIGO = "codigoPrestadorNaOperadora"
    CPF = "cpfContratado"
    CNPJ = "cnpjContratado"


@dataclass(frozen=True, slots=True, kw_only=True)
class Valores:
    """The four amounts: liberado = processado − glosa."""

    informado: Decimal = _ZERO
    processado: Decimal = _ZERO
    liberado: Decimal = _ZERO
    glosa: Decimal = _ZERO

    def __add__(self, outros: Valores) -> Valores:
        return Valores(
            informado=self.informado + outros.informado,
            processado=self.processado + outros.processado,
            liberado=self.liberado + outros.liberado,
            glosa=self.glosa + outros.glosa,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OperadoraEmissora:
    """Who issues: `registro_ans` of 6 digits, `cnpj` of 14 characters."""

    registro_ans: str
    nome: str
    cnpj: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contratado:
    """Whom it is for. `nome` is printed only (the XML has none since 4.00.00); `cnes` 9999999 where there is none.

    `documento` is the CNPJ or CPF, that the dental statement asks for beside the code.
    """

    codigo: str
    tipo_de_codigo: TipoDeCodigo
    nome: str
    documento: str
    cnes: str = "9999999"


@dataclass(frozen=True, slots=True, kw_only=True)
class CabecalhoDoDemonstrativo:
    """Head of every statement: its number in the operadora's own series, and the version that its XML is written in."""

    numero: int
    versao: str
    operadora: OperadoraEmissora
    contratado: Contratado
    emitido_em: date


# Análise de conta


@dataclass(frozen=True, slots=True, kw_only=True)
class GlosaDoItem:
    """A part of an item that is refused: a code of Tabela 38 and its amount."""

    codigo: str
    valor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAnalisado:
    """Fields 25 to 35. `sequencial` is the item's in the lot."""

    sequencial: int
    data: date
    tabela: str
    codigo: str
    descricao: str
    quantidade: Decimal
    valores: Valores
    glosas: tuple[GlosaDoItem, ...] = ()
    grau_de_participacao: str = ""
    centro_de_consumo: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaAnalisada:
    """Fields 14 to 24 and 36 to 39; `beneficiario` and `nome_social` are printed only. `situacao` by table 47."""

    numero_do_prestador: str
    numero_da_operadora: str
    senha: str
    beneficiario: str
    nome_social: str
    numero_carteira: str
    inicio: date
    situacao: int
    valores: Valores
    hora_do_inicio: time | None = None
    fim: date | None = None
    hora_do_fim: time | None = None
    glosas: tuple[str, ...] = ()
    itens: tuple[ItemAnalisado, ...] = ()
    observacao: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocoloAnalisado:
    """Fields 9 to 13 and 40 to 43. `lote` is the prestador's number; `glosa` the code of a whole protocol refused."""

    lote: str
    numero: int
    data: date
    situacao: int
    valores: Valores
    guias: tuple[GuiaAnalisada, ...]
    glosa: str = ""
    descricao_da_glosa: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrativoDeAnalise:
    """The Demonstrativo de Análise de Conta, of protocols of one prestador; `valores` is the total geral."""

    cabecalho: CabecalhoDoDemonstrativo
    protocolos: tuple[ProtocoloAnalisado, ...]
    valores: Valores
    observacao: str = ""


# Pagamento


class Indicador(StrEnum):
    """Table 37: amounts are positive, this is their sign."""

    DEBITO = "1"
    CREDITO = "2"


class TipoDePagamento(StrEnum):
    """Table 78."""

    INICIAL = "1"
    RECURSO = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class DebitoOuCredito:
    """`tipo` by table 27 (01 IRRF … 09 determinação judicial); `descricao` at most 40 characters."""

    indicador: Indicador
    tipo: str
    descricao: str
    valor: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaPaga:
    """A guide of a paid protocol; `tipo` tells a first payment from that of an appeal."""

    numero_do_prestador: str
    numero_da_operadora: str
    senha: str
    tipo: TipoDePagamento
    valores: Valores


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocoloPago:
    """Fields 14 to 20, with its guides: at most 100, at least one."""

    data: date
    numero: int
    lote: str
    valores: Valores
    guias: tuple[GuiaPaga, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContaDePagamento:
    """Fields 10 to 13. `forma` by table 34: 1 depósito/transferência, 2 carteira, 3 boleto/DDA, 4 dinheiro/cheque."""

    forma: str = "1"
    banco: str = ""
    agencia: str = ""
    conta: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Liquido:
    """What is left after debits and credits: liberado − débitos + créditos."""

    debitos: Decimal = _ZERO
    creditos: Decimal = _ZERO
    a_receber: Decimal = _ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class PagamentoDaData:
    """All that is paid on one day: `valores` the sum of its protocols, `liquido` after its debits and credits."""

    data: date
    conta: ContaDePagamento
    protocolos: tuple[ProtocoloPago, ...]
    valores: Valores
    liquido: Liquido
    debitos_e_creditos: tuple[DebitoOuCredito, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrativoDePagamento:
    """The Demonstrativo de Pagamento. `debitos_e_creditos` are those of no date; `liquido` counts all of them."""

    cabecalho: CabecalhoDoDemonstrativo
    datas: tuple[PagamentoDaData, ...]
    valores: Valores
    liquido: Liquido
    debitos_e_creditos: tuple[DebitoOuCredito, ...] = ()
    observacao: str = ""


# Pagamento de tratamento odontológico


@dataclass(frozen=True, slots=True, kw_only=True)
class ValoresOdonto:
    """Five amounts: liberado = processado − glosa − franquia, what the beneficiário pays himself."""

    informado: Decimal = _ZERO
    processado: Decimal = _ZERO
    glosa: Decimal = _ZERO
    franquia: Decimal = _ZERO
    liberado: Decimal = _ZERO

    def __add__(self, outros: ValoresOdonto) -> ValoresOdonto:
        return ValoresOdonto(
            informado=self.informado + outros.informado,
            processado=self.processado + outros.processado,
            glosa=self.glosa + outros.glosa,
            franquia=self.franquia + outros.franquia,
            liberado=self.liberado + outros.liberado,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemOdontoPago:
    """Fields 22 to 34."""

    sequencial: int
    tabela: str
    codigo: str
    descricao: str
    data: date
    quantidade: int
    valores: ValoresOdonto
    dente_ou_regiao: str = ""
    face: str = ""
    glosas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaOdontoPaga:
    """Fields 16 to 21 and 35 to 40; `beneficiario` is printed only."""

    numero_do_prestador: str
    numero_da_operadora: str
    recurso: bool
    executante: str
    numero_carteira: str
    beneficiario: str
    itens: tuple[ItemOdontoPago, ...]
    valores: ValoresOdonto
    observacao: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtocoloOdontoPago:
    """Fields 14, 15 and 41 to 45."""

    lote: str
    numero: int
    guias: tuple[GuiaOdontoPaga, ...]
    valores: ValoresOdonto


@dataclass(frozen=True, slots=True, kw_only=True)
class PagamentoOdontoDaData:
    """Fields 10 to 13 and 46 to 57. The dental statement says no form of payment."""

    data: date
    conta: ContaDePagamento
    protocolos: tuple[ProtocoloOdontoPago, ...]
    valores: ValoresOdonto
    liquido: Liquido
    debitos_e_creditos: tuple[DebitoOuCredito, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DemonstrativoOdonto:
    """The Demonstrativo de Pagamento of dental treatment, of what was processed from `de` to `ate`."""

    cabecalho: CabecalhoDoDemonstrativo
    de: date
    ate: date
    datas: tuple[PagamentoOdontoDaData, ...]
    valores: ValoresOdonto
    liquido: Liquido
    debitos_e_creditos: tuple[DebitoOuCredito, ...] = ()
    observacao: str = ""


# O que se responde em lugar de um demonstrativo


class TipoDeDemonstrativo(StrEnum):
    """Which statement was asked for."""

    PAGAMENTO = "1"
    ANALISE = "2"
    ODONTO = "3"


@dataclass(frozen=True, slots=True, kw_only=True)
class SituacaoDoDemonstrativo:
    """The answer where a statement is not ready: `situacao` of the `protocolo` by table 47, on the day `data`.

    `solicitacao` is the protocol of the request, at most 12 characters. Of `contratado` only the code is written.
    """

    versao: str
    registro_ans: str
    contratado: Contratado
    tipo: TipoDeDemonstrativo
    protocolo: int
    solicitacao: str
    data: date
    situacao: int
