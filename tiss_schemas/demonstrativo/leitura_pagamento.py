"""The statement of payment out of its message."""

from __future__ import annotations

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo import leitura_comum as comum
from tiss_schemas.demonstrativo.escrita_comum import CORPO
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
from tiss_schemas.mensagens.leitura import Lida, MensagemInvalida, ler_mensagem, numero_de


@coletor_em_pausa()
def ler_pagamento(xml: bytes) -> DemonstrativoDePagamento:
    """The statement of a message DEMONSTRATIVO_PAGAMENTO. What was billed by guide is not in it, and comes back as 0.

    Raises ArquivoRecusado and MensagemInvalida.
    """
    mensagem = ler_mensagem(xml, *CORPO)
    lida = mensagem.corpo.get("demonstrativoPagamento")
    if lida is None:
        raise MensagemInvalida("A mensagem não traz demonstrativo de pagamento. Confira o arquivo escolhido.")
    prestador, totais = lida["dadosContratado"], lida["totaisDemonstrativo"]
    brutos, liquidos = totais["totaisBrutosDemonstrativo"], totais["totaisLiquidosDemonstrativo"]
    return DemonstrativoDePagamento(
        cabecalho=comum.cabecalho(
            lida["cabecalhoDemonstrativo"], mensagem.versao, prestador["dadosPrestador"], prestador["CNES"]
        ),
        datas=tuple(_data(data) for data in lida["pagamentos"]["pagamentosPorData"]),
        valores=Valores(
            informado=brutos["valorInformadoBruto"],
            processado=brutos["valorProcessadoBruto"],
            liberado=brutos["valorLiberadoBruto"],
            glosa=brutos["valorGlosaBruto"],
        ),
        liquido=Liquido(
            debitos=liquidos["totalDebitosDemonstrativo"],
            creditos=liquidos["totalCreditosdemonstrativo"],
            a_receber=liquidos["valorLiberadoDemonstrativo"],
        ),
        debitos_e_creditos=comum.debitos_e_creditos(totais["debitosCreditosDemonstrativo"]),
        observacao=lida.get("observacao", ""),
    )


def _data(lida: Lida) -> PagamentoDaData:
    brutos, liquidos, dados = lida["totaisBrutosPorData"], lida["totaisLiquidosPorData"], lida["dadosPagamento"]
    return PagamentoDaData(
        data=dados["dataPagamento"],
        conta=ContaDePagamento(
            forma=dados["formaPagamento"],
            banco=dados.get("banco", ""),
            agencia=dados.get("agencia", ""),
            conta=dados.get("nrContaCheque", ""),
        ),
        protocolos=tuple(_protocolo(protocolo) for protocolo in lida["dadosResumo"]["relacaoProtocolos"]),
        valores=Valores(
            informado=brutos["totalInformadoPorData"],
            processado=brutos["totalProcessadoPorData"],
            liberado=brutos["totaLiberadoPorData"],
            glosa=brutos["totalGlosaPorData"],
        ),
        liquido=Liquido(
            debitos=liquidos["totalDebitosPorData"],
            creditos=liquidos["totalCreditosPorData"],
            a_receber=liquidos["liquidoPorData"],
        ),
        debitos_e_creditos=comum.debitos_e_creditos(lida.get("debitosCreditosPorData", {}).get("debitosCreditos", ())),
    )


def _protocolo(lida: Lida) -> ProtocoloPago:
    return ProtocoloPago(
        data=lida["dataProtocolo"],
        numero=numero_de(lida["numeroProtocolo"], comum.PROTOCOLO),
        lote=lida["numeroLote"],
        valores=_valores(lida, ""),
        guias=tuple(_guia(guia) for guia in lida["guiasDoLote"]),
    )


def _guia(lida: Lida) -> GuiaPaga:
    return GuiaPaga(
        numero_do_prestador=lida["numeroGuiaPrestador"],
        numero_da_operadora=lida.get("numeroGuiaOperadora", ""),
        senha=lida.get("senha", ""),
        tipo=TipoDePagamento(lida["tipoPagamento"]),
        valores=_valores(lida, "Guia"),
    )


def _valores(lida: Lida, de_que: str) -> Valores:
    processado, liberado = lida[f"valorProcessado{de_que}"], lida[f"valorLiberado{de_que}"]
    nada = Valores()
    return Valores(
        informado=lida.get(f"valorInformado{de_que}", nada.informado),
        processado=processado,
        liberado=liberado,
        glosa=lida.get(f"valorGlosa{de_que}", processado - liberado),
    )
