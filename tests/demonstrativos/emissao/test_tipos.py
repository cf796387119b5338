"""Statements of lots as they came, of every guide type: issued with both files, valid, to the same figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest

from conecta.arquivos import cofre
from conecta.tenancy.escopo import sistema
from convenios.models import Edicao, Termo
from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import ItemAnalisado
from demonstrativos.emissao.montagem_analise import montar_analise
from lotes.estados import SituacaoDoLote
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests import esquemas
from tests.demonstrativos.emissao.apoio import emitido
from tests.demonstrativos.pagamentos.apoio import levar
from tests.demonstrativos.recursos.construcao import enviar, glosar, glosar_tudo, preparar
from tests.fabrica import Cenario
from tests.lotes.construcao import levar as levar_o_lote
from tests.lotes.test_recebimento import receber_em
from tests.tiss_schemas.demonstrativo.apoio import TIPOS, TRANSACAO, VERSOES, analise_no_xml, valida
from tests.uploads.apoio import xml_valido
from tiss_schemas.demonstrativo.contas import divergencias
from tiss_schemas.demonstrativo.escrita import escrever_analise
from tiss_schemas.demonstrativo.leitura import ler_analise
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise
from tiss_schemas.exemplos_demonstrativo import EMISSAO
from tiss_schemas.recurso.leitura import ler_recurso


@pytest.fixture(scope="module", autouse=True)
def _versoes_a_mao(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with esquemas.instaladas(VERSOES, tmp_path_factory.mktemp("instaladas")):
        yield


def _liberado(cenario: Cenario, tipo: str, maximo: bool = False, nivel: Nivel | None = None) -> Protocolo:
    """A lot of that type as it came, sent and released; with a glosa of an item, of a guide or of all of it."""
    dados = xml_valido(cenario, tipo, guias=2, itens=3, maximo=maximo)
    with cenario.dentro("aurelia", "faturista"):
        lote = receber_em(cenario, dados)
        levar_o_lote(lote, SituacaoDoLote.ENVIADO, cenario.pessoa("faturista", "aurelia"))
        protocolo = Protocolo.objects.get(lote=lote)
    levar(cenario, protocolo, P.EM_ANALISE)
    if nivel == Nivel.ITEM:
        with cenario.dentro("pasa", "gestor"):
            glosar(ItemAnalisado.objects.filter(analise__protocolo=protocolo).order_by("id")[0], Decimal("1.50"))
    elif nivel is not None:
        with cenario.dentro("aurelia"):
            completo = Protocolo.objects.select_related("operadora").get(pk=protocolo.pk)
        glosar_tudo(cenario, completo, nivel)
    return levar(cenario, protocolo, P.LIBERADO)


def _montado(cenario: Cenario, protocolo: Protocolo, versao: str) -> DemonstrativoDeAnalise:
    with cenario.dentro("pasa"):
        este = Protocolo.objects.select_related("lote", "operadora", "prestador").get(pk=protocolo.pk)
        return montar_analise([este], numero=1, versao=versao, emitido_em=EMISSAO)


@pytest.mark.parametrize("tipo", TIPOS)
@pytest.mark.parametrize("maximo", [False, True])
def test_a_lot_as_it_came_is_told_in_every_version(cenario: Cenario, tipo: str, maximo: bool) -> None:
    protocolo = _liberado(cenario, tipo, maximo)
    for versao in VERSOES:
        montado = _montado(cenario, protocolo, versao)
        assert divergencias(montado) == []
        (lido,) = ler_analise(valida(versao, escrever_analise([montado], transacao=TRANSACAO)))
        assert lido == analise_no_xml(montado)


@pytest.mark.parametrize("tipo", ["consulta", "internacao", "odonto"])
@pytest.mark.parametrize("nivel", Nivel)
def test_what_was_refused_of_it_is_told_in_every_version(cenario: Cenario, tipo: str, nivel: Nivel) -> None:
    protocolo = _liberado(cenario, tipo, nivel=nivel)
    for versao in VERSOES:
        montado = _montado(cenario, protocolo, versao)
        assert divergencias(montado) == []
        (lido,) = ler_analise(valida(versao, escrever_analise([montado], transacao=TRANSACAO)))
        assert lido == analise_no_xml(montado)
        (um,) = lido.protocolos
        assert um.glosa == ("1006" if nivel == Nivel.PROTOCOLO else "")
        assert [guia.glosas for guia in um.guias] == [("1006",) if nivel == Nivel.GUIA else (), ()]
        inteiro = {Nivel.ITEM: Decimal("1.50"), Nivel.GUIA: um.guias[0].valores.informado}
        assert um.valores.glosa == inteiro.get(nivel, um.valores.informado)


@pytest.mark.parametrize("conhecido", [True, False])
def test_a_consulta_whose_message_says_no_description_has_that_of_the_terminology(
    cenario: Cenario, conhecido: bool
) -> None:
    """The standard's consulta has a code and no more; its statement has to say what that is."""
    if conhecido:
        _conhecer_a_consulta()
    demonstrativo = emitido(cenario, _liberado(cenario, "consulta"))
    assert demonstrativo.erro == ""
    with cenario.dentro("aurelia"):
        (lido,) = ler_analise(cofre.abrir(demonstrativo.conteudo_xml_id or 0))
    descricoes = {item.descricao for guia in lido.protocolos[0].guias for item in guia.itens}
    assert descricoes == {"Consulta" if conhecido else "10101012"}


def _conhecer_a_consulta() -> None:
    with sistema():
        edicao = Edicao.objects.create(fonte="teste", rotulo="Teste", sha256="0" * 64)
        Termo.objects.create(
            tabela="22", codigo="10101012", termo="Consulta", vigencia_inicio="2020-01-01", edicao=edicao
        )


def test_its_appeal_describes_it_alike(cenario: Cenario) -> None:
    _conhecer_a_consulta()
    protocolo = _liberado(cenario, "consulta", nivel=Nivel.ITEM)
    levar(cenario, protocolo, P.FATURADO)
    recurso = enviar(cenario, preparar(cenario, protocolo))
    with cenario.dentro("aurelia"):
        enviado = ler_recurso(cofre.abrir(recurso.xml_id or 0))
    assert [item.descricao for guia in enviado.guias for item in guia.itens] == ["Consulta"]
