"""The messages of an appeal in every version: valid, read back to what was said, taken in from a clinic's system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from conecta.arquivos import cofre
from demonstrativos.analise.estados import Nivel
from demonstrativos.recursos import mensagem_recebida, preparo, respostas, transicoes, xml
from demonstrativos.recursos.erros import XmlRecusado
from demonstrativos.recursos.models import ItemDoRecurso, Recurso
from lotes.estados import SituacaoDoProtocolo as P
from lotes.estados import TipoDeGuia
from lotes.models import Protocolo
from tests import esquemas
from tests.demonstrativos.recursos.construcao import (
    JUSTIFICATIVA,
    avancar,
    enviar,
    glosado,
    glosar_tudo,
    levar,
    preparar,
    recursado,
)
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.recurso import valores
from tiss_schemas.recurso.escrita import escrever_recebimento, escrever_recurso, recebimento_de
from tiss_schemas.recurso.leitura import ler_recebimento, ler_recurso, ler_resposta

pytestmark = pytest.mark.django_db
VERSOES = esquemas.a_mao("4.01.00", "4.02.00", "4.03.00")
TRANSACAO = Transacao(sequencial="1", momento=datetime(2026, 11, 22, 10, 0))


@pytest.fixture(scope="module", autouse=True)
def _versoes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with esquemas.instaladas(VERSOES, tmp_path_factory.mktemp("instaladas")):
        yield


def _glosado_inteiro(cenario: Cenario, nivel: Nivel) -> Protocolo:
    protocolo = protocolar(cenario)
    avancar(cenario, protocolo, P.EM_ANALISE)
    glosar_tudo(cenario, protocolo, nivel)
    levar(cenario, protocolo, P.FATURADO)
    return protocolo


def _valores(cenario: Cenario, recurso: Recurso, quem: str = "aurelia") -> valores.Recurso:
    with cenario.dentro(quem):
        este = Recurso.objects.select_related("protocolo", "lote", "operadora", "prestador").get(pk=recurso.pk)
        return xml.em_valores(este, data=timezone.localdate())


@pytest.mark.parametrize("nivel", list(Nivel))
def test_every_level_is_valid_in_every_version_and_reads_back(cenario: Cenario, nivel: Nivel) -> None:
    protocolo = glosado(cenario) if nivel == Nivel.ITEM else _glosado_inteiro(cenario, nivel)
    recurso = preparar(cenario, protocolo)
    ditos = _valores(cenario, recurso)
    assert ditos.objeto == ("1" if nivel == Nivel.PROTOCOLO else "2")
    assert [bool(guia.itens) for guia in ditos.guias] == {
        Nivel.ITEM: [True, True],
        Nivel.GUIA: [False],
        Nivel.PROTOCOLO: [],
    }[nivel]
    for versao in VERSOES:
        nesta = replace(ditos, versao=versao)
        assert ler_recurso(escrever_recurso(nesta, transacao=TRANSACAO)) == nesta
        recibo = recebimento_de(nesta, numero=7, recebido_em=nesta.data)
        assert ler_recebimento(escrever_recebimento(recibo, transacao=TRANSACAO)).valor == nesta.valor


@pytest.mark.parametrize("nivel", list(Nivel))
def test_what_is_kept_is_what_was_sent_received_and_answered(cenario: Cenario, nivel: Nivel) -> None:
    protocolo = glosado(cenario) if nivel == Nivel.ITEM else _glosado_inteiro(cenario, nivel)
    recurso = enviar(cenario, preparar(cenario, protocolo))
    por = cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        um, *_ = ItemDoRecurso.objects.filter(recurso=recurso).values_list("pk", flat=True)
        todos = list(ItemDoRecurso.objects.filter(recurso=recurso).values_list("pk", flat=True))
        respostas.recusar(recurso=recurso, itens=todos, por=por, justificativa="Mantida.")
        respostas.acatar(recurso=recurso, itens=[um], por=por)
        respondido = transicoes.responder(recurso=recurso, por=por)
        recebido = ler_recebimento(cofre.abrir(respondido.recebimento_id))
        resposta = ler_resposta(cofre.abrir(respondido.resposta_id))
    assert (recebido.numero, recebido.protocolo) == (respondido.numero, protocolo.numero)
    assert (resposta.valor, resposta.valor_acatado) == (respondido.valor_recursado, respondido.valor_acatado)
    # Of what is appealed for whole, one word decides all of it.
    assert respondido.valor_acatado == (Decimal(10) if nivel == Nivel.ITEM else respondido.valor_recursado)


def test_dental_guides_have_messages_of_their_own_shape(cenario: Cenario) -> None:
    protocolo = glosado(
        cenario, prestador="cedro", operadora="sulina", tipo_de_guia=TipoDeGuia.ODONTO, valores={0: Decimal("3.21")}
    )
    recurso = enviar(cenario, preparar(cenario, protocolo, "cedro"), "cedro")
    with cenario.dentro("cedro"):
        dado = cofre.abrir(recurso.xml_id)
    assert b"guiaRecursoGlosaOdonto" in dado
    assert ler_recurso(dado).valor == Decimal("3.21")
    por = cenario.pessoa("analista", "sulina")
    with cenario.dentro("sulina", "analista"):
        itens = list(ItemDoRecurso.objects.values_list("pk", flat=True))
        respostas.acatar(recurso=recurso, itens=itens, por=por)
        respondido = transicoes.responder(recurso=recurso, por=por)
        assert b"reciboGlosaOdonto" in cofre.abrir(respondido.resposta_id)


def test_a_clinics_own_message_becomes_a_draft(cenario: Cenario, client: Client) -> None:
    escrito = _do_sistema(cenario, numero_do_prestador="CLINICA-77")
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    resposta = client.post("/aurelia/recursos/xml/", {"arquivo": SimpleUploadedFile("recurso.xml", escrito)})
    with cenario.dentro("aurelia"):
        recurso = Recurso.objects.get(numero_do_prestador="CLINICA-77")
        assert (recurso.situacao, recurso.canal, recurso.valor_recursado) == ("rascunho", "xml", Decimal(30))
        assert set(recurso.itens.values_list("justificativa", flat=True)) == {JUSTIFICATIVA}
    assert resposta.url == f"/aurelia/recursos/meus/{recurso.pk}/"
    enviado = enviar(cenario, recurso)
    assert enviado.numero_do_prestador == "CLINICA-77"


def test_the_number_of_an_excluded_draft_can_be_sent_again(cenario: Cenario) -> None:
    escrito, por = _do_sistema(cenario, numero_do_prestador="C-1"), cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        engano = mensagem_recebida.receber(prestador=cenario.aurelia, dados=escrito, por=por)
        transicoes.excluir(recurso=engano, por=por)
        outro = mensagem_recebida.receber(prestador=cenario.aurelia, dados=escrito, por=por)
        assert (outro.numero_do_prestador, outro.situacao) == ("C-1", "rascunho")
        with pytest.raises(XmlRecusado, match="Já há um recurso"):
            mensagem_recebida.receber(prestador=cenario.aurelia, dados=escrito, por=por)


def _do_sistema(cenario: Cenario, **mudados: object) -> bytes:
    """The message that Conecta would write of all glosas of a new protocol, from another system."""
    recurso = preparar(cenario, glosado(cenario))
    ditos = _valores(cenario, recurso)
    with cenario.dentro("aurelia"):
        transicoes.excluir(recurso=recurso, por=cenario.pessoa("faturista", "aurelia"))
    return escrever_recurso(replace(ditos, **{"numero_do_prestador": "1000"} | mudados), transacao=TRANSACAO)


def test_a_whole_guide_that_was_refused_by_items_is_taken_as_the_message_says(cenario: Cenario) -> None:
    recurso = preparar(cenario, glosado(cenario))
    ditos = _valores(cenario, recurso)
    por = cenario.pessoa("faturista", "aurelia")
    inteiras = tuple(
        replace(guia, itens=(), glosas=(valores.GlosaRecursada(codigo="1705", justificativa=JUSTIFICATIVA),))
        for guia in ditos.guias
    )
    escrito = escrever_recurso(replace(ditos, numero_do_prestador="G-1", guias=inteiras), transacao=TRANSACAO)
    with cenario.dentro("aurelia", "faturista"):
        transicoes.excluir(recurso=recurso, por=por)
        recebido = mensagem_recebida.receber(prestador=cenario.aurelia, dados=escrito, por=por)
        assert set(recebido.itens.values_list("nivel", flat=True)) == {Nivel.GUIA}
        preparo.por_item(recurso=recebido, por=por)
        assert set(recebido.itens.values_list("nivel", flat=True)) == {Nivel.ITEM}
        assert preparo.por_inteiro(recurso=recebido, por=por) == 2


@pytest.mark.parametrize(
    ("mudados", "frase"),
    [
        ({"protocolo": 999_999}, "não está entre os seus"),
        ({"lote": "1"}, "Confira numeroLote"),
        ({"registro_ans": "354317"}, "não está entre os seus"),
    ],
)
def test_a_message_that_does_not_match_is_refused_in_words(
    cenario: Cenario, mudados: dict[str, object], frase: str
) -> None:
    _recusado(cenario, _do_sistema(cenario, **mudados), frase)


def _recusado(cenario: Cenario, dados: bytes, frase: str) -> None:
    with cenario.dentro("aurelia", "faturista"):
        por = cenario.pessoa("faturista", "aurelia")
        with pytest.raises(XmlRecusado) as recusa:
            mensagem_recebida.receber(prestador=cenario.aurelia, dados=dados, por=por)
        assert frase in " ".join(recusa.value.achados)
        assert not Recurso.objects.exclude(situacao="excluido").exists()


def test_items_that_do_not_match_are_each_told(cenario: Cenario) -> None:
    recurso = preparar(cenario, glosado(cenario))
    ditos = _valores(cenario, recurso)
    with cenario.dentro("aurelia"):
        transicoes.excluir(recurso=recurso, por=cenario.pessoa("faturista", "aurelia"))
    primeira, segunda = ditos.guias
    caro = replace(primeira.itens[0], valor=Decimal("10.01"))
    outro = replace(segunda.itens[0], glosa="1801")
    guias = (replace(primeira, itens=(caro,)), replace(segunda, itens=(outro,)))
    dados = escrever_recurso(replace(ditos, numero_do_prestador="9", guias=guias), transacao=TRANSACAO)
    _recusado(cenario, dados, "Corrija valorRecursado")
    _recusado(cenario, dados, "não há glosa 1801 deste item a recorrer. Há: 1705 no item")


@pytest.mark.parametrize(
    "dados", [b"", b"isto nao e XML", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"PK\x03\x04", b"\x00" * 99]
)
def test_a_hostile_file_is_refused_in_words(cenario: Cenario, client: Client, dados: bytes) -> None:
    client.force_login(cenario.pessoa("faturista", "aurelia"))
    resposta = client.post("/aurelia/recursos/xml/", {"arquivo": SimpleUploadedFile("recurso.xml", dados)})
    assert resposta.status_code == 422


def test_a_changed_message_is_refused_by_its_hash(cenario: Cenario) -> None:
    dados = _do_sistema(cenario).replace(JUSTIFICATIVA.encode("latin-1"), b"Outra coisa.")
    _recusado(cenario, dados, "hash do epílogo não confere")


def test_the_messages_of_both_sides_are_numbered_without_repeats(cenario: Cenario) -> None:
    numeros = [recursado(cenario).numero for _ in range(2)]
    assert numeros == [1, 2]
