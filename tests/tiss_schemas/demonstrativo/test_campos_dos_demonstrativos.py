"""Each numbered field of the forms stands where the standard wants it, by the names that the standard gives it."""

from __future__ import annotations

import pytest

from tests.tiss_schemas.demonstrativo.apoio import TRANSACAO
from tests.tiss_schemas.demonstrativo.test_escrita_de_demonstrativos import textos
from tiss_schemas.demonstrativo.escrita import escrever_analise, escrever_odonto, escrever_pagamento
from tiss_schemas.exemplos_demonstrativo import (
    Glosas,
    exemplo_de_analise,
    exemplo_de_odonto,
    exemplo_de_pagamento,
)

ANALISE = exemplo_de_analise(tipo="internacao", itens=2, glosas=Glosas.TOTAL)
PROTOCOLO = ANALISE.protocolos[0]
GUIA = PROTOCOLO.guias[0]
ITEM = GUIA.itens[1]
_DAC = "demonstrativoAnaliseConta"
_PROTOCOLO = f"{_DAC}/dadosConta/dadosProtocolo"
_GUIA = f"{_PROTOCOLO}/relacaoGuias"
_ITEM = f"{_GUIA}/detalhesGuia"

CAMPOS_DA_ANALISE = [
    (1, f"{_DAC}/cabecalhoDemonstrativo/registroANS", "331988"),
    (2, f"{_DAC}/cabecalhoDemonstrativo/numeroDemonstrativo", "1"),
    (3, f"{_DAC}/cabecalhoDemonstrativo/nomeOperadora", "Operadora Fictícia Sul"),
    (4, f"{_DAC}/cabecalhoDemonstrativo/numeroCNPJ", ANALISE.cabecalho.operadora.cnpj),
    (5, f"{_DAC}/cabecalhoDemonstrativo/dataEmissao", "2026-03-20"),
    (6, f"{_DAC}/dadosPrestador/dadosContratado/codigoPrestadorNaOperadora", "000123"),
    (8, f"{_DAC}/dadosPrestador/CNES", "2345678"),
    (9, f"{_PROTOCOLO}/numeroLotePrestador", "000412"),
    (10, f"{_PROTOCOLO}/numeroProtocolo", "2026000101"),
    (11, f"{_PROTOCOLO}/dataProtocolo", "2026-02-03"),
    (13, f"{_PROTOCOLO}/situacaoProtocolo", "5"),
    (14, f"{_GUIA}/numeroGuiaPrestador", GUIA.numero_do_prestador),
    (15, f"{_GUIA}/numeroGuiaOperadora", GUIA.numero_da_operadora),
    (16, f"{_GUIA}/senha", GUIA.senha),
    (18, f"{_GUIA}/numeroCarteira", GUIA.numero_carteira),
    (19, f"{_GUIA}/dataInicioFat", "2026-01-05"),
    (20, f"{_GUIA}/horaInicioFat", "07:30:00"),
    (21, f"{_GUIA}/dataFimFat", "2026-01-09"),
    (22, f"{_GUIA}/horaFimFat", "18:05:30"),
    (24, f"{_GUIA}/situacaoGuia", "5"),
    (25, f"{_ITEM}/dataRealizacao", "2026-01-06"),
    (26, f"{_ITEM}/procedimento/codigoTabela", ITEM.tabela),
    (27, f"{_ITEM}/procedimento/codigoProcedimento", ITEM.codigo),
    (28, f"{_ITEM}/procedimento/descricaoProcedimento", ITEM.descricao),
    (30, f"{_ITEM}/valorInformado", f"{ITEM.valores.informado:.2f}"),
    (31, f"{_ITEM}/qtdExecutada", str(ITEM.quantidade)),
    (32, f"{_ITEM}/valorProcessado", f"{ITEM.valores.processado:.2f}"),
    (33, f"{_ITEM}/valorLiberado", "0.00"),
    (34, f"{_ITEM}/relacaoGlosa/valorGlosa", f"{ITEM.valores.glosa:.2f}"),
    (35, f"{_ITEM}/relacaoGlosa/tipoGlosa", "1705"),
    (0, f"{_ITEM}/centroConsumo", "6"),
    (36, f"{_GUIA}/valorInformadoGuia", f"{GUIA.valores.informado:.2f}"),
    (37, f"{_GUIA}/valorProcessadoGuia", f"{GUIA.valores.processado:.2f}"),
    (38, f"{_GUIA}/valorLiberadoGuia", "0.00"),
    (39, f"{_GUIA}/valorGlosaGuia", f"{GUIA.valores.glosa:.2f}"),
    (0, f"{_GUIA}/observacao", GUIA.observacao),
    (40, f"{_PROTOCOLO}/valorInformadoProtocolo", f"{PROTOCOLO.valores.informado:.2f}"),
    (41, f"{_PROTOCOLO}/valorProcessadoProtocolo", f"{PROTOCOLO.valores.processado:.2f}"),
    (42, f"{_PROTOCOLO}/valorLiberadoProtocolo", "0.00"),
    (43, f"{_PROTOCOLO}/valorGlosaProtocolo", f"{PROTOCOLO.valores.glosa:.2f}"),
    (44, f"{_DAC}/valorInformadoGeral", f"{ANALISE.valores.informado:.2f}"),
    (45, f"{_DAC}/valorProcessadoGeral", f"{ANALISE.valores.processado:.2f}"),
    (46, f"{_DAC}/valorLiberadoGeral", "0.00"),
    (47, f"{_DAC}/valorGlosaGeral", f"{ANALISE.valores.glosa:.2f}"),
    (0, f"{_DAC}/observacao", ANALISE.observacao),
]

ESCRITA = escrever_analise([ANALISE], transacao=TRANSACAO)


@pytest.mark.parametrize(("numero", "caminho", "valor"), CAMPOS_DA_ANALISE, ids=lambda v: str(v))
def test_a_field_of_the_analysis_stands_in_its_place(numero: int, caminho: str, valor: str) -> None:
    assert textos(ESCRITA, caminho)[-1] == valor


def test_a_whole_guide_refused_has_its_codes() -> None:
    xml = escrever_analise([exemplo_de_analise(glosas=Glosas.GUIA)], transacao=TRANSACAO)
    assert textos(xml, f"{_GUIA}/motivoGlosaGuia/codigoGlosa") == ["1304", "2505"]


def test_a_whole_protocol_refused_has_its_code_in_an_element_with_a_capital() -> None:
    xml = escrever_analise([exemplo_de_analise(glosas=Glosas.PROTOCOLO)], transacao=TRANSACAO)
    assert textos(xml, f"{_PROTOCOLO}/GlosaProtocolo/codigoGlosa") == ["1304"]
    assert textos(xml, f"{_PROTOCOLO}/GlosaProtocolo/descricaoGlosa") == [
        "Lote apresentado fora do calendário do contrato"
    ]


def test_who_took_part_is_said_of_fees() -> None:
    xml = escrever_analise([exemplo_de_analise(tipo="honorarios", itens=1)], transacao=TRANSACAO)
    assert textos(xml, f"{_ITEM}/grauParticipacao") == ["00"]


def test_an_item_with_two_glosas_lists_both() -> None:
    xml = escrever_analise([exemplo_de_analise(itens=1, glosas=Glosas.TOTAL)], transacao=TRANSACAO)
    assert textos(xml, f"{_ITEM}/relacaoGlosa/tipoGlosa") == ["1705", "1801"]


def test_no_name_of_a_person_is_in_the_xml() -> None:
    demonstrativo = exemplo_de_analise()
    guia = demonstrativo.protocolos[0].guias[0]
    xml = escrever_analise([demonstrativo], transacao=TRANSACAO).decode("iso-8859-1")
    assert guia.beneficiario not in xml
    assert guia.nome_social not in xml


PAGAMENTO = exemplo_de_pagamento(guias=7)
DATA = PAGAMENTO.datas[0]
PAGO = DATA.protocolos[-1]
PAGA = PAGO.guias[-1]
_DATA = "demonstrativoPagamento/pagamentos/pagamentosPorData"
_PAGO = f"{_DATA}/dadosResumo/relacaoProtocolos"
_TOTAIS = "demonstrativoPagamento/totaisDemonstrativo"


@pytest.mark.parametrize(
    ("caminho", "valor"),
    [
        ("demonstrativoPagamento/dadosContratado/dadosPrestador/codigoPrestadorNaOperadora", "000123"),
        ("demonstrativoPagamento/dadosContratado/CNES", "2345678"),
        (f"{_DATA}/dadosPagamento/dataPagamento", "2026-03-30"),
        (f"{_DATA}/dadosPagamento/formaPagamento", "1"),
        (f"{_DATA}/dadosPagamento/banco", "0001"),
        (f"{_DATA}/dadosPagamento/agencia", "12345"),
        (f"{_DATA}/dadosPagamento/nrContaCheque", "00067890-1"),
        (f"{_PAGO}/dataProtocolo", "2026-02-04"),
        (f"{_PAGO}/numeroProtocolo", "2026000102"),
        (f"{_PAGO}/numeroLote", "000413"),
        (f"{_PAGO}/valorInformado", PAGO.valores.informado),
        (f"{_PAGO}/valorProcessado", PAGO.valores.processado),
        (f"{_PAGO}/valorLiberado", PAGO.valores.liberado),
        (f"{_PAGO}/valorGlosa", PAGO.valores.glosa),
        (f"{_PAGO}/guiasDoLote/numeroGuiaPrestador", PAGA.numero_do_prestador),
        (f"{_PAGO}/guiasDoLote/tipoPagamento", "2"),
        (f"{_PAGO}/guiasDoLote/valorProcessadoGuia", PAGA.valores.processado),
        (f"{_PAGO}/guiasDoLote/valorLiberadoGuia", PAGA.valores.liberado),
        (f"{_PAGO}/guiasDoLote/valorGlosaGuia", PAGA.valores.glosa),
        (f"{_DATA}/totaisBrutosPorData/totalInformadoPorData", DATA.valores.informado),
        (f"{_DATA}/totaisBrutosPorData/totalProcessadoPorData", DATA.valores.processado),
        (f"{_DATA}/totaisBrutosPorData/totaLiberadoPorData", DATA.valores.liberado),
        (f"{_DATA}/totaisBrutosPorData/totalGlosaPorData", DATA.valores.glosa),
        (f"{_DATA}/debitosCreditosPorData/debitosCreditos/indicador", "1"),
        (f"{_DATA}/debitosCreditosPorData/debitosCreditos/tipoDebitoCredito", "02"),
        (f"{_DATA}/debitosCreditosPorData/debitosCreditos/descricaoDbCr", "ISS 2%"),
        (f"{_DATA}/totaisLiquidosPorData/totalDebitosPorData", DATA.liquido.debitos),
        (f"{_DATA}/totaisLiquidosPorData/totalCreditosPorData", "0.00"),
        (f"{_DATA}/totaisLiquidosPorData/liquidoPorData", DATA.liquido.a_receber),
        (f"{_TOTAIS}/totaisBrutosDemonstrativo/valorInformadoBruto", PAGAMENTO.valores.informado),
        (f"{_TOTAIS}/totaisBrutosDemonstrativo/valorProcessadoBruto", PAGAMENTO.valores.processado),
        (f"{_TOTAIS}/totaisBrutosDemonstrativo/valorLiberadoBruto", PAGAMENTO.valores.liberado),
        (f"{_TOTAIS}/totaisBrutosDemonstrativo/valorGlosaBruto", PAGAMENTO.valores.glosa),
        (f"{_TOTAIS}/debitosCreditosDemonstrativo/valorDbCr", "12.34"),
        (f"{_TOTAIS}/totaisLiquidosDemonstrativo/totalDebitosDemonstrativo", PAGAMENTO.liquido.debitos),
        (f"{_TOTAIS}/totaisLiquidosDemonstrativo/totalCreditosdemonstrativo", "12.34"),
        (f"{_TOTAIS}/totaisLiquidosDemonstrativo/valorLiberadoDemonstrativo", PAGAMENTO.liquido.a_receber),
        ("demonstrativoPagamento/observacao", "Crédito em conta até as 18h."),
    ],
)
def test_a_field_of_the_payment_stands_in_its_place(caminho: str, valor: object) -> None:
    assert textos(escrever_pagamento(PAGAMENTO, transacao=TRANSACAO), caminho)[-1] == str(valor)


ODONTO = exemplo_de_odonto()
DIA = ODONTO.datas[0]
DENTARIO = DIA.protocolos[0]
DENTAL = DENTARIO.guias[0]
_ODONTO = "demonstrativoPagamentoOdonto"
_DIA = f"{_ODONTO}/dadosPagamentoPorData"
_DENTAL = f"{_DIA}/protocolos/dadosPagamentoGuia"


@pytest.mark.parametrize(
    ("caminho", "valor"),
    [
        (f"{_ODONTO}/cabecalhoDemonstrativoOdonto/cnpjOper", ODONTO.cabecalho.operadora.cnpj),
        (f"{_ODONTO}/cabecalhoDemonstrativoOdonto/periodoProc/datainicio", "2026-02-01"),
        (f"{_ODONTO}/cabecalhoDemonstrativoOdonto/periodoProc/datafim", "2026-02-28"),
        (f"{_ODONTO}/dadosPrestador/codigoPrestador", "000123"),
        (f"{_ODONTO}/dadosPrestador/cpfCNPJContratado/cnpjPrestador", ODONTO.cabecalho.contratado.documento),
        (f"{_DIA}/dadosPagamento/conta", "00067890-1"),
        (f"{_DENTAL}/recurso", "N"),
        (f"{_DENTAL}/nomeExecutante", DENTAL.executante),
        (f"{_DENTAL}/dadosPagamento/denteRegiao/codDente", "11"),
        (f"{_DENTAL}/dadosPagamento/valorGlosaEstorno", DENTAL.itens[0].valores.glosa),
        (f"{_DENTAL}/dadosPagamento/codigosGlosa", "1705"),
        (f"{_DENTAL}/valorTotalFranquiaGuia", DENTAL.valores.franquia),
        (f"{_DIA}/protocolos/totaisPorProtocolo/valorTotalLiberadoPorProtocolo", DENTARIO.valores.liberado),
        (f"{_DIA}/totaisPorData/valorBrutonformadoPorData", DIA.valores.informado),
        (f"{_DIA}/debCredPorDataPagamento/descontos/descricaoDbCr", "IRRF 1,5%"),
        (f"{_DIA}/totalLiquidoPorData/valorFinalAReceberPorData", DIA.liquido.a_receber),
        (f"{_ODONTO}/totaisBrutoDemonstrativo/valorInformadoPorDemonstrativoData", ODONTO.valores.informado),
        (f"{_ODONTO}/totaisBrutoDemonstrativo/valorlProcessadoPorDemonstrativo", ODONTO.valores.processado),
        (f"{_ODONTO}/totaisBrutoDemonstrativo/valorlGlosaPorDemonstrativo", ODONTO.valores.glosa),
        (f"{_ODONTO}/totaisBrutoDemonstrativo/valoFranquiaPorDemonstrativo", ODONTO.valores.franquia),
        (f"{_ODONTO}/debCredDemonstrativo/descontos/valorDbCr", "1.50"),
        (f"{_ODONTO}/totalDebitosDemonstativo", ODONTO.liquido.debitos),
        (f"{_ODONTO}/valorRecebidoDemonstrativo", ODONTO.liquido.a_receber),
    ],
)
def test_a_field_of_the_dental_payment_stands_in_its_place(caminho: str, valor: object) -> None:
    assert textos(escrever_odonto(ODONTO, transacao=TRANSACAO), caminho)[0] == str(valor)
