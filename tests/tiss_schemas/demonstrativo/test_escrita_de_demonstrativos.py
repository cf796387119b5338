"""Statements are valid in every version, and read back as what they were written from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from lxml import etree

from tests.tiss_schemas.demonstrativo import estrategias
from tests.tiss_schemas.demonstrativo.apoio import (
    TIPOS,
    TRANSACAO,
    VERSOES,
    analise_no_xml,
    odonto_no_xml,
    pagamento_no_xml,
    valida,
)
from tiss_schemas.demonstrativo.escrita import (
    Transacao,
    escrever_analise,
    escrever_odonto,
    escrever_pagamento,
    escrever_situacao_demonstrativo,
)
from tiss_schemas.demonstrativo.leitura import ler_analise, ler_odonto, ler_pagamento
from tiss_schemas.demonstrativo.valores import (
    DemonstrativoDeAnalise,
    DemonstrativoDePagamento,
    DemonstrativoOdonto,
    SituacaoDoDemonstrativo,
    TipoDeDemonstrativo,
)
from tiss_schemas.espacos import NS
from tiss_schemas.exemplos_demonstrativo import (
    Glosas,
    exemplo_de_analise,
    exemplo_de_cabecalho,
    exemplo_de_odonto,
    exemplo_de_pagamento,
)

versao = pytest.mark.parametrize("versao", VERSOES)


def textos(xml: bytes, caminho: str) -> list[str]:
    """What stands at a path of the message, by plain XPath; steps without a prefix are ANS's."""
    passos = "/".join(passo if passo in {"", ".."} else f"ans:{passo}" for passo in caminho.split("/"))
    return [elemento.text or "" for elemento in etree.fromstring(xml).findall(f".//{passos}", NS)]


@versao
@pytest.mark.parametrize("glosas", Glosas)
@pytest.mark.parametrize("tipo", TIPOS)
@pytest.mark.parametrize("itens", [3, 0])
def test_an_analysis_reads_back_to_the_same_values(versao: str, tipo: str, glosas: Glosas, itens: int) -> None:
    demonstrativo = exemplo_de_analise(versao, tipo=tipo, glosas=glosas, protocolos=2, guias=2, itens=itens)
    xml = valida(versao, escrever_analise([demonstrativo], transacao=TRANSACAO))
    assert ler_analise(xml) == (analise_no_xml(demonstrativo),)


@versao
@pytest.mark.parametrize("glosas", Glosas)
def test_a_protocol_may_be_listed_without_guides(versao: str, glosas: Glosas) -> None:
    demonstrativo = exemplo_de_analise(versao, glosas=glosas, guias=0)
    xml = valida(versao, escrever_analise([demonstrativo], transacao=TRANSACAO))
    assert ler_analise(xml) == (analise_no_xml(demonstrativo),)


@versao
def test_thirty_statements_stand_in_one_message_in_their_order(versao: str) -> None:
    demonstrativos = [exemplo_de_analise(versao, numero=n, semente=n) for n in range(1, 31)]
    xml = valida(versao, escrever_analise(demonstrativos, transacao=TRANSACAO))
    assert [lido.cabecalho.numero for lido in ler_analise(xml)] == list(range(1, 31))


@pytest.mark.parametrize("quantos", [0, 31])
def test_more_than_thirty_or_none_do_not(quantos: int) -> None:
    with pytest.raises(ValueError, match="de 1 a 30"):
        escrever_analise([exemplo_de_analise()] * quantos, transacao=TRANSACAO)


def test_those_of_one_message_are_of_one_version() -> None:
    with pytest.raises(ValueError, match="mesma operadora, prestador e versão"):
        escrever_analise([exemplo_de_analise("4.02.00"), exemplo_de_analise("4.03.00")], transacao=TRANSACAO)


@versao
def test_a_payment_reads_back_to_the_same_values(versao: str) -> None:
    demonstrativo = exemplo_de_pagamento(versao, datas=2, protocolos=3, guias=8)
    xml = valida(versao, escrever_pagamento(demonstrativo, transacao=TRANSACAO))
    assert ler_pagamento(xml) == pagamento_no_xml(demonstrativo)


@versao
def test_a_dental_payment_reads_back_to_the_same_values(versao: str) -> None:
    demonstrativo = exemplo_de_odonto(versao, datas=2, protocolos=2, guias=8, itens=5)
    xml = valida(versao, escrever_odonto(demonstrativo, transacao=TRANSACAO))
    assert ler_odonto(xml) == odonto_no_xml(demonstrativo)


@settings(max_examples=40, deadline=None)
@given(demonstrativo=estrategias.analises())
def test_whatever_an_analysis_says_is_valid_and_reads_back(demonstrativo: DemonstrativoDeAnalise) -> None:
    xml = valida(demonstrativo.cabecalho.versao, escrever_analise([demonstrativo], transacao=TRANSACAO))
    assert ler_analise(xml) == (analise_no_xml(demonstrativo),)


@settings(max_examples=40, deadline=None)
@given(demonstrativo=estrategias.pagamentos())
def test_whatever_a_payment_says_is_valid_and_reads_back(demonstrativo: DemonstrativoDePagamento) -> None:
    xml = valida(demonstrativo.cabecalho.versao, escrever_pagamento(demonstrativo, transacao=TRANSACAO))
    assert ler_pagamento(xml) == pagamento_no_xml(demonstrativo)


@settings(max_examples=40, deadline=None)
@given(demonstrativo=estrategias.odontos())
def test_whatever_a_dental_payment_says_is_valid_and_reads_back(demonstrativo: DemonstrativoOdonto) -> None:
    xml = valida(demonstrativo.cabecalho.versao, escrever_odonto(demonstrativo, transacao=TRANSACAO))
    assert ler_odonto(xml) == odonto_no_xml(demonstrativo)


def test_the_same_values_are_the_same_bytes() -> None:
    demonstrativo = exemplo_de_analise(guias=3)
    assert escrever_analise([demonstrativo], transacao=TRANSACAO) == escrever_analise(
        [demonstrativo], transacao=TRANSACAO
    )


@versao
@pytest.mark.parametrize("tipo", TipoDeDemonstrativo)
def test_who_asks_too_early_is_told_how_far_the_protocol_is(versao: str, tipo: TipoDeDemonstrativo) -> None:
    situacao = SituacaoDoDemonstrativo(
        versao=versao,
        registro_ans="331988",
        contratado=exemplo_de_cabecalho().contratado,
        tipo=tipo,
        protocolo=2026000101,
        solicitacao="55",
        data=date(2026, 3, 20),
        situacao=2,
    )
    xml = valida(versao, escrever_situacao_demonstrativo(situacao, transacao=TRANSACAO))
    assert textos(xml, "situacaoDemonstrativoRetorno/situacaoDemonstrativo") == ["2"]
    assert textos(xml, "situacaoDemonstrativoRetorno/tipoDemonstrativo") == [tipo]


def test_the_header_says_who_writes_to_whom() -> None:
    momento = Transacao(sequencial="9001", momento=datetime(2026, 3, 20, 9, 8, 7))
    xml = escrever_analise([exemplo_de_analise()], transacao=momento)
    assert textos(xml, "identificacaoTransacao/tipoTransacao") == ["DEMONSTRATIVO_ANALISE_CONTA"]
    assert textos(xml, "identificacaoTransacao/sequencialTransacao") == ["9001"]
    assert textos(xml, "identificacaoTransacao/dataRegistroTransacao") == ["2026-03-20"]
    assert textos(xml, "identificacaoTransacao/horaRegistroTransacao") == ["09:08:07"]
    assert textos(xml, "origem/registroANS") == ["331988"]
    assert textos(xml, "destino/identificacaoPrestador/codigoPrestadorNaOperadora") == ["000123"]


@pytest.mark.parametrize(
    ("versao", "situacao", "escrita"),
    [
        ("4.03.00", 10, "10"),
        ("4.02.00", 10, "10"),
        ("4.01.00", 10, "5"),
        ("4.01.00", 9, "9"),
        ("4.00.01", 10, "5"),
        ("4.00.01", 9, "4"),
        ("4.00.01", 8, "8"),
    ],
)
def test_a_situation_that_came_later_is_said_by_the_nearest_older_one(versao: str, situacao: int, escrita: str) -> None:
    if versao not in VERSOES:
        pytest.skip(f"os arquivos da versão {versao} não estão à mão")
    demonstrativo = exemplo_de_analise(versao)
    protocolo = demonstrativo.protocolos[0]
    guia = replace(protocolo.guias[0], situacao=situacao)
    protocolo = replace(protocolo, situacao=situacao, guias=(guia,))
    xml = valida(versao, escrever_analise([replace(demonstrativo, protocolos=(protocolo,))], transacao=TRANSACAO))
    assert textos(xml, "situacaoProtocolo") == [escrita]
    assert textos(xml, "situacaoGuia") == [escrita]
