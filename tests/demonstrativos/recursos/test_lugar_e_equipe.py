"""What only the lot's message says of an item goes with it in the messages of its appeal: team, tooth, region, face."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import timezone

from conecta.arquivos import cofre
from demonstrativos.recursos import respostas, transicoes, xml
from demonstrativos.recursos.erros import RecursoIncompleto
from demonstrativos.recursos.models import ItemDoRecurso, Recurso
from lotes.estados import TipoDeGuia
from tests import esquemas
from tests.demonstrativos.recursos.construcao import enviar, glosado, preparar
from tests.fabrica import Cenario
from tests.tiss_schemas.demonstrativo.apoio import TRANSACAO, VERSOES, valida
from tiss_schemas.exemplos import lote_exemplo
from tiss_schemas.recurso import valores
from tiss_schemas.recurso.escrita import escrever_recebimento, escrever_recurso, recebimento_de
from tiss_schemas.recurso.leitura import ler_recebimento, ler_recurso, ler_resposta

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with esquemas.instaladas(VERSOES, tmp_path_factory.mktemp("instaladas")):
        yield


ODONTO = {"prestador": "cedro", "operadora": "sulina", "tipo_de_guia": TipoDeGuia.ODONTO}


def _em_preparo(cenario: Cenario, mensagem: bytes, **campos: object) -> Recurso:
    """A draft against glosas of the first three items of a lot that was sent as that message."""
    protocolo = glosado(cenario, {lugar: Decimal(lugar + 1) for lugar in range(3)}, mensagem=mensagem, **campos)
    return preparar(cenario, protocolo, str(campos.get("prestador", "aurelia")))


def _valores(cenario: Cenario, recurso: Recurso, quem: str) -> valores.Recurso:
    with cenario.dentro(quem):
        este = Recurso.objects.select_related("protocolo", "lote", "operadora", "prestador").get(pk=recurso.pk)
        return xml.em_valores(este, data=timezone.localdate())


def _itens(guias: tuple[valores.GuiaRecursada, ...]) -> list[tuple[str, str, str]]:
    return [(item.grau_de_participacao, item.dente_ou_regiao, item.face) for guia in guias for item in guia.itens]


def test_a_medical_appeal_says_the_part_in_the_team_in_every_version(cenario: Cenario) -> None:
    mensagem = lote_exemplo("honorarios", guias=2, data=timezone.localdate(), maximo=True)
    recurso = _em_preparo(cenario, mensagem, tipo_de_guia=TipoDeGuia.HONORARIOS)
    ditos = _valores(cenario, recurso, "aurelia")
    assert _itens(ditos.guias) == [("00", "", "")] * 3
    for versao in VERSOES:
        nesta = replace(ditos, versao=versao)
        assert ler_recurso(valida(versao, escrever_recurso(nesta, transacao=TRANSACAO))) == nesta


def test_a_dental_appeal_says_where_on_the_teeth_in_every_version(cenario: Cenario) -> None:
    recurso = _em_preparo(cenario, _odonto(), **ODONTO)
    ditos = _valores(cenario, recurso, "cedro")
    assert _itens(ditos.guias) == [("", "24", "O"), ("", "36", "O"), ("", "24", "O")]
    for versao in VERSOES:
        nesta = replace(ditos, versao=versao)
        assert ler_recurso(valida(versao, escrever_recurso(nesta, transacao=TRANSACAO))) == nesta
        recibo = recebimento_de(nesta, numero=7, recebido_em=nesta.data)
        recebido = ler_recebimento(valida(versao, escrever_recebimento(recibo, transacao=TRANSACAO)))
        assert _itens(recebido.guias) == _itens(ditos.guias)


def _odonto() -> bytes:
    return lote_exemplo("odonto", guias=2, data=timezone.localdate())


def test_its_answer_says_it_too(cenario: Cenario) -> None:
    recurso = enviar(cenario, _em_preparo(cenario, _odonto(), **ODONTO), "cedro")
    por = cenario.pessoa("analista", "sulina")
    with cenario.dentro("sulina", "analista"):
        itens = list(ItemDoRecurso.objects.filter(recurso=recurso).values_list("pk", flat=True))
        respostas.acatar(recurso=recurso, itens=itens, por=por)
        respondido = transicoes.responder(recurso=recurso, por=por)
        resposta = ler_resposta(cofre.abrir(respondido.resposta_id or 0))
    lugares = [(item.dente_ou_regiao, item.face) for guia in resposta.guias for item in guia.itens]
    assert lugares == [("24", "O"), ("36", "O"), ("24", "O")]


def test_faces_that_only_a_lot_takes_stop_no_appeal(cenario: Cenario) -> None:
    mensagem = _odonto().replace(b"denteFace>O<", b"denteFace>o/x<")
    recurso = enviar(cenario, _em_preparo(cenario, mensagem, **ODONTO), "cedro")
    with cenario.dentro("cedro"):
        enviado = ler_recurso(cofre.abrir(recurso.xml_id or 0))
    assert _itens(enviado.guias) == [("", "24", ""), ("", "36", ""), ("", "24", "")]


def test_what_the_message_has_no_room_for_is_refused_in_words(cenario: Cenario) -> None:
    recurso = preparar(cenario, glosado(cenario))
    with cenario.dentro("aurelia", "faturista"):
        recurso.itens.update(justificativa="Autorizado \N{THUMBS UP SIGN}")
    with pytest.raises(RecursoIncompleto, match="caracteres que o padrão não aceita"):
        enviar(cenario, recurso)
