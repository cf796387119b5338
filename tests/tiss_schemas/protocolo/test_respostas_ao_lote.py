"""What an operadora answers to a lot is valid in every version and says what it has of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.tiss_schemas.demonstrativo.apoio import TRANSACAO, VERSOES, valida
from tests.tiss_schemas.demonstrativo.test_escrita_de_demonstrativos import textos
from tiss_schemas.demonstrativo.valores import TipoDeCodigo, Valores
from tiss_schemas.mensagens.folhas import Motivo
from tiss_schemas.protocolo.escrita import (
    NaoCabeNaVersao,
    escrever_protocolo_recebimento,
    escrever_recusa,
    escrever_situacao_protocolo,
)
from tiss_schemas.protocolo.valores import (
    GuiaDoProtocolo,
    IdentificacaoDoContratado,
    ProtocoloDeLote,
    Recusa,
    Resposta,
)

versao = pytest.mark.parametrize("versao", VERSOES)
odonto = pytest.mark.parametrize("odonto", [False, True], ids=["medico", "odonto"])
CONTRATADO = IdentificacaoDoContratado(codigo="11222333000181", tipo_de_codigo=TipoDeCodigo.CNPJ)
PARTE = Valores(
    informado=Decimal("100.00"), processado=Decimal("100.00"), liberado=Decimal("60.00"), glosa=Decimal("40.00")
)


def protocolo(versao: str = "4.03.00", *, odonto: bool = False) -> ProtocoloDeLote:
    """A lot of two guides, of which the second has a glosa."""
    inteira = replace(PARTE, liberado=PARTE.processado, glosa=Decimal("0.00"))
    return ProtocoloDeLote(
        versao=versao,
        registro_ans="331988",
        contratado=CONTRATADO,
        lote="000412",
        enviado_em=date(2026, 2, 3),
        numero=2026000101,
        situacao=5,
        valores=PARTE + inteira,
        guias=(
            GuiaDoProtocolo(numero_do_prestador="1", numero_carteira="0011", data=date(2026, 1, 5), valores=inteira),
            GuiaDoProtocolo(
                numero_do_prestador="2",
                numero_carteira="0012",
                numero_da_operadora="77",
                recem_nascido=True,
                valores=PARTE,
                glosas=("1705", "1801"),
            ),
        ),
        odonto=odonto,
    )


@versao
@odonto
def test_a_receipt_gives_the_number_and_lists_the_guides(versao: str, odonto: bool) -> None:
    xml = valida(versao, escrever_protocolo_recebimento(protocolo(versao, odonto=odonto), transacao=TRANSACAO))
    assert textos(xml, "identificacaoTransacao/tipoTransacao") == ["PROTOCOLO_RECEBIMENTO"]
    assert textos(xml, "destino/identificacaoPrestador/CNPJ") == [CONTRATADO.codigo]
    assert textos(xml, "detalheProtocolo/numeroProtocolo") == ["2026000101"]
    assert textos(xml, "detalheProtocolo/valorTotalProtocolo") == ["200.00"]
    assert textos(xml, "numeroCarteira") == ["0011", "0012"]
    assert textos(xml, "atendimentoRN") == ["N", "S"]
    assert textos(xml, "vlInformadoGuia/valorLiberado") == ["100.00", "60.00"]
    assert textos(xml, "glosaGuia/motivoGlosa/codigoGlosa") == ["1705", "1801"]
    assert textos(xml, "dataRealizacao") == ([] if odonto else ["2026-01-05"])


@versao
def test_a_receipt_may_refuse_a_part_at_once(versao: str) -> None:
    recebido = replace(protocolo(versao), glosas=("1304",))
    xml = valida(versao, escrever_protocolo_recebimento(recebido, transacao=TRANSACAO))
    assert textos(xml, "glosaProtocolo/motivosGlosa/motivoGlosa/codigoGlosa") == ["1304"]
    assert textos(xml, "glosaProtocolo/vlGlosaProtocolo") == ["40.00"]


@versao
@odonto
def test_the_situation_says_how_far_it_is_with_each_guide_in_a_wrapper(versao: str, odonto: bool) -> None:
    bloqueado = replace(protocolo(versao, odonto=odonto), situacao=10)
    xml = valida(versao, escrever_situacao_protocolo(bloqueado, transacao=TRANSACAO))
    assert textos(xml, "identificacaoTransacao/tipoTransacao") == ["SITUACAO_PROTOCOLO"]
    assert textos(xml, "detalheLote/statusProtocolo") == ["10" if versao >= "4.02.00" else "5"]
    assert textos(xml, "valorTotalLote/valorGlosa") == ["40.00"]
    involucro = "guiasOdonto" if odonto else "guiasMedicas"
    assert len(textos(xml, f"guiasTISS/{involucro}")) == 2
    assert textos(xml, f"guiasTISS/{involucro}/guias/numeroGuiaPrestador") == ["1", "2"]


def test_a_receipt_lists_a_guide_at_least() -> None:
    with pytest.raises(NaoCabeNaVersao) as erro:
        escrever_protocolo_recebimento(replace(protocolo(), guias=()), transacao=TRANSACAO)
    assert erro.value.motivo is Motivo.ALTERNATIVAS


@versao
@pytest.mark.parametrize("resposta", Resposta)
def test_each_answer_may_be_refused(versao: str, resposta: Resposta) -> None:
    recusa = Recusa(
        versao=versao, registro_ans="331988", contratado=CONTRATADO, codigo="5002", descricao="Protocolo – de outro."
    )
    xml = valida(versao, escrever_recusa(recusa, em_lugar_de=resposta, transacao=TRANSACAO))
    tipo, corpo = resposta.value
    assert textos(xml, "identificacaoTransacao/tipoTransacao") == [tipo]
    assert textos(xml, f"{corpo}/mensagemErro/codigoGlosa") == ["5002"]
    assert textos(xml, f"{corpo}/mensagemErro/descricaoGlosa") == ["Protocolo - de outro."]
