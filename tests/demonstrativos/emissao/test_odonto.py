"""The dental statement of payment: a payment as it is, with what an appeal got back, in every version at hand."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from conecta.arquivos import cofre
from demonstrativos.analise.models import GuiaAnalisada, ItemAnalisado
from demonstrativos.emissao.congelado import descongelar
from demonstrativos.emissao.models import Tipo
from demonstrativos.emissao.montagem_odonto import montar_odonto
from demonstrativos.pagamentos.composicao import incluir_recursos
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.pagamentos.transicoes import fechar
from demonstrativos.recursos import respostas, transicoes
from demonstrativos.recursos.a_pagar import acatados_a_pagar
from demonstrativos.recursos.models import ItemDoRecurso
from lotes.estados import SituacaoDoProtocolo as P
from lotes.estados import TipoDeGuia
from lotes.models import Protocolo
from tests import esquemas
from tests.demonstrativos.emissao.apoio import documentos, pedir_pagamento, trabalhar
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a
from tests.demonstrativos.recursos.construcao import avancar, enviar, glosado, glosar, levar, preparar
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar
from tests.tiss_schemas.demonstrativo.apoio import TRANSACAO, VERSOES, odonto_no_xml, valida
from tiss_schemas.demonstrativo.contas import divergencias
from tiss_schemas.demonstrativo.escrita import escrever_odonto
from tiss_schemas.demonstrativo.leitura import ler_odonto
from tiss_schemas.demonstrativo.valores import DemonstrativoOdonto, GuiaOdontoPaga, TipoDeCodigo, ValoresOdonto
from tiss_schemas.exemplos_demonstrativo import EMISSAO

QUEM = {"prestador": "cedro", "operadora": "sulina"}


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with esquemas.instaladas(VERSOES, tmp_path_factory.mktemp("instaladas")):
        yield


@pytest.fixture
def pagamento(cenario: Cenario) -> Pagamento:
    """A closed payment of a dental protocol, and of what an appeal against another one got back.

    Of the first guide, R$ 10,00 and R$ 2,00 of the first item were accepted and R$ 4,00 of the second were not; of
    R$ 20,00 of the first item of the second guide, R$ 5,50 were.
    """
    recurso = enviar(cenario, preparar(cenario, _glosado(cenario), "cedro"), "cedro")
    por = cenario.pessoa("analista", "sulina")
    with cenario.dentro("sulina", "analista"):
        primeira, segunda, recusada, parte = ItemDoRecurso.objects.filter(recurso=recurso).values_list("pk", flat=True)
        respostas.acatar(recurso=recurso, itens=[primeira, segunda], por=por)
        respostas.recusar(recurso=recurso, itens=[recusada], por=por, justificativa="Mantida.")
        respostas.acatar_em_parte(
            recurso=recurso, item=parte, valor=Decimal("5.50"), por=por, justificativa="Acatada em parte."
        )
        transicoes.responder(recurso=recurso, por=por)
    protocolo = glosado(cenario, {0: Decimal("3.21")}, ate=P.LIBERADO, tipo_de_guia=TipoDeGuia.ODONTO, **QUEM)
    novo = aberto(cenario, [protocolo], **QUEM)
    por = cenario.pessoa("financeiro_operadora", "sulina")
    with cenario.dentro("sulina", "financeiro_operadora"):
        incluir_recursos(pagamento=novo, acatados=acatados_a_pagar(cenario.organizacoes["sulina"]), por=por)
        return fechar(pagamento=novo, por=por)


def _glosado(cenario: Cenario) -> Protocolo:
    protocolo = protocolar(cenario, **QUEM, tipo_de_guia=TipoDeGuia.ODONTO)
    avancar(cenario, protocolo, P.EM_ANALISE, "sulina")
    with cenario.dentro("sulina", "gestor"):
        um, dois, tres, _ = ItemAnalisado.objects.filter(analise__protocolo=protocolo).order_by(
            "guia__posicao", "posicao"
        )
        GuiaAnalisada.objects.filter(analise__protocolo=protocolo, posicao=2).update(observacao="Falta a radiografia.")
        for item, valor, codigo in ((um, 10, "1705"), (um, 2, "1801"), (dois, 4, "1705"), (tres, 20, "1705")):
            glosar(item, Decimal(valor), codigo)
    levar(cenario, protocolo, P.FATURADO, "sulina")
    return protocolo


def _montado(cenario: Cenario, pagamento: Pagamento, versao: str = "4.03.00") -> DemonstrativoOdonto:
    with cenario.dentro("sulina"):
        este = Pagamento.objects.select_related("operadora", "prestador").get(pk=pagamento.pk)
        return montar_odonto([este], numero=7, versao=versao, emitido_em=EMISSAO)


def _guias(demonstrativo: DemonstrativoOdonto, *, recurso: bool) -> list[GuiaOdontoPaga]:
    return [
        guia
        for data in demonstrativo.datas
        for protocolo in data.protocolos
        for guia in protocolo.guias
        if guia.recurso == recurso
    ]


@pytest.mark.parametrize("versao", VERSOES)
def test_a_payment_with_an_appeal_is_valid_and_reads_back_to_the_same_figures(
    cenario: Cenario, pagamento: Pagamento, versao: str
) -> None:
    montado = _montado(cenario, pagamento, versao)
    assert divergencias(montado) == []
    assert montado.liquido.a_receber == pagamento.valor_liquido
    assert montado.cabecalho.contratado.tipo_de_codigo is TipoDeCodigo.CNPJ
    assert ler_odonto(valida(versao, escrever_odonto(montado, transacao=TRANSACAO))) == odonto_no_xml(montado)


def test_an_appeals_guides_carry_the_items_of_which_something_was_accepted(
    cenario: Cenario, pagamento: Pagamento
) -> None:
    guias = _guias(_montado(cenario, pagamento), recurso=True)
    pagos = [[(item.sequencial, item.codigo, item.valores) for item in guia.itens] for guia in guias]
    assert pagos == [
        [(1, "40304361", _so_acatado("12.00"))],
        [(1, "40304361", _so_acatado("5.50"))],
    ]
    assert all(item.glosas == () for guia in guias for item in guia.itens)


def _so_acatado(valor: str) -> ValoresOdonto:
    return ValoresOdonto(informado=Decimal(valor), processado=Decimal(valor), liberado=Decimal(valor))


def test_it_is_issued_with_both_of_its_files(cenario: Cenario, pagamento: Pagamento) -> None:
    pedido = pedir_pagamento(cenario, daqui_a(0), daqui_a(30), quem="cedro", tipo=Tipo.ODONTO, operadora="sulina")
    trabalhar()
    (documento,) = documentos(cenario, pedido, "cedro")
    assert documento.demonstrativo is not None, documento.erro
    assert documento.demonstrativo.erro == ""
    with cenario.dentro("cedro"):
        lido = ler_odonto(cofre.abrir(documento.demonstrativo.conteudo_xml_id or 0))
    assert [guia.valores.liberado for guia in _guias(lido, recurso=True)] == [Decimal("12.00"), Decimal("5.50")]
    observacoes = [guia.observacao for guia in _guias(lido, recurso=False)]
    assert observacoes == ["", "Falta a radiografia.", "", ""]
    assert lido.valores == descongelar(bytes(documento.demonstrativo.valores)).valores
