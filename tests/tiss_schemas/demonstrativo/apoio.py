"""What the tests of statements share: versions, a transaction, and what of a statement its XML holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time

from lxml import etree

from tests.esquemas import a_mao
from tiss_schemas import catalogo
from tiss_schemas.demonstrativo.escrita import Transacao
from tiss_schemas.demonstrativo.valores import (
    CabecalhoDoDemonstrativo,
    ContaDePagamento,
    DemonstrativoDeAnalise,
    DemonstrativoDePagamento,
    DemonstrativoOdonto,
    GuiaAnalisada,
    ProtocoloAnalisado,
    TipoDeCodigo,
    Valores,
)
from tiss_schemas.exemplos_demonstrativo import EMISSAO
from tiss_schemas.hash import conferir
from tiss_schemas.leitura import ler

VERSOES = a_mao("4.00.01", "4.01.00", "4.02.00", "4.03.00")
TRANSACAO = Transacao(sequencial="77", momento=datetime.combine(EMISSAO, time(10, 30, 5)))
TIPOS = ("consulta", "sadt", "internacao", "honorarios", "odonto")


def valida(versao: str, xml: bytes) -> bytes:
    """The same bytes, after they were found valid by the XSD of the version, right in their hash and in ISO-8859-1."""
    catalogo.esquema(versao).assertValid(etree.fromstring(xml))
    documento = ler(xml)
    assert conferir(documento).confere_com == "iso-8859-1"
    assert xml.startswith(b"<?xml version='1.0' encoding='ISO-8859-1'?>")
    assert documento.versao == versao
    return xml


def analise_no_xml(demonstrativo: DemonstrativoDeAnalise) -> DemonstrativoDeAnalise:
    """The statement without what is printed only, and without what its version has no place for."""
    versao = demonstrativo.cabecalho.versao
    return replace(
        demonstrativo,
        cabecalho=_cabecalho_no_xml(demonstrativo.cabecalho),
        protocolos=tuple(_protocolo_no_xml(protocolo, versao) for protocolo in demonstrativo.protocolos),
        observacao=demonstrativo.observacao if versao >= "4.02.00" else "",
    )


def pagamento_no_xml(demonstrativo: DemonstrativoDePagamento) -> DemonstrativoDePagamento:
    """The statement without what is printed only: names, and what was billed by guide."""
    datas = []
    for data in demonstrativo.datas:
        protocolos = []
        for protocolo in data.protocolos:
            guias = tuple(
                replace(guia, valores=replace(guia.valores, informado=Valores().informado)) for guia in protocolo.guias
            )
            protocolos.append(replace(protocolo, guias=guias))
        datas.append(replace(data, protocolos=tuple(protocolos)))
    return replace(demonstrativo, cabecalho=_cabecalho_no_xml(demonstrativo.cabecalho), datas=tuple(datas))


def odonto_no_xml(demonstrativo: DemonstrativoOdonto) -> DemonstrativoOdonto:
    """The statement without what is printed only: names, CNES and form of payment."""
    contratado = replace(demonstrativo.cabecalho.contratado, nome="", cnes="9999999")
    datas = []
    for data in demonstrativo.datas:
        protocolos = tuple(
            replace(protocolo, guias=tuple(replace(guia, beneficiario="") for guia in protocolo.guias))
            for protocolo in data.protocolos
        )
        conta = replace(data.conta, forma=ContaDePagamento().forma)
        datas.append(replace(data, conta=conta, protocolos=protocolos))
    return replace(demonstrativo, cabecalho=replace(demonstrativo.cabecalho, contratado=contratado), datas=tuple(datas))


def _cabecalho_no_xml(cabecalho: CabecalhoDoDemonstrativo) -> CabecalhoDoDemonstrativo:
    contratado = cabecalho.contratado
    documento = "" if contratado.tipo_de_codigo is TipoDeCodigo.CODIGO else contratado.codigo
    return replace(cabecalho, contratado=replace(contratado, nome="", documento=documento))


def _protocolo_no_xml(protocolo: ProtocoloAnalisado, versao: str) -> ProtocoloAnalisado:
    return replace(protocolo, guias=tuple(_guia_no_xml(guia, versao) for guia in protocolo.guias))


def _guia_no_xml(guia: GuiaAnalisada, versao: str) -> GuiaAnalisada:
    guia = replace(guia, beneficiario="", nome_social="")
    if versao >= "4.03.00":
        return guia
    return replace(guia, observacao="", itens=tuple(replace(item, centro_de_consumo="") for item in guia.itens))
