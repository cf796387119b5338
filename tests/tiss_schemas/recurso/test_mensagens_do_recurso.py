"""Appeals, receipts and answers are valid in every version and at every level, and read back to the same values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiss_schemas.demonstrativo import estrategias
from tests.tiss_schemas.demonstrativo.apoio import TRANSACAO, VERSOES, valida
from tests.tiss_schemas.demonstrativo.test_escrita_de_demonstrativos import textos
from tests.tiss_schemas.demonstrativo.test_leitura_de_demonstrativos import trocada
from tiss_schemas.exemplos_recurso import DATA_DO_RECURSO, Nivel, exemplo_de_recurso, exemplo_de_resposta
from tiss_schemas.mensagens.folhas import Motivo
from tiss_schemas.recurso.escrita import (
    NaoCabeNaVersao,
    escrever_recebimento,
    escrever_recurso,
    escrever_resposta,
    escrever_situacao,
    recebimento_de,
)
from tiss_schemas.recurso.leitura import (
    ArquivoRecusado,
    MensagemInvalida,
    ler_recebimento,
    ler_recurso,
    ler_resposta,
)
from tiss_schemas.recurso.valores import (
    GlosaRecursada,
    GuiaRecursada,
    ItemRecursado,
    ObjetoDoRecurso,
    RecebimentoDeRecurso,
    Recurso,
    RespostaDeRecurso,
    SituacaoDeRecurso,
)

versao = pytest.mark.parametrize("versao", VERSOES)
nivel = pytest.mark.parametrize("nivel", Nivel)
odonto = pytest.mark.parametrize("odonto", [False, True], ids=["medico", "odonto"])


def recurso_no_xml(recurso: Recurso) -> Recurso:
    """The appeal without what its version has no place for."""
    return recurso if recurso.versao >= "4.03.00" else replace(recurso, guias=_com_itens(recurso, centro_de_consumo=""))


def recebimento_no_xml(recebimento: RecebimentoDeRecurso) -> RecebimentoDeRecurso:
    """The receipt without what is not repeated in it."""
    guias = _com_itens(recebimento, centro_de_consumo="", grau_de_participacao="", quantidade=1)
    return replace(recebimento, guias=guias)


def resposta_no_xml(resposta: RespostaDeRecurso) -> RespostaDeRecurso:
    """A dental answer says of what is whole only whether it is taken."""
    if not resposta.odonto:
        return resposta
    guias = tuple(
        replace(guia, glosas=tuple(replace(glosa, resposta="") for glosa in guia.glosas)) for guia in resposta.guias
    )
    do_protocolo = resposta.do_protocolo and replace(resposta.do_protocolo, resposta="")
    return replace(resposta, guias=guias, do_protocolo=do_protocolo)


def _com_itens(de: Recurso | RecebimentoDeRecurso, **campos: Any) -> tuple[GuiaRecursada, ...]:
    return tuple(replace(guia, itens=tuple(replace(item, **campos) for item in guia.itens)) for guia in de.guias)


@versao
@nivel
@odonto
def test_an_appeal_reads_back_to_the_same_values(versao: str, nivel: Nivel, odonto: bool) -> None:
    recurso = exemplo_de_recurso(versao, nivel=nivel, odonto=odonto, guias=3, itens=4)
    xml = valida(versao, escrever_recurso(recurso, transacao=TRANSACAO))
    assert ler_recurso(xml) == recurso_no_xml(recurso)


@versao
@nivel
@odonto
def test_its_receipt_reads_back_to_the_same_values(versao: str, nivel: Nivel, odonto: bool) -> None:
    recurso = exemplo_de_recurso(versao, nivel=nivel, odonto=odonto, guias=3, itens=4)
    recebimento = recebimento_de(recurso, numero=9100, recebido_em=date(2026, 4, 3), observacao="Prazo de 30 dias.")
    xml = valida(versao, escrever_recebimento(recebimento, transacao=TRANSACAO))
    assert ler_recebimento(xml) == recebimento_no_xml(recebimento)


@versao
@nivel
@odonto
@pytest.mark.parametrize("acatado", ["0", "0.5", "1"])
def test_its_answer_reads_back_to_the_same_values(versao: str, nivel: Nivel, odonto: bool, acatado: str) -> None:
    recurso = exemplo_de_recurso(versao, nivel=nivel, odonto=odonto, guias=3, itens=4)
    resposta = exemplo_de_resposta(recurso, acatado=Decimal(acatado))
    xml = valida(versao, escrever_resposta(resposta, transacao=TRANSACAO))
    assert ler_resposta(xml) == resposta_no_xml(resposta)


ITENS = st.builds(
    ItemRecursado,
    sequencial=st.integers(1, 9999),
    inicio=estrategias.DATAS,
    tabela=st.sampled_from(["18", "19", "20", "22", "98", "00"]),
    codigo=st.text("0123456789", min_size=1, max_size=10),
    descricao=estrategias.textos(150),
    glosa=estrategias.GLOSAS,
    valor=estrategias.reais(),
    justificativa=estrategias.textos(500),
    fim=st.none() | estrategias.DATAS,
    grau_de_participacao=st.sampled_from(["", "00", "13"]),
    centro_de_consumo=st.sampled_from(["", "1", "10"]),
)
GLOSAS = st.builds(GlosaRecursada, codigo=estrategias.GLOSAS, justificativa=estrategias.textos(500))
GUIAS = st.builds(
    GuiaRecursada,
    numero_do_prestador=estrategias.numeros_de_guia(),
    numero_da_operadora=estrategias.talvez(estrategias.numeros_de_guia()),
    senha=estrategias.talvez(estrategias.numeros_de_guia()),
    itens=st.lists(ITENS, min_size=1, max_size=3).map(tuple),
) | st.builds(
    GuiaRecursada,
    numero_do_prestador=estrategias.numeros_de_guia(),
    glosas=st.lists(GLOSAS, min_size=1, max_size=2).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(guias=st.lists(GUIAS, min_size=1, max_size=3), versao=estrategias.VERSOES)
def test_whatever_is_appealed_for_is_valid_and_reads_back(guias: list[GuiaRecursada], versao: str) -> None:
    recurso = replace(exemplo_de_recurso(versao), guias=tuple(guias))
    assert ler_recurso(valida(versao, escrever_recurso(recurso, transacao=TRANSACAO))) == recurso_no_xml(recurso)


@versao
def test_until_there_is_a_decision_the_answer_says_how_far_it_is(versao: str) -> None:
    recurso = exemplo_de_recurso(versao)
    situacao = SituacaoDeRecurso(
        versao=versao,
        numero=9100,
        enviado_em=DATA_DO_RECURSO,
        recebido_em=date(2026, 4, 3),
        registro_ans=recurso.registro_ans,
        contratado=recurso.contratado,
        lote=recurso.lote,
        consulta="77",
        data=date(2026, 4, 9),
        situacao=2,
    )
    xml = valida(versao, escrever_situacao(situacao, transacao=TRANSACAO))
    assert textos(xml, "reciboGlosaStatus/situacaoProtocolo") == ["2"]
    with pytest.raises(MensagemInvalida, match="ainda não respondeu"):
        ler_resposta(xml)


@odonto
def test_an_appeal_of_a_protocol_says_so(odonto: bool) -> None:
    recurso = exemplo_de_recurso(nivel=Nivel.PROTOCOLO, odonto=odonto)
    xml = escrever_recurso(recurso, transacao=TRANSACAO)
    assert recurso.objeto is ObjetoDoRecurso.PROTOCOLO
    assert textos(xml, "objetoRecurso") == ["1"]
    assert textos(xml, "opcaoRecurso/recursoProtocolo/codigoGlosaProtocolo") == ["1304"]


def test_the_prestador_writes_the_appeal_and_the_operadora_the_rest() -> None:
    recurso = exemplo_de_recurso()
    xml = escrever_recurso(recurso, transacao=TRANSACAO)
    assert textos(xml, "identificacaoTransacao/tipoTransacao") == ["RECURSO_GLOSA"]
    assert textos(xml, "origem/identificacaoPrestador/codigoPrestadorNaOperadora") == ["000123"]
    assert textos(xml, "destino/registroANS") == ["331988"]
    xml = escrever_resposta(exemplo_de_resposta(recurso), transacao=TRANSACAO)
    assert textos(xml, "identificacaoTransacao/tipoTransacao") == ["RESPOSTA_RECURSO_GLOSA"]
    assert textos(xml, "origem/registroANS") == ["331988"]
    assert textos(xml, "destino/identificacaoPrestador/codigoPrestadorNaOperadora") == ["000123"]


def test_each_item_answered_names_its_guide_and_what_is_taken_by_the_name_the_standard_gives_it() -> None:
    recurso = exemplo_de_recurso(guias=1, itens=2)
    xml = escrever_resposta(exemplo_de_resposta(recurso), transacao=TRANSACAO)
    assert textos(xml, "recursoGuia/respostaGuiaItens/numeroGuiaPrestador") == ["20301004", "20301004"]
    assert textos(xml, "recursoGuia/respostaGuiaItens/valorAcatadado") == ["16.68", "17.18"]


def test_a_dental_item_answered_spells_it_right() -> None:
    recurso = exemplo_de_recurso(odonto=True, guias=1, itens=1)
    xml = escrever_resposta(exemplo_de_resposta(recurso), transacao=TRANSACAO)
    assert textos(xml, "recursoProcedimento/valorAcatado") == ["40.55"]


def test_a_dental_guide_appealed_for_by_items_has_the_glosa_of_its_first_item() -> None:
    xml = escrever_recurso(exemplo_de_recurso(odonto=True, guias=1), transacao=TRANSACAO)
    assert textos(xml, "recursoGuia/codGlosaGuia") == ["1801"]


def test_a_receipt_repeats_the_beginning_of_long_justifications_of_guides() -> None:
    recurso = exemplo_de_recurso(nivel=Nivel.GUIA, guias=1)
    longa = GlosaRecursada(codigo="1304", justificativa="x" * 500)
    recurso = replace(recurso, guias=(replace(recurso.guias[0], glosas=(longa,)),))
    assert ler_recurso(valida("4.03.00", escrever_recurso(recurso, transacao=TRANSACAO))) == recurso
    recebimento = recebimento_de(recurso, numero=1, recebido_em=date(2026, 4, 3))
    xml = valida("4.03.00", escrever_recebimento(recebimento, transacao=TRANSACAO))
    assert textos(xml, "guiasRecurso/opcaoRecursoGuia/recursoGuia/justificativaGuia") == ["x" * 150]
    assert textos(xml, "qtGuiasRecurso") == ["1"]


def test_a_receipt_cuts_what_it_writes_and_not_what_was_typed() -> None:
    """One ellipsis is written as three dots."""
    glosa = GlosaRecursada(codigo="1304", justificativa="x" * 149 + "\N{HORIZONTAL ELLIPSIS}")
    recurso = exemplo_de_recurso(nivel=Nivel.GUIA, guias=1)
    recurso = replace(recurso, guias=(replace(recurso.guias[0], glosas=(glosa,)),))
    recebimento = recebimento_de(recurso, numero=1, recebido_em=date(2026, 4, 3))
    xml = valida("4.03.00", escrever_recebimento(recebimento, transacao=TRANSACAO))
    assert textos(xml, "guiasRecurso/opcaoRecursoGuia/recursoGuia/justificativaGuia") == ["x" * 149 + "."]


VAZIA = GuiaRecursada(numero_do_prestador="1")


def _recusa(recurso: Recurso) -> NaoCabeNaVersao:
    with pytest.raises(NaoCabeNaVersao) as erro:
        escrever_recurso(recurso, transacao=TRANSACAO)
    return erro.value


def _com_item(**campos: Any) -> Recurso:
    recurso = exemplo_de_recurso(guias=1, itens=1)
    return replace(recurso, guias=_com_itens(recurso, **campos))


@pytest.mark.parametrize(
    ("recurso", "motivo", "campo"),
    [
        (_com_item(justificativa="x" * 501), Motivo.LONGO, "justificativaItem"),
        (_com_item(justificativa=""), Motivo.FALTA, "justificativaItem"),
        (_com_item(valor=Decimal(10**8)), Motivo.GRANDE, "valorRecursado"),
        (replace(exemplo_de_recurso(), protocolo=10**12), Motivo.GRANDE, "numeroProtocolo"),
        (replace(exemplo_de_recurso(), guias=()), Motivo.ALTERNATIVAS, "opcaoRecurso"),
        (exemplo_de_recurso(guias=101), Motivo.REPETIDO, "recursoGuia"),
        (replace(exemplo_de_recurso(), guias=(VAZIA,)), Motivo.ALTERNATIVAS, "opcaoRecursoGuia"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_what_has_no_room_in_an_appeal_is_refused(recurso: Recurso, motivo: Motivo, campo: str) -> None:
    erro = _recusa(recurso)
    assert (erro.motivo, erro.campo) == (motivo, campo)


def test_a_guide_is_appealed_for_whole_or_by_items_and_not_both() -> None:
    recurso = exemplo_de_recurso(guias=1)
    glosa = GlosaRecursada(codigo="1304", justificativa="Segue a senha.")
    erro = _recusa(replace(recurso, guias=(replace(recurso.guias[0], glosas=(glosa,)),)))
    assert erro.motivo is Motivo.ALTERNATIVAS
    assert erro.lugar == "protocolo 2026000101, guia 20301004"


def test_an_item_answered_is_found_by_its_guide_first() -> None:
    resposta = exemplo_de_resposta(_com_item(descricao=""))
    with pytest.raises(NaoCabeNaVersao) as erro:
        escrever_resposta(resposta, transacao=TRANSACAO)
    assert erro.value.lugar == "protocolo 2026000101, guia 20301004, item 1"


def test_a_lot_that_is_no_number_can_be_appealed_for_but_not_answered_in_xml() -> None:
    recurso = replace(exemplo_de_recurso(), lote="A-412")
    valida("4.03.00", escrever_recurso(recurso, transacao=TRANSACAO))
    with pytest.raises(NaoCabeNaVersao, match="“A-412” não é um número") as erro:
        escrever_resposta(exemplo_de_resposta(recurso), transacao=TRANSACAO)
    assert erro.value.campo == "numeroLote"


@pytest.mark.parametrize("ler_um", [ler_recurso, ler_recebimento, ler_resposta])
def test_another_message_is_told(ler_um: Any) -> None:
    outra = escrever_recurso(exemplo_de_recurso(), transacao=TRANSACAO)
    if ler_um is ler_recurso:
        outra = escrever_resposta(exemplo_de_resposta(exemplo_de_recurso()), transacao=TRANSACAO)
    with pytest.raises(MensagemInvalida, match="A mensagem é de outro tipo, RE"):
        ler_um(outra)
    with pytest.raises(ArquivoRecusado):
        ler_um(b"%PDF")


def test_an_empty_body_is_refused_by_its_schema() -> None:
    xml = escrever_recurso(exemplo_de_recurso(nivel=Nivel.PROTOCOLO), transacao=TRANSACAO).decode("iso-8859-1")
    inicio, fim = xml.index("<ans:guiaRecursoGlosa>"), xml.index("</ans:recursoGlosa>")
    with pytest.raises(MensagemInvalida, match="não segue o padrão"):
        ler_recurso(trocada((xml[:inicio] + xml[fim:]).encode("iso-8859-1"), "000123", "000123"))


def test_an_operadora_that_refuses_the_appeal_is_quoted() -> None:
    recebimento = recebimento_de(exemplo_de_recurso(), numero=1, recebido_em=date(2026, 4, 3))
    xml = escrever_recebimento(recebimento, transacao=TRANSACAO).decode("iso-8859-1")
    inicio, fim = xml.index("<ans:protocoloRecebimento>"), xml.index("</ans:recebimentoRecursoGlosa>")
    erro = (
        "<ans:mensagemErro><ans:codigoGlosa>2909</ans:codigoGlosa>"
        "<ans:descricaoGlosa>Fora do prazo</ans:descricaoGlosa></ans:mensagemErro>"
    )
    with pytest.raises(MensagemInvalida, match="recusou a mensagem com o código 2909: Fora do prazo"):
        ler_recebimento(trocada((xml[:inicio] + erro + xml[fim:]).encode("iso-8859-1"), "2909", "2909"))
