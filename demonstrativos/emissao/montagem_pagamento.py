"""From payments in the database to the plain values of a Demonstrativo de Pagamento."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from demonstrativos.emissao.montagem import cabecalho, valores_de
from demonstrativos.pagamentos.models import DebitoOuCredito as Lancamento
from demonstrativos.pagamentos.models import GuiaPaga as LinhaDaGuia
from demonstrativos.pagamentos.models import Pagamento, PagamentoDoProtocolo
from tiss_schemas.demonstrativo.contas import liquido, somar
from tiss_schemas.demonstrativo.valores import (
    ContaDePagamento,
    DebitoOuCredito,
    DemonstrativoDePagamento,
    GuiaPaga,
    Indicador,
    PagamentoDaData,
    ProtocoloPago,
    TipoDePagamento,
)


def montar_pagamento(
    pagamentos: Sequence[Pagamento], *, numero: int, versao: str, emitido_em: date
) -> DemonstrativoDePagamento:
    """The statement of closed payments to one prestador, in the order of their dates, each a date of its own.

    A fixed number of queries however many they are. Works in the scope of either side.
    """
    prestador, operadora = pagamentos[0].prestador, pagamentos[0].operadora
    datas = datas_de(pagamentos)
    valores = somar(data.valores for data in datas)
    lancamentos = [lancamento for data in datas for lancamento in data.debitos_e_creditos]
    return DemonstrativoDePagamento(
        cabecalho=cabecalho(operadora, prestador, numero=numero, versao=versao, emitido_em=emitido_em),
        datas=datas,
        valores=valores,
        liquido=liquido(valores.liberado, lancamentos),
        observacao=" ".join(filter(None, (pagamento.observacao for pagamento in pagamentos)))[:500],
    )


def datas_de(pagamentos: Sequence[Pagamento]) -> tuple[PagamentoDaData, ...]:
    """What was paid on each date."""
    guias: dict[int, list[GuiaPaga]] = defaultdict(list)
    linhas_das_guias = LinhaDaGuia.objects.filter(pagamento__in=pagamentos).select_related("guia", "linha")
    for guia in linhas_das_guias.order_by("linha_id", "posicao"):
        guias[guia.linha_id].append(_guia(guia))
    protocolos: dict[int, list[ProtocoloPago]] = defaultdict(list)
    linhas = PagamentoDoProtocolo.objects.filter(pagamento__in=pagamentos).select_related("protocolo__lote")
    for linha in linhas.order_by("protocolo__numero", "id"):
        protocolos[linha.pagamento_id].append(_protocolo(linha, guias[linha.pk]))
    lancamentos = lancamentos_por_pagamento(pagamentos)
    em_ordem = sorted(pagamentos, key=lambda pagamento: (pagamento.data_de_pagamento, pagamento.numero))
    return tuple(_data(pagamento, protocolos[pagamento.pk], lancamentos[pagamento.pk]) for pagamento in em_ordem)


def lancamentos_por_pagamento(pagamentos: Sequence[Pagamento]) -> dict[int, list[DebitoOuCredito]]:
    """Debits and credits of each."""
    por_pagamento: dict[int, list[DebitoOuCredito]] = defaultdict(list)
    for lancamento in Lancamento.objects.filter(pagamento__in=pagamentos):
        por_pagamento[lancamento.pagamento_id].append(
            DebitoOuCredito(
                indicador=Indicador(lancamento.indicador),
                tipo=lancamento.tipo,
                descricao=lancamento.descricao,
                valor=lancamento.valor,
            )
        )
    return por_pagamento


def conta_de(pagamento: Pagamento) -> ContaDePagamento:
    """How and where it is paid."""
    return ContaDePagamento(
        forma=pagamento.forma, banco=pagamento.banco, agencia=pagamento.agencia, conta=pagamento.conta
    )


def _data(
    pagamento: Pagamento, protocolos: Sequence[ProtocoloPago], lancamentos: Sequence[DebitoOuCredito]
) -> PagamentoDaData:
    valores = somar(protocolo.valores for protocolo in protocolos)
    return PagamentoDaData(
        data=pagamento.data_de_pagamento,
        conta=conta_de(pagamento),
        protocolos=tuple(protocolos),
        valores=valores,
        liquido=liquido(valores.liberado, lancamentos),
        debitos_e_creditos=tuple(lancamentos),
    )


def _protocolo(linha: PagamentoDoProtocolo, guias: Sequence[GuiaPaga]) -> ProtocoloPago:
    return ProtocoloPago(
        data=timezone.localtime(linha.protocolo.enviado_em).date(),
        numero=linha.protocolo.numero,
        lote=linha.protocolo.lote.numero_do_prestador,
        valores=valores_de(linha),
        guias=tuple(guias),
    )


def _guia(linha: LinhaDaGuia) -> GuiaPaga:
    return GuiaPaga(
        numero_do_prestador=linha.guia.numero_do_prestador,
        numero_da_operadora=linha.guia.numero_da_operadora,
        senha=linha.guia.senha,
        tipo=TipoDePagamento(linha.linha.tipo),
        valores=valores_de(linha),
    )
