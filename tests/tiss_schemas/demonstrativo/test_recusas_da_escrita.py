"""What a version has no room for is refused with its place, free texts are cut, and strange characters replaced."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tests.tiss_schemas.demonstrativo.apoio import TRANSACAO, VERSOES, valida
from tests.tiss_schemas.demonstrativo.test_escrita_de_demonstrativos import textos
from tiss_schemas.demonstrativo.escrita import (
    NaoCabeNaVersao,
    Transacao,
    VersaoIndisponivel,
    escrever_analise,
    escrever_odonto,
    escrever_pagamento,
)
from tiss_schemas.demonstrativo.valores import (
    DemonstrativoDeAnalise,
    GlosaDoItem,
    GuiaAnalisada,
    ItemAnalisado,
    ProtocoloAnalisado,
    Valores,
)
from tiss_schemas.exemplos_demonstrativo import Glosas, exemplo_de_analise, exemplo_de_odonto, exemplo_de_pagamento
from tiss_schemas.mensagens.folhas import Motivo, cortar

MILHAO = Valores(informado=Decimal(10**6), processado=Decimal(10**6), liberado=Decimal(10**6))
ANTIGA = "4.01.00"
so_com_a_antiga = pytest.mark.skipif(ANTIGA not in VERSOES, reason="os arquivos da versão não estão à mão")


def com_item(versao: str = "4.03.00", **campos: Any) -> DemonstrativoDeAnalise:
    """A statement of one item, changed."""
    return _com(versao, lambda guia: replace(guia, itens=(replace(guia.itens[0], **campos),)))


def com_guia(versao: str = "4.03.00", **campos: Any) -> DemonstrativoDeAnalise:
    """A statement of one guide, changed."""
    return _com(versao, lambda guia: replace(guia, **campos))


def com_protocolo(versao: str = "4.03.00", **campos: Any) -> DemonstrativoDeAnalise:
    """A statement of one protocol, changed."""
    demonstrativo = exemplo_de_analise(versao, itens=1)
    return replace(demonstrativo, protocolos=(replace(demonstrativo.protocolos[0], **campos),))


def com_operadora(versao: str = "4.03.00", **campos: Any) -> DemonstrativoDeAnalise:
    """A statement of an operadora, changed."""
    demonstrativo = exemplo_de_analise(versao, itens=1)
    operadora = replace(demonstrativo.cabecalho.operadora, **campos)
    return replace(demonstrativo, cabecalho=replace(demonstrativo.cabecalho, operadora=operadora))


def _com(versao: str, mudar: Callable[[GuiaAnalisada], GuiaAnalisada]) -> DemonstrativoDeAnalise:
    demonstrativo = exemplo_de_analise(versao, itens=1)
    protocolo: ProtocoloAnalisado = demonstrativo.protocolos[0]
    protocolo = replace(protocolo, guias=(mudar(protocolo.guias[0]),))
    return replace(demonstrativo, protocolos=(protocolo,))


def recusa(demonstrativo: DemonstrativoDeAnalise) -> NaoCabeNaVersao:
    """Why it cannot be written."""
    with pytest.raises(NaoCabeNaVersao) as erro:
        escrever_analise([demonstrativo], transacao=TRANSACAO)
    return erro.value


@so_com_a_antiga
def test_an_amount_that_an_older_version_has_no_room_for_is_refused_with_its_place() -> None:
    erro = recusa(com_item(ANTIGA, valores=MILHAO, glosas=()))
    assert (erro.motivo, erro.campo, erro.versao) == (Motivo.GRANDE, "valorInformado", ANTIGA)
    assert erro.lugar == "protocolo 2026000101, guia 20301004, item 1"
    assert erro.frase.startswith(
        "O XML não pode ser escrito na versão 4.01.00 do padrão TISS (protocolo 2026000101, guia 20301004, item 1): "
    )
    assert "“Valor informado”: 1.000.000,00 passa do máximo, 999.999,99" in erro.frase


def test_the_same_amount_has_room_since_4_02_00() -> None:
    demonstrativo = com_item("4.02.00", valores=MILHAO, glosas=())
    assert textos(valida("4.02.00", escrever_analise([demonstrativo], transacao=TRANSACAO)), "valorInformado") == [
        "1000000.00"
    ]


@so_com_a_antiga
def test_a_glosa_of_a_newer_list_is_refused_in_an_older_version() -> None:
    nova = com_item(ANTIGA, glosas=(GlosaDoItem(codigo="3169", valor=Decimal("1.00")),))
    erro = recusa(nova)
    assert (erro.motivo, erro.campo) == (Motivo.CODIGO, "tipoGlosa")


@pytest.mark.parametrize(
    ("demonstrativo", "motivo", "campo"),
    [
        (com_item(valores=replace(MILHAO, informado=Decimal("1.005"))), Motivo.DECIMAIS, "valorInformado"),
        (com_item(valores=replace(MILHAO, liberado=Decimal(10**8))), Motivo.GRANDE, "valorLiberado"),
        (com_item(quantidade=Decimal("1.00001")), Motivo.DECIMAIS, "qtdExecutada"),
        (com_item(quantidade=Decimal(10**9)), Motivo.GRANDE, "qtdExecutada"),
        (com_item(sequencial=10_000), Motivo.GRANDE, "sequencialItem"),
        (com_item(tabela="21"), Motivo.CODIGO, "codigoTabela"),
        (com_item(codigo="12345678901"), Motivo.LONGO, "codigoProcedimento"),
        (com_item(descricao=""), Motivo.FALTA, "descricaoProcedimento"),
        (com_item(descricao=" \n "), Motivo.FALTA, "descricaoProcedimento"),
        (com_item(grau_de_participacao="99"), Motivo.CODIGO, "grauParticipacao"),
        (com_guia(numero_carteira="0" * 21), Motivo.LONGO, "numeroCarteira"),
        (com_guia(numero_carteira=""), Motivo.FALTA, "numeroCarteira"),
        (com_guia(senha="Ω1"), Motivo.CARACTERES, "senha"),
        (com_guia(situacao=11), Motivo.CODIGO, "situacaoGuia"),
        (com_guia(glosas=("0000",)), Motivo.CODIGO, "codigoGlosa"),
        (com_protocolo(numero=10**12), Motivo.LONGO, "numeroProtocolo"),
        (com_protocolo(lote=""), Motivo.FALTA, "numeroLotePrestador"),
        (com_operadora(registro_ans="33198"), Motivo.FORMATO, "registroANS"),
        (com_operadora(registro_ans="33198A"), Motivo.FORMATO, "registroANS"),
        (com_operadora(cnpj="41.208.337/001"), Motivo.FORMATO, "numeroCNPJ"),
        (com_operadora("4.02.00", cnpj="AB208337000176"), Motivo.FORMATO, "numeroCNPJ"),
        (replace(exemplo_de_analise(), protocolos=()), Motivo.FALTA, "dadosProtocolo"),
    ],
    ids=lambda v: v.value if isinstance(v, Motivo) else v if isinstance(v, str) else "",
)
def test_what_has_no_room_is_refused(demonstrativo: DemonstrativoDeAnalise, motivo: Motivo, campo: str) -> None:
    erro = recusa(demonstrativo)
    assert (erro.motivo, erro.campo) == (motivo, campo)
    assert erro.frase == str(erro)


def test_the_header_is_refused_too() -> None:
    longa = Transacao(sequencial="1" * 13, momento=datetime(2026, 3, 20))
    with pytest.raises(NaoCabeNaVersao, match="13 caracteres"):
        escrever_analise([exemplo_de_analise()], transacao=longa)


def test_a_cnpj_with_letters_has_room_since_4_03_00() -> None:
    valida("4.03.00", escrever_analise([com_operadora(cnpj="AB208337000176")], transacao=TRANSACAO))


def test_a_protocol_paid_has_a_hundred_guides_and_no_more() -> None:
    valida("4.03.00", escrever_pagamento(exemplo_de_pagamento(guias=100), transacao=TRANSACAO))
    with pytest.raises(NaoCabeNaVersao, match="aparece 101 vezes e o máximo é 100") as erro:
        escrever_pagamento(exemplo_de_pagamento(guias=101), transacao=TRANSACAO)
    assert erro.value.motivo is Motivo.REPETIDO
    assert erro.value.lugar == "protocolo 2026000101"


def test_a_dental_item_is_paid_below_a_hundred_thousand_in_every_version() -> None:
    demonstrativo = exemplo_de_odonto(guias=1, itens=1)
    data = demonstrativo.datas[0]
    protocolo = data.protocolos[0]
    item = protocolo.guias[0].itens[0]
    caro = replace(item, valores=replace(item.valores, liberado=Decimal("100000.00")))
    guia = replace(protocolo.guias[0], itens=(caro,))
    data = replace(data, protocolos=(replace(protocolo, guias=(guia,)),))
    with pytest.raises(NaoCabeNaVersao, match=r"100\.000,00 passa do máximo, 99\.999,99"):
        escrever_odonto(replace(demonstrativo, datas=(data,)), transacao=TRANSACAO)


def test_a_bank_with_too_many_digits_is_found_by_the_day_of_its_payment() -> None:
    demonstrativo = exemplo_de_pagamento()
    data = demonstrativo.datas[0]
    data = replace(data, conta=replace(data.conta, banco="00001"))
    with pytest.raises(NaoCabeNaVersao) as erro:
        escrever_pagamento(replace(demonstrativo, datas=(data,)), transacao=TRANSACAO)
    assert (erro.value.campo, erro.value.lugar) == ("banco", "pagamento de 30/03/2026")


def test_the_number_of_a_dental_statement_has_twelve_digits() -> None:
    with pytest.raises(NaoCabeNaVersao) as erro:
        escrever_odonto(exemplo_de_odonto(numero=10**12), transacao=TRANSACAO)
    assert erro.value.campo == "numeroDemonstrativo"


def test_a_version_that_is_not_at_hand_is_named() -> None:
    with pytest.raises(VersaoIndisponivel) as erro:
        escrever_analise([exemplo_de_analise("4.99.00")], transacao=TRANSACAO)
    assert "4.99.00" in erro.value.frase


@pytest.mark.parametrize(
    ("demonstrativo", "campo", "tamanho"),
    [
        (com_item(descricao="x" * 200), "descricaoProcedimento", 150),
        (com_guia(observacao="x" * 501), "relacaoGuias/observacao", 500),
        (com_protocolo(glosa="1304", descricao_da_glosa="x" * 501), "descricaoGlosa", 500),
        (replace(exemplo_de_analise(), observacao="x" * 501), "demonstrativoAnaliseConta/observacao", 500),
        (com_operadora(nome="x" * 71), "nomeOperadora", 70),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_people_wrote_is_cut(demonstrativo: DemonstrativoDeAnalise, campo: str, tamanho: int) -> None:
    xml = valida("4.03.00", escrever_analise([demonstrativo], transacao=TRANSACAO))
    assert textos(xml, campo) == ["x" * tamanho]


def test_the_name_of_a_debit_is_cut() -> None:
    demonstrativo = exemplo_de_pagamento()
    longo = replace(demonstrativo.debitos_e_creditos[0], descricao="x" * 41)
    xml = escrever_pagamento(replace(demonstrativo, debitos_e_creditos=(longo,)), transacao=TRANSACAO)
    assert textos(valida("4.03.00", xml), "debitosCreditosDemonstrativo/descricaoDbCr") == ["x" * 40]


def test_nothing_is_cut_in_a_blank() -> None:
    assert cortar("uma palavra", 4) == "uma"
    assert cortar("uma", 3) == "uma"


def test_simple_signs_stand_for_typographic_ones_and_a_question_mark_for_what_is_left() -> None:
    demonstrativo = com_item(descricao="“Curativo” – 5 µg → 1\u00a0un\nΩ")
    xml = valida("4.03.00", escrever_analise([demonstrativo], transacao=TRANSACAO))
    assert textos(xml, "descricaoProcedimento") == ['"Curativo" - 5 µg ? 1 un ?']


def test_what_the_version_has_no_element_for_is_left_out() -> None:
    demonstrativo = exemplo_de_analise("4.02.00", tipo="internacao", itens=2, glosas=Glosas.NENHUMA)
    item: ItemAnalisado = demonstrativo.protocolos[0].guias[0].itens[1]
    assert item.centro_de_consumo == "6"
    xml = valida("4.02.00", escrever_analise([demonstrativo], transacao=TRANSACAO))
    assert textos(xml, "centroConsumo") == []
    assert textos(xml, "relacaoGuias/observacao") == []
    assert textos(xml, "demonstrativoAnaliseConta/observacao") == [demonstrativo.observacao]
