"""The Demonstrativo de Pagamento as a message DEMONSTRATIVO_PAGAMENTO. Misspelt names are the standard's."""

from __future__ import annotations

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo import escrita_comum as comum
from tiss_schemas.demonstrativo.valores import (
    ContaDePagamento,
    DemonstrativoDePagamento,
    GuiaPaga,
    PagamentoDaData,
    ProtocoloPago,
)
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.escrita import Arvore
from tiss_schemas.mensagens.folhas import TextoLivre


@coletor_em_pausa()
def escrever_pagamento(demonstrativo: DemonstrativoDePagamento, *, transacao: Transacao) -> bytes:
    """A message of one statement, all that it has room for; a protocol has 1 to 100 guides.

    What was billed by guide has no place in it. Raises NaoCabeNaVersao and VersaoIndisponivel as `escrever_analise`.
    """
    cabecalho = demonstrativo.cabecalho
    return comum.mensagem(
        "DEMONSTRATIVO_PAGAMENTO",
        cabecalho.versao,
        transacao,
        cabecalho.operadora.registro_ans,
        cabecalho.contratado,
        {"demonstrativoPagamento": _demonstrativo(demonstrativo)},
    )


def _demonstrativo(de: DemonstrativoDePagamento) -> Arvore:
    contratado = de.cabecalho.contratado
    return {
        "cabecalhoDemonstrativo": comum.cabecalho(de.cabecalho),
        "dadosContratado": {"dadosPrestador": comum.contratado(contratado), "CNES": contratado.cnes},
        "pagamentos": {"pagamentosPorData": [_data(data) for data in de.datas]},
        "totaisDemonstrativo": {
            "totaisBrutosDemonstrativo": {
                "valorInformadoBruto": de.valores.informado,
                "valorProcessadoBruto": de.valores.processado,
                "valorLiberadoBruto": de.valores.liberado,
                "valorGlosaBruto": de.valores.glosa,
            },
            "debitosCreditosDemonstrativo": comum.debitos_e_creditos(de.debitos_e_creditos),
            "totaisLiquidosDemonstrativo": {
                "totalDebitosDemonstrativo": de.liquido.debitos,
                "totalCreditosdemonstrativo": de.liquido.creditos,
                "valorLiberadoDemonstrativo": de.liquido.a_receber,
            },
        },
        "observacao": TextoLivre(de.observacao),
    }


def _data(de: PagamentoDaData) -> Arvore:
    lancamentos = comum.debitos_e_creditos(de.debitos_e_creditos)
    return {
        "dadosPagamento": {"dataPagamento": de.data, **_conta(de.conta)},
        "dadosResumo": {"relacaoProtocolos": [_protocolo(protocolo) for protocolo in de.protocolos]},
        "totaisBrutosPorData": {
            "totalInformadoPorData": de.valores.informado,
            "totalProcessadoPorData": de.valores.processado,
            "totaLiberadoPorData": de.valores.liberado,
            "totalGlosaPorData": de.valores.glosa,
        },
        "debitosCreditosPorData": {"debitosCreditos": lancamentos} if lancamentos else None,
        "totaisLiquidosPorData": {
            "totalDebitosPorData": de.liquido.debitos,
            "totalCreditosPorData": de.liquido.creditos,
            "liquidoPorData": de.liquido.a_receber,
        },
    }


def _conta(de: ContaDePagamento) -> Arvore:
    return {"formaPagamento": de.forma, "banco": de.banco, "agencia": de.agencia, "nrContaCheque": de.conta}


def _protocolo(de: ProtocoloPago) -> Arvore:
    return {
        "dataProtocolo": de.data,
        "numeroProtocolo": de.numero,
        "numeroLote": de.lote,
        "valorInformado": de.valores.informado,
        "valorProcessado": de.valores.processado,
        "valorLiberado": de.valores.liberado,
        "valorGlosa": de.valores.glosa,
        "guiasDoLote": [_guia(guia) for guia in de.guias],
    }


def _guia(de: GuiaPaga) -> Arvore:
    return {
        "numeroGuiaPrestador": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        "senha": de.senha,
        "tipoPagamento": de.tipo,
        "valorProcessadoGuia": de.valores.processado,
        "valorLiberadoGuia": de.valores.liberado,
        "valorGlosaGuia": de.valores.glosa,
    }
