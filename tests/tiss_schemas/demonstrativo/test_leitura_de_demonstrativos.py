"""Only a valid message of the right kind is read, and who sends another is told what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.tiss_schemas.demonstrativo.apoio import TRANSACAO
from tiss_schemas.demonstrativo.escrita import escrever_analise, escrever_odonto, escrever_pagamento
from tiss_schemas.demonstrativo.leitura import (
    ArquivoRecusado,
    MensagemInvalida,
    ler_analise,
    ler_odonto,
    ler_pagamento,
)
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.exemplos_demonstrativo import Glosas, exemplo_de_analise, exemplo_de_odonto, exemplo_de_pagamento
from tiss_schemas.hash import calcular
from tiss_schemas.leitura import ler

ANALISE = escrever_analise([exemplo_de_analise()], transacao=TRANSACAO)
PAGAMENTO = escrever_pagamento(exemplo_de_pagamento(), transacao=TRANSACAO)
ODONTO = escrever_odonto(exemplo_de_odonto(), transacao=TRANSACAO)


def trocada(xml: bytes, de: str, por: str) -> bytes:
    """The message with another text in it, and the hash that goes with it."""
    assert de.encode() in xml
    mudada = xml.replace(de.encode(), por.encode())
    certo = calcular(ler(mudada).raiz)
    return re.sub(rb"<ans:hash>\w+</ans:hash>", f"<ans:hash>{certo}</ans:hash>".encode(), mudada)


@pytest.mark.parametrize("ler_um", [ler_analise, ler_pagamento, ler_odonto])
@pytest.mark.parametrize("conteudo", [b"", b"%PDF-1.7", b"<a/>", b"<!DOCTYPE a []><a/>", b"PK\x03\x04"])
def test_what_is_no_message_is_not_read(ler_um: Callable[[bytes], object], conteudo: bytes) -> None:
    with pytest.raises(ArquivoRecusado):
        ler_um(conteudo)


@pytest.mark.parametrize(
    ("ler_um", "xml", "frase"),
    [
        (ler_analise, PAGAMENTO, "não traz demonstrativo de análise"),
        (ler_pagamento, ODONTO, "não traz demonstrativo de pagamento"),
        (ler_odonto, ANALISE, "não traz demonstrativo odontológico"),
        (ler_analise, lote_exemplo(), "é de outro tipo, ENVIO_LOTE_GUIAS"),
    ],
)
def test_a_message_of_another_kind_is_told(ler_um: Callable[[bytes], object], xml: bytes, frase: str) -> None:
    with pytest.raises(MensagemInvalida, match=frase):
        ler_um(xml)


def test_a_message_that_was_changed_after_it_was_written_is_not_read() -> None:
    with pytest.raises(MensagemInvalida, match="hash do epílogo não confere"):
        ler_analise(ANALISE.replace(b"<ans:numeroLotePrestador>000412<", b"<ans:numeroLotePrestador>000413<"))


def test_a_message_that_its_schema_refuses_is_not_read_and_says_where() -> None:
    with pytest.raises(MensagemInvalida, match="não segue o padrão TISS") as erro:
        ler_analise(trocada(ANALISE, "<ans:numeroLotePrestador>000412</ans:numeroLotePrestador>", ""))
    assert [achado.tipo for achado in erro.value.achados] == ["faltando"]


def test_a_version_that_is_not_at_hand_is_not_read() -> None:
    with pytest.raises(MensagemInvalida, match=r"versão 9\.99\.00"):
        ler_analise(trocada(ANALISE, "<ans:Padrao>4.03.00<", "<ans:Padrao>9.99.00<"))


def test_a_protocol_that_is_no_number_is_told() -> None:
    with pytest.raises(MensagemInvalida, match="O número de protocolo “2026-101” não é um número"):
        ler_analise(trocada(ANALISE, ">2026000101<", ">2026-101<"))


def test_a_date_that_no_calendar_has_is_told() -> None:
    with pytest.raises(MensagemInvalida, match="“-2026-02-03” não é um valor possível"):
        ler_analise(trocada(ANALISE, ">2026-02-03<", ">-2026-02-03<"))


def test_amounts_of_glosa_that_are_left_out_are_what_is_left_between_the_other_two() -> None:
    demonstrativo = exemplo_de_analise(glosas=Glosas.TOTAL, itens=0)
    xml = escrever_analise([demonstrativo], transacao=TRANSACAO)
    sem = re.sub(rb"<ans:valorGlosa(Guia|Protocolo|Geral)>[0-9.]+</ans:valorGlosa\1>", b"", xml)
    assert sem != xml
    (lido,) = ler_analise(trocada(sem, ">000412<", ">000412<"))
    assert lido.valores.glosa == demonstrativo.valores.glosa != Decimal(0)
    assert lido.protocolos[0].guias[0].valores == demonstrativo.protocolos[0].guias[0].valores


def test_utf_8_is_read_too() -> None:
    texto = ANALISE.decode("iso-8859-1").replace("ISO-8859-1", "UTF-8")
    assert ler_analise(texto.encode()) == ler_analise(ANALISE)
