"""Invented statements that keep every identity, for the demonstration, the bench and the tests.

Everybody and everything in them is invented but the codes of TUSS and of Tabela 38. The same arguments always give the
same values.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Final

from tiss_schemas import exemplos_dados as dados
from tiss_schemas.demonstrativo.contas import liquido, somar, somar_odonto
from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    ContaDePagamento,
    Contratado,
    DebitoOuCredito,
    DemonstrativoDeAnalise,
    DemonstrativoDePagamento,
    DemonstrativoOdonto,
    GlosaDoItem,
    GuiaAnalisada,
    GuiaOdontoPaga,
    GuiaPaga,
    Indicador,
    ItemAnalisado,
    ItemOdontoPago,
    OperadoraEmissora,
    PagamentoDaData,
    PagamentoOdontoDaData,
    ProtocoloAnalisado,
    ProtocoloOdontoPago,
    ProtocoloPago,
    TipoDeCodigo,
    TipoDePagamento,
    Valores,
    ValoresOdonto,
)
from tiss_schemas.exemplos_documentos import CNPJ_PADRAO, cnpj_valido
from tiss_schemas.exemplos_escrita import um_de

EMISSAO: Final = date(2026, 3, 20)
"""When the examples are issued; nothing in them is later than the payments, ten days after."""
_ZERO: Final = Decimal("0.00")
_CENTAVO: Final = Decimal("0.01")


class Glosas(StrEnum):
    """What is refused in an example: nothing, parts of some items, all items one by one, whole guides, protocols."""

    NENHUMA = "sem_glosa"
    PARCIAL = "parcial"
    TOTAL = "total"
    GUIA = "guia"
    PROTOCOLO = "protocolo"


@dataclass(frozen=True, slots=True)
class _Exemplo:
    tipo: str
    glosas: Glosas
    itens: int
    sorteio: random.Random


def exemplo_de_cabecalho(versao: str = "4.03.00", *, numero: int = 1) -> CabecalhoDoDemonstrativo:
    """The head of every example: an invented operadora and an invented clinic."""
    return CabecalhoDoDemonstrativo(
        numero=numero,
        versao=versao,
        operadora=OperadoraEmissora(registro_ans="331988", nome="Operadora Fictícia Sul", cnpj=cnpj_valido("41208337")),
        contratado=Contratado(
            codigo="000123",
            tipo_de_codigo=TipoDeCodigo.CODIGO,
            nome=dados.CLINICA,
            documento=CNPJ_PADRAO,
            cnes="2345678",
        ),
        emitido_em=EMISSAO,
    )


def exemplo_de_analise(
    versao: str = "4.03.00",
    *,
    protocolos: int = 1,
    guias: int = 1,
    itens: int = 3,
    glosas: Glosas = Glosas.PARCIAL,
    tipo: str = "sadt",
    numero: int = 1,
    semente: int = 0,
) -> DemonstrativoDeAnalise:
    """A Demonstrativo de Análise de Conta of so many protocols, of so many guides, of so many items each.

    `tipo` is one of `exemplos.TIPOS_DE_GUIA`; a consulta has one item whatever `itens` is. With no `itens` only the
    totals say what was decided, and so they do with no `guias`.
    """
    exemplo = _Exemplo(tipo, glosas, min(itens, 1) if tipo == "consulta" else itens, _sorteio(semente))
    analisados = tuple(_protocolo(exemplo, posicao, guias) for posicao in range(protocolos))
    return DemonstrativoDeAnalise(
        cabecalho=exemplo_de_cabecalho(versao, numero=numero),
        protocolos=analisados,
        valores=somar(protocolo.valores for protocolo in analisados),
        observacao="Valores sujeitos a recurso no prazo do contrato.",
    )


def exemplo_de_pagamento(
    versao: str = "4.03.00",
    *,
    datas: int = 1,
    protocolos: int = 2,
    guias: int = 3,
    numero: int = 1,
    semente: int = 0,
) -> DemonstrativoDePagamento:
    """A Demonstrativo de Pagamento of so many dates, of so many protocols, of so many guides (1 to 100) each.

    Every seventh guide is paid after an appeal. Taxes are withheld by date, and an earlier payment is put right.
    """
    sorteio = _sorteio(semente)
    pagas = tuple(_data(sorteio, posicao, protocolos, guias) for posicao in range(datas))
    outros = (_lancamento(Indicador.CREDITO, "08", "Ajuste de pagamento anterior", Decimal("12.34")),)
    valores = somar(data.valores for data in pagas)
    todos = [*(lancamento for data in pagas for lancamento in data.debitos_e_creditos), *outros]
    return DemonstrativoDePagamento(
        cabecalho=exemplo_de_cabecalho(versao, numero=numero),
        datas=pagas,
        valores=valores,
        liquido=liquido(valores.liberado, todos),
        debitos_e_creditos=outros,
        observacao="Crédito em conta até as 18h.",
    )


def exemplo_de_odonto(
    versao: str = "4.03.00",
    *,
    datas: int = 1,
    protocolos: int = 1,
    guias: int = 2,
    itens: int = 2,
    numero: int = 1,
    semente: int = 0,
) -> DemonstrativoOdonto:
    """A Demonstrativo de Pagamento of dental treatment; every third item has a glosa, every fourth a franquia."""
    sorteio = _sorteio(semente)
    pagas = tuple(_data_odonto(sorteio, posicao, protocolos, guias, itens) for posicao in range(datas))
    outros = (_lancamento(Indicador.DEBITO, "07", "Desconto financeiro", Decimal("1.50")),)
    valores = somar_odonto(data.valores for data in pagas)
    todos = [*(lancamento for data in pagas for lancamento in data.debitos_e_creditos), *outros]
    return DemonstrativoOdonto(
        cabecalho=exemplo_de_cabecalho(versao, numero=numero),
        de=date(2026, 2, 1),
        ate=date(2026, 2, 28),
        datas=pagas,
        valores=valores,
        liquido=liquido(valores.liberado, todos),
        debitos_e_creditos=outros,
        observacao="Franquia paga pelo beneficiário diretamente ao dentista.",
    )


# Análise


def _protocolo(exemplo: _Exemplo, posicao: int, guias: int) -> ProtocoloAnalisado:
    analisadas = tuple(_guia(exemplo, posicao * guias + n) for n in range(guias))
    valores = somar(guia.valores for guia in analisadas) if guias else _valores(exemplo, 0, Decimal("850.00"))
    inteiro = exemplo.glosas is Glosas.PROTOCOLO
    return ProtocoloAnalisado(
        lote=f"{412 + posicao:06d}",
        numero=2026000101 + posicao,
        data=date(2026, 2, 3) + timedelta(days=posicao % 15),
        situacao=5,
        valores=valores,
        guias=analisadas,
        glosa="1304" if inteiro else "",
        descricao_da_glosa="Lote apresentado fora do calendário do contrato" if inteiro else "",
    )


def _guia(exemplo: _Exemplo, posicao: int) -> GuiaAnalisada:
    inicio = date(2026, 1, 5) + timedelta(days=posicao % 20)
    itens = tuple(_item(exemplo, n, inicio) for n in range(exemplo.itens))
    internado = exemplo.tipo in {"internacao", "honorarios"}
    com_horas = exemplo.tipo == "internacao"
    return GuiaAnalisada(
        numero_do_prestador=f"{20301004 + posicao}",
        numero_da_operadora=f"77{posicao:08d}" if posicao % 2 == 0 else "",
        senha=f"S{posicao:07d}" if posicao % 3 != 1 else "",
        beneficiario=um_de(dados.PESSOAS, posicao),
        nome_social="Ana Quintela" if posicao % 8 == 0 else "",
        numero_carteira=f"00{posicao:013d}00",
        inicio=inicio,
        situacao=5,
        valores=somar(i.valores for i in itens) if itens else _valores(exemplo, posicao, Decimal("450.00")),
        hora_do_inicio=time(7, 30) if com_horas else None,
        fim=inicio + timedelta(days=4) if internado else None,
        hora_do_fim=time(18, 5, 30) if com_horas else None,
        glosas=("1304", "2505") if exemplo.glosas is Glosas.GUIA else (),
        itens=itens,
        observacao="Internação prorrogada." if com_horas else "",
    )


def _item(exemplo: _Exemplo, posicao: int, inicio: date) -> ItemAnalisado:
    tabela, codigo, descricao = _procedimento(exemplo.tipo, posicao)
    quantidade = Decimal(exemplo.sorteio.randint(1, 4))
    valores = _valores(exemplo, posicao, _preco(exemplo.sorteio) * quantidade)
    return ItemAnalisado(
        sequencial=posicao % 9999 + 1,
        data=inicio + timedelta(days=posicao % 4),
        tabela=tabela,
        codigo=codigo,
        descricao=descricao,
        quantidade=quantidade,
        valores=valores,
        glosas=tuple(_glosas(valores.glosa, posicao)),
        grau_de_participacao="00" if exemplo.tipo == "honorarios" else "",
        centro_de_consumo="6" if exemplo.tipo == "internacao" and posicao % 2 else "",
    )


def _procedimento(tipo: str, posicao: int) -> tuple[str, str, str]:
    """Table, code and description of the item of such a guide at that position."""
    if tipo == "consulta":
        return "22", dados.CONSULTA.codigo, dados.CONSULTA.descricao
    if tipo in {"honorarios", "odonto"} or posicao % 2 == 0:
        tabela = {"honorarios": dados.CIRURGIAS, "internacao": dados.CIRURGIAS, "odonto": dados.ODONTOLOGICOS}
        return "22", *um_de(tabela.get(tipo, dados.EXAMES), posicao // 2)
    insumos = dados.INSUMOS_HOSPITALARES if tipo == "internacao" else dados.INSUMOS_AMBULATORIAIS
    insumo = um_de(insumos, posicao // 2)
    return insumo.tabela, insumo.codigo, insumo.descricao


def _valores(exemplo: _Exemplo, posicao: int, informado: Decimal) -> Valores:
    glosa = {Glosas.NENHUMA: _ZERO, Glosas.PARCIAL: _parte(informado, posicao)}.get(exemplo.glosas, informado)
    return Valores(informado=informado, processado=informado, liberado=informado - glosa, glosa=glosa)


def _parte(informado: Decimal, posicao: int) -> Decimal:
    """A third of every second item, the first among them."""
    return _ZERO if posicao % 2 else (informado / 3).quantize(_CENTAVO, ROUND_HALF_UP)


def _glosas(valor: Decimal, posicao: int) -> Iterator[GlosaDoItem]:
    """One glosa of that amount; two of every fourth item."""
    segunda = (valor / 4).quantize(_CENTAVO, ROUND_HALF_UP) if posicao % 4 == 0 else _ZERO
    if valor - segunda > 0:
        yield GlosaDoItem(codigo="1705", valor=valor - segunda)
    if segunda > 0:
        yield GlosaDoItem(codigo="1801", valor=segunda)


# Pagamento


def _data(sorteio: random.Random, posicao: int, protocolos: int, guias: int) -> PagamentoDaData:
    pagos = tuple(_protocolo_pago(sorteio, posicao * protocolos + n, guias) for n in range(protocolos))
    valores = somar(protocolo.valores for protocolo in pagos)
    lancamentos = _retencoes(valores.liberado)
    return PagamentoDaData(
        data=EMISSAO + timedelta(days=10 + 7 * posicao),
        conta=_conta(posicao),
        protocolos=pagos,
        valores=valores,
        liquido=liquido(valores.liberado, lancamentos),
        debitos_e_creditos=lancamentos,
    )


def _protocolo_pago(sorteio: random.Random, posicao: int, guias: int) -> ProtocoloPago:
    pagas = tuple(_guia_paga(sorteio, posicao * guias + n) for n in range(guias))
    return ProtocoloPago(
        data=date(2026, 2, 3) + timedelta(days=posicao % 15),
        numero=2026000101 + posicao,
        lote=f"{412 + posicao:06d}",
        valores=somar(guia.valores for guia in pagas),
        guias=pagas,
    )


def _guia_paga(sorteio: random.Random, posicao: int) -> GuiaPaga:
    informado = _preco(sorteio) * 2
    glosa = _parte(informado, posicao)
    return GuiaPaga(
        numero_do_prestador=f"{20301004 + posicao}",
        numero_da_operadora=f"77{posicao:08d}" if posicao % 2 == 0 else "",
        senha=f"S{posicao:07d}" if posicao % 3 != 1 else "",
        tipo=TipoDePagamento.RECURSO if posicao % 7 == 6 else TipoDePagamento.INICIAL,
        valores=Valores(informado=informado, processado=informado, liberado=informado - glosa, glosa=glosa),
    )


# Pagamento odontológico


def _data_odonto(
    sorteio: random.Random, posicao: int, protocolos: int, guias: int, itens: int
) -> PagamentoOdontoDaData:
    pagos = tuple(_protocolo_odonto(sorteio, posicao * protocolos + n, guias, itens) for n in range(protocolos))
    valores = somar_odonto(protocolo.valores for protocolo in pagos)
    lancamentos = _retencoes(valores.liberado)
    return PagamentoOdontoDaData(
        data=EMISSAO + timedelta(days=10 + 7 * posicao),
        conta=_conta(posicao),
        protocolos=pagos,
        valores=valores,
        liquido=liquido(valores.liberado, lancamentos),
        debitos_e_creditos=lancamentos,
    )


def _protocolo_odonto(sorteio: random.Random, posicao: int, guias: int, itens: int) -> ProtocoloOdontoPago:
    pagas = tuple(_guia_odonto(sorteio, posicao * guias + n, itens) for n in range(guias))
    return ProtocoloOdontoPago(
        lote=f"{412 + posicao:06d}",
        numero=2026000101 + posicao,
        guias=pagas,
        valores=somar_odonto(guia.valores for guia in pagas),
    )


def _guia_odonto(sorteio: random.Random, posicao: int, itens: int) -> GuiaOdontoPaga:
    pagos = tuple(_item_odonto(sorteio, n) for n in range(itens))
    return GuiaOdontoPaga(
        numero_do_prestador=f"{50301004 + posicao}",
        numero_da_operadora=f"88{posicao:08d}" if posicao % 2 == 0 else "",
        recurso=posicao % 7 == 6,
        executante=um_de(dados.PROFISSIONAIS, posicao),
        numero_carteira=f"00{posicao:013d}00",
        beneficiario=um_de(dados.PESSOAS, posicao),
        itens=pagos,
        valores=somar_odonto(item.valores for item in pagos),
        observacao="Radiografia inicial aceita." if posicao % 2 else "",
    )


def _item_odonto(sorteio: random.Random, posicao: int) -> ItemOdontoPago:
    procedimento = um_de(dados.ODONTOLOGICOS, posicao)
    informado = _preco(sorteio)
    glosa = (informado / 5).quantize(_CENTAVO, ROUND_HALF_UP) if posicao % 3 == 1 else _ZERO
    franquia = (informado / 10).quantize(_CENTAVO, ROUND_HALF_UP) if posicao % 4 == 1 else _ZERO
    return ItemOdontoPago(
        sequencial=posicao % 9999 + 1,
        tabela="22",
        codigo=procedimento.codigo,
        descricao=procedimento.descricao,
        data=date(2026, 2, 10),
        quantidade=1,
        valores=ValoresOdonto(
            informado=informado,
            processado=informado,
            glosa=glosa,
            franquia=franquia,
            liberado=informado - glosa - franquia,
        ),
        dente_ou_regiao=("11", "", "HASD", "48")[posicao % 4],
        face=("OM", "", "", "V")[posicao % 4],
        glosas=("1705", "1801") if glosa else (),
    )


# O que vale nos dois pagamentos


def _conta(posicao: int) -> ContaDePagamento:
    """By bank, and every second date by boleto."""
    if posicao % 2:
        return ContaDePagamento(forma="3")
    return ContaDePagamento(forma="1", banco="0001", agencia="12345", conta="00067890-1")


def _retencoes(liberado: Decimal) -> tuple[DebitoOuCredito, ...]:
    impostos = (("01", "IRRF 1,5%", Decimal("0.015")), ("02", "ISS 2%", Decimal("0.02")))
    return tuple(
        _lancamento(Indicador.DEBITO, tipo, nome, (liberado * parte).quantize(_CENTAVO, ROUND_HALF_UP))
        for tipo, nome, parte in impostos
    )


def _lancamento(indicador: Indicador, tipo: str, descricao: str, valor: Decimal) -> DebitoOuCredito:
    return DebitoOuCredito(indicador=indicador, tipo=tipo, descricao=descricao, valor=valor)


def _preco(sorteio: random.Random) -> Decimal:
    return Decimal(sorteio.randint(150, 48_000)).scaleb(-2)


def _sorteio(semente: int) -> random.Random:
    return random.Random(semente)  # noqa: S311 - invented data, not a secret
