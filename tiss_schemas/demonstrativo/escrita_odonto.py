"""The dental Demonstrativo de Pagamento as a message DEMONSTRATIVO_ODONTOLOGIA. Misspelt names are the standard's."""

from __future__ import annotations

from typing import Final

from tiss_schemas.coletor import coletor_em_pausa
from tiss_schemas.demonstrativo import escrita_comum as comum
from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    ContaDePagamento,
    Contratado,
    DemonstrativoOdonto,
    GuiaOdontoPaga,
    ItemOdontoPago,
    PagamentoOdontoDaData,
    ProtocoloOdontoPago,
)
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.escrita import Arvore
from tiss_schemas.mensagens.folhas import TextoLivre
from tiss_schemas.mensagens.odonto import dente_ou_regiao

_ALGARISMOS_DO_CPF: Final = 11


@coletor_em_pausa()
def escrever_odonto(demonstrativo: DemonstrativoOdonto, *, transacao: Transacao) -> bytes:
    """A message of one statement, all that it has room for. The number of the statement has at most 12 digits here.

    An item's liberado is at most 99,999.99 in every version. Raises NaoCabeNaVersao and VersaoIndisponivel as
    `escrever_analise`.
    """
    cabecalho = demonstrativo.cabecalho
    return comum.mensagem(
        "DEMONSTRATIVO_ODONTOLOGIA",
        cabecalho.versao,
        transacao,
        cabecalho.operadora.registro_ans,
        cabecalho.contratado,
        {"demonstrativoPagamentoOdonto": _demonstrativo(demonstrativo)},
    )


def _demonstrativo(de: DemonstrativoOdonto) -> Arvore:
    return {
        "cabecalhoDemonstrativoOdonto": _cabecalho(de),
        "dadosPrestador": _prestador(de.cabecalho.contratado),
        "dadosPagamentoPorData": [_data(data) for data in de.datas],
        "totaisBrutoDemonstrativo": {
            "valorInformadoPorDemonstrativoData": de.valores.informado,
            "valorlProcessadoPorDemonstrativo": de.valores.processado,
            "valorlGlosaPorDemonstrativo": de.valores.glosa,
            "valoFranquiaPorDemonstrativo": de.valores.franquia,
            "valorLiberadoPorDemonstrativo": de.valores.liberado,
        },
        "debCredDemonstrativo": _descontos(comum.debitos_e_creditos(de.debitos_e_creditos)),
        "totalDebitosDemonstativo": de.liquido.debitos,
        "totalCreditosDemonstrativo": de.liquido.creditos,
        "valorRecebidoDemonstrativo": de.liquido.a_receber,
        "observacao": TextoLivre(de.observacao),
    }


def _cabecalho(de: DemonstrativoOdonto) -> Arvore:
    cabecalho: CabecalhoDoDemonstrativo = de.cabecalho
    return {
        "registroANS": cabecalho.operadora.registro_ans,
        "numeroDemonstrativo": cabecalho.numero,
        "nomeOperadora": TextoLivre(cabecalho.operadora.nome),
        "cnpjOper": cabecalho.operadora.cnpj,
        "periodoProc": {"datainicio": de.de, "datafim": de.ate},
    }


def _prestador(de: Contratado) -> Arvore:
    nome = "cpfContratado" if len(de.documento) == _ALGARISMOS_DO_CPF else "cnpjPrestador"
    return {"codigoPrestador": de.codigo, "cpfCNPJContratado": {nome: de.documento}}


def _data(de: PagamentoOdontoDaData) -> Arvore:
    return {
        "dadosPagamento": {"dataPagamento": de.data, **_conta(de.conta)},
        "protocolos": [_protocolo(protocolo) for protocolo in de.protocolos],
        "totaisPorData": {
            "valorBrutonformadoPorData": de.valores.informado,
            "valorBrutoProcessadoPorData": de.valores.processado,
            "valorBrutoGlosaPorData": de.valores.glosa,
            "valorBrutoFranquiaPorData": de.valores.franquia,
            "valorBrutoLiberadoPorData": de.valores.liberado,
        },
        "debCredPorDataPagamento": _descontos(comum.debitos_e_creditos(de.debitos_e_creditos)),
        "totalLiquidoPorData": {
            "valorTotalDebitosPorData": de.liquido.debitos,
            "valorTotalCreditosPorData": de.liquido.creditos,
            "valorFinalAReceberPorData": de.liquido.a_receber,
        },
    }


def _conta(de: ContaDePagamento) -> Arvore:
    return {"banco": de.banco, "agencia": de.agencia, "conta": de.conta}


def _descontos(lancamentos: list[Arvore]) -> Arvore | None:
    return {"descontos": lancamentos} if lancamentos else None


def _protocolo(de: ProtocoloOdontoPago) -> Arvore:
    return {
        "numeroLote": de.lote,
        "numeroProtocolo": de.numero,
        "dadosPagamentoGuia": [_guia(guia) for guia in de.guias],
        "totaisPorProtocolo": {
            "valorTotalInformadoPorProtocolo": de.valores.informado,
            "valorTotalProcessadoPorProtocolo": de.valores.processado,
            "valorTotalGlosaPorProtocolo": de.valores.glosa,
            "valorTotalFranquiaPorProtocolo": de.valores.franquia,
            "valorTotalLiberadoPorProtocolo": de.valores.liberado,
        },
    }


def _guia(de: GuiaOdontoPaga) -> Arvore:
    return {
        "numeroGuiaPrestador": de.numero_do_prestador,
        "numeroGuiaOperadora": de.numero_da_operadora,
        "recurso": "S" if de.recurso else "N",
        "nomeExecutante": TextoLivre(de.executante),
        "carteiraBeneficiario": de.numero_carteira,
        "dadosPagamento": [_item(item) for item in de.itens],
        "observacaoGuia": TextoLivre(de.observacao),
        "valorTotalInformadoGuia": de.valores.informado,
        "valorTotalProcessadoGuia": de.valores.processado,
        "valorTotalGlosaGuia": de.valores.glosa,
        "valorTotalFranquiaGuia": de.valores.franquia,
        "valorTotalLiberadoGuia": de.valores.liberado,
    }


def _item(de: ItemOdontoPago) -> Arvore:
    return {
        "sequencialItem": de.sequencial,
        "procedimento": {
            "codigoTabela": de.tabela,
            "codigoProcedimento": de.codigo,
            "descricaoProcedimento": TextoLivre(de.descricao),
        },
        "denteRegiao": dente_ou_regiao(de.dente_ou_regiao),
        "denteFace": de.face,
        "dataRealizacao": de.data,
        "qtdProc": de.quantidade,
        "valorInformado": de.valores.informado,
        "valorProcessado": de.valores.processado,
        "valorGlosaEstorno": de.valores.glosa,
        "valorFranquia": de.valores.franquia,
        "valorLiberado": de.valores.liberado,
        "codigosGlosa": de.glosas,
    }
