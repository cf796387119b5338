"""The arithmetic of statements: sums, what is left after debits and credits, and where a statement disagrees.

liberado = processado − glosa (dental: less the franquia too), guia = Σ itens, protocolo = Σ guias, data = Σ protocolos,
geral = Σ of all. All amounts are positive; the sign of a debit is in its indicator.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from tiss_schemas.demonstrativo.valores import (
    DebitoOuCredito,
    DemonstrativoDeAnalise,
    DemonstrativoDePagamento,
    DemonstrativoOdonto,
    GuiaAnalisada,
    GuiaOdontoPaga,
    Indicador,
    ItemAnalisado,
    ItemOdontoPago,
    Liquido,
    PagamentoDaData,
    PagamentoOdontoDaData,
    ProtocoloAnalisado,
    ProtocoloOdontoPago,
    ProtocoloPago,
    Valores,
    ValoresOdonto,
)

Demonstrativo = DemonstrativoDeAnalise | DemonstrativoDePagamento | DemonstrativoOdonto
Quantias = Valores | ValoresOdonto
Q = TypeVar("Q", Valores, ValoresOdonto)

_ZERO: Final = Decimal("0.00")
_TODOS: Final = ("informado", "processado", "liberado", "glosa")
_DA_GUIA_PAGA: Final = ("processado", "liberado", "glosa")
"""The XML of a payment does not say what was billed by guide."""
_DO_ODONTO: Final = ("informado", "processado", "glosa", "franquia", "liberado")


def somar(valores: Iterable[Valores]) -> Valores:
    """The four sums; zeros of nothing."""
    return sum(valores, Valores())


def somar_odonto(valores: Iterable[ValoresOdonto]) -> ValoresOdonto:
    """The five sums; zeros of nothing."""
    return sum(valores, ValoresOdonto())


def liquido(liberado: Decimal, debitos_e_creditos: Iterable[DebitoOuCredito]) -> Liquido:
    """What is left of `liberado`: less the debits, plus the credits. Below zero where the debits are more.

    That of a whole statement is made of all entries, those of its dates and those of none.
    """
    debitos = creditos = _ZERO
    for lancamento in debitos_e_creditos:
        if lancamento.indicador is Indicador.DEBITO:
            debitos += lancamento.valor
        else:
            creditos += lancamento.valor
    return Liquido(debitos=debitos, creditos=creditos, a_receber=liberado - debitos + creditos)


def divergencias(demonstrativo: Demonstrativo) -> list[str]:
    """Where the statement breaks an identity, one sentence in Portuguese for each place; empty where all is right.

    The items of a guide and the guides of a protocol are summed only where some are listed: a glosa of the whole may
    stand in the totals alone.
    """
    if isinstance(demonstrativo, DemonstrativoDeAnalise):
        return list(_da_analise(demonstrativo))
    if isinstance(demonstrativo, DemonstrativoDePagamento):
        return list(_do_pagamento(demonstrativo))
    return list(_do_odonto(demonstrativo))


# Análise


def _da_analise(demonstrativo: DemonstrativoDeAnalise) -> Iterator[str]:
    for protocolo in demonstrativo.protocolos:
        yield from _do_protocolo(protocolo)
    yield from _das_quantias("Total geral", demonstrativo.valores, _TODOS)
    soma = somar(protocolo.valores for protocolo in demonstrativo.protocolos)
    yield from _da_soma("Total geral", demonstrativo.valores, "dos protocolos", soma, _TODOS)


def _do_protocolo(protocolo: ProtocoloAnalisado) -> Iterator[str]:
    lugar = f"Protocolo {protocolo.numero}"
    for guia in protocolo.guias:
        yield from _da_guia(f"{lugar}, guia {guia.numero_do_prestador}", guia)
    yield from _das_quantias(lugar, protocolo.valores, _TODOS)
    if protocolo.guias:
        soma = somar(guia.valores for guia in protocolo.guias)
        yield from _da_soma(lugar, protocolo.valores, "das guias", soma, _TODOS)


def _da_guia(lugar: str, guia: GuiaAnalisada) -> Iterator[str]:
    for item in guia.itens:
        yield from _do_item(f"{lugar}, item {item.sequencial}", item)
    yield from _das_quantias(lugar, guia.valores, _TODOS)
    if guia.itens:
        soma = somar(item.valores for item in guia.itens)
        yield from _da_soma(lugar, guia.valores, "dos itens", soma, _TODOS)


def _do_item(lugar: str, item: ItemAnalisado) -> Iterator[str]:
    yield from _das_quantias(lugar, item.valores, _TODOS)
    for glosa in item.glosas:
        if glosa.valor <= 0:
            yield f"{lugar}: a glosa {glosa.codigo} é de {_reais(glosa.valor)}, e uma glosa tem de ser maior que zero."
    soma = sum((glosa.valor for glosa in item.glosas), _ZERO)
    if soma != item.valores.glosa:
        yield f"{lugar}: o valor de glosa é {_reais(item.valores.glosa)}, mas a soma das glosas dá {_reais(soma)}."


# Pagamento


def _do_pagamento(demonstrativo: DemonstrativoDePagamento) -> Iterator[str]:
    for data in demonstrativo.datas:
        yield from _da_data(data)
    yield from _das_quantias("Total do demonstrativo", demonstrativo.valores, _TODOS)
    soma = somar(data.valores for data in demonstrativo.datas)
    yield from _da_soma("Total do demonstrativo", demonstrativo.valores, "das datas", soma, _TODOS)
    todos = _de_todas_as_datas(demonstrativo.datas, demonstrativo.debitos_e_creditos)
    yield from _dos_lancamentos("Demonstrativo", demonstrativo.debitos_e_creditos)
    yield from _do_liquido("Total do demonstrativo", demonstrativo.valores, demonstrativo.liquido, todos)


def _da_data(data: PagamentoDaData) -> Iterator[str]:
    lugar = f"Pagamento de {data.data:%d/%m/%Y}"
    for protocolo in data.protocolos:
        yield from _do_protocolo_pago(f"{lugar}, protocolo {protocolo.numero}", protocolo)
    yield from _das_quantias(lugar, data.valores, _TODOS)
    soma = somar(protocolo.valores for protocolo in data.protocolos)
    yield from _da_soma(lugar, data.valores, "dos protocolos", soma, _TODOS)
    yield from _dos_lancamentos(lugar, data.debitos_e_creditos)
    yield from _do_liquido(lugar, data.valores, data.liquido, data.debitos_e_creditos)


def _do_protocolo_pago(lugar: str, protocolo: ProtocoloPago) -> Iterator[str]:
    for guia in protocolo.guias:
        yield from _das_quantias(f"{lugar}, guia {guia.numero_do_prestador}", guia.valores, _DA_GUIA_PAGA)
    yield from _das_quantias(lugar, protocolo.valores, _TODOS)
    soma = somar(guia.valores for guia in protocolo.guias)
    yield from _da_soma(lugar, protocolo.valores, "das guias", soma, _DA_GUIA_PAGA)


# Pagamento odontológico


def _do_odonto(demonstrativo: DemonstrativoOdonto) -> Iterator[str]:
    for data in demonstrativo.datas:
        yield from _da_data_odonto(data)
    yield from _das_quantias("Total do demonstrativo", demonstrativo.valores, _DO_ODONTO)
    soma = somar_odonto(data.valores for data in demonstrativo.datas)
    yield from _da_soma("Total do demonstrativo", demonstrativo.valores, "das datas", soma, _DO_ODONTO)
    todos = _de_todas_as_datas(demonstrativo.datas, demonstrativo.debitos_e_creditos)
    yield from _dos_lancamentos("Demonstrativo", demonstrativo.debitos_e_creditos)
    yield from _do_liquido("Total do demonstrativo", demonstrativo.valores, demonstrativo.liquido, todos)


def _da_data_odonto(data: PagamentoOdontoDaData) -> Iterator[str]:
    lugar = f"Pagamento de {data.data:%d/%m/%Y}"
    for protocolo in data.protocolos:
        yield from _do_protocolo_odonto(f"{lugar}, protocolo {protocolo.numero}", protocolo)
    yield from _das_quantias(lugar, data.valores, _DO_ODONTO)
    soma = somar_odonto(protocolo.valores for protocolo in data.protocolos)
    yield from _da_soma(lugar, data.valores, "dos protocolos", soma, _DO_ODONTO)
    yield from _dos_lancamentos(lugar, data.debitos_e_creditos)
    yield from _do_liquido(lugar, data.valores, data.liquido, data.debitos_e_creditos)


def _do_protocolo_odonto(lugar: str, protocolo: ProtocoloOdontoPago) -> Iterator[str]:
    for guia in protocolo.guias:
        yield from _da_guia_odonto(f"{lugar}, guia {guia.numero_do_prestador}", guia)
    yield from _das_quantias(lugar, protocolo.valores, _DO_ODONTO)
    soma = somar_odonto(guia.valores for guia in protocolo.guias)
    yield from _da_soma(lugar, protocolo.valores, "das guias", soma, _DO_ODONTO)


def _da_guia_odonto(lugar: str, guia: GuiaOdontoPaga) -> Iterator[str]:
    for item in guia.itens:
        yield from _do_item_odonto(f"{lugar}, item {item.sequencial}", item)
    yield from _das_quantias(lugar, guia.valores, _DO_ODONTO)
    soma = somar_odonto(item.valores for item in guia.itens)
    yield from _da_soma(lugar, guia.valores, "dos itens", soma, _DO_ODONTO)


def _do_item_odonto(lugar: str, item: ItemOdontoPago) -> Iterator[str]:
    yield from _das_quantias(lugar, item.valores, _DO_ODONTO)
    if item.valores.glosa > 0 and not item.glosas:
        yield f"{lugar}: há glosa de {_reais(item.valores.glosa)} sem nenhum código de glosa."


# O que vale em todo lugar


def _das_quantias(lugar: str, valores: Quantias, nomes: Sequence[str]) -> Iterator[str]:
    """None is below zero, and liberado is what is left of processado."""
    for nome in nomes:
        quantia = getattr(valores, nome)
        if quantia < 0:
            yield f"{lugar}: o valor {_nome(nome)} é {_reais(quantia)}, e não pode ser negativo."
    resto = valores.processado - valores.glosa
    conta = "processado menos glosa"
    if isinstance(valores, ValoresOdonto):
        resto -= valores.franquia
        conta += " menos franquia"
    if valores.liberado != resto:
        yield f"{lugar}: o valor liberado é {_reais(valores.liberado)}, mas {conta} dá {_reais(resto)}."


def _da_soma(lugar: str, valores: Q, partes: str, soma: Q, nomes: Sequence[str]) -> Iterator[str]:
    for nome in nomes:
        total, somado = getattr(valores, nome), getattr(soma, nome)
        if total != somado:
            yield f"{lugar}: o valor {_nome(nome)} é {_reais(total)}, mas a soma {partes} dá {_reais(somado)}."


def _dos_lancamentos(lugar: str, lancamentos: Iterable[DebitoOuCredito]) -> Iterator[str]:
    for lancamento in lancamentos:
        if lancamento.valor < 0:
            yield (
                f"{lugar}: “{lancamento.descricao}” é de {_reais(lancamento.valor)}; débitos e créditos são "
                "positivos, e o indicador diz qual é qual."
            )


def _do_liquido(lugar: str, bruto: Quantias, escrito: Liquido, lancamentos: Iterable[DebitoOuCredito]) -> Iterator[str]:
    certo = liquido(bruto.liberado, lancamentos)
    for nome, quantia, devida in (
        ("total de débitos", escrito.debitos, certo.debitos),
        ("total de créditos", escrito.creditos, certo.creditos),
        ("valor líquido", escrito.a_receber, certo.a_receber),
    ):
        if quantia != devida:
            yield f"{lugar}: o {nome} é {_reais(quantia)}, mas os lançamentos dão {_reais(devida)}."


def _de_todas_as_datas(
    datas: Iterable[PagamentoDaData | PagamentoOdontoDaData], outros: Iterable[DebitoOuCredito]
) -> list[DebitoOuCredito]:
    return [*(lancamento for data in datas for lancamento in data.debitos_e_creditos), *outros]


def _nome(quantia: str) -> str:
    return f"de {quantia}" if quantia in {"glosa", "franquia"} else quantia


def _reais(quantia: Decimal) -> str:
    inteiro, _, centavos = f"{abs(quantia):,.2f}".partition(".")
    sinal = "−" if quantia < 0 else ""
    return f"{sinal}R$ {inteiro.replace(',', '.')},{centavos}"
