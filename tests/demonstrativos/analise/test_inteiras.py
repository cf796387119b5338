"""A whole guide and a whole protocol that are refused, taken back, and closed without payment."""

from __future__ import annotations

from decimal import Decimal

import pytest

from demonstrativos.analise import transicoes, transicoes_inteiras
from demonstrativos.analise.models import Glosa, ItemAnalisado
from demonstrativos.analise.recusas import GlosaRecusada
from lotes.estados import SituacaoDoProtocolo as P
from tests.demonstrativos.analise.apoio import Mesa, ir_a, propor, retrato

pytestmark = pytest.mark.django_db


def test_a_whole_guide_is_refused_by_one_code(mesa: Mesa) -> None:
    mesa.glosar("9.80")
    propor(mesa.item(2))
    transicoes_inteiras.glosar_guia(**mesa.chaves(), guia=mesa.guia().pk, codigo="1801", motivo="sem assinatura")
    guia = mesa.guia()
    assert (guia.glosa, guia.motivo_da_glosa, guia.valor_liberado, guia.propostas) == ("1801", "sem assinatura", 0, 0)
    assert mesa.guia(2).valor_glosado == 0
    assert set(Glosa.objects.filter(codigo="1801").values_list("nivel", "valor")) == {
        ("guia", mesa.item(1).valor_informado - Decimal("9.80")),
        ("guia", mesa.item(2).valor_informado - Decimal("1.00")),
    }


def test_a_guide_refused_whole_is_taken_back_whole_and_no_item_by_itself(mesa: Mesa) -> None:
    mesa.glosar("9.80")
    antes = retrato(mesa.analise)
    guia = mesa.guia().pk
    transicoes_inteiras.glosar_guia(**mesa.chaves(), guia=guia, codigo="1801")
    with pytest.raises(GlosaRecusada, match="inteira está glosada com o código 1801"):
        transicoes.retirar_glosa(**mesa.chaves(), glosas=[Glosa.objects.first().pk])
    with pytest.raises(GlosaRecusada, match="já está glosada inteira"):
        transicoes_inteiras.glosar_guia(**mesa.chaves(), guia=guia, codigo="1705")
    transicoes_inteiras.retirar_glosa_da_guia(**mesa.chaves(), guia=guia)
    assert retrato(mesa.analise) == antes
    with pytest.raises(GlosaRecusada, match="não está glosada inteira"):
        transicoes_inteiras.retirar_glosa_da_guia(**mesa.chaves(), guia=guia)


def test_a_guide_of_which_nothing_is_left_is_not_refused_again(mesa: Mesa) -> None:
    mesa.glosar(item=1)
    mesa.glosar(item=2)
    with pytest.raises(GlosaRecusada, match="não resta nada"):
        transicoes_inteiras.glosar_guia(**mesa.chaves(), guia=mesa.guia().pk, codigo="1801")


def test_a_whole_protocol_is_refused_and_taken_back(mesa: Mesa) -> None:
    mesa.glosar("9.80")
    antes = retrato(mesa.analise)
    transicoes_inteiras.glosar_protocolo(analise=mesa.analise, por=mesa.por, codigo="1818", motivo="fora do prazo")
    agora = mesa.agora()
    assert (agora.glosa, agora.motivo_da_glosa, agora.valor_liberado) == ("1818", "fora do prazo", 0)
    assert Glosa.objects.filter(nivel="protocolo").count() == 4
    with pytest.raises(GlosaRecusada, match="já está glosado"):
        transicoes_inteiras.glosar_protocolo(analise=mesa.analise, por=mesa.por, codigo="1801")
    with pytest.raises(GlosaRecusada, match="O protocolo inteiro está glosado"):
        transicoes.retirar_glosa(**mesa.chaves(), glosas=[Glosa.objects.first().pk])
    transicoes_inteiras.retirar_glosa_do_protocolo(analise=mesa.analise, por=mesa.por)
    assert retrato(mesa.analise) == antes
    with pytest.raises(GlosaRecusada, match="não está glosado inteiro"):
        transicoes_inteiras.retirar_glosa_do_protocolo(analise=mesa.analise, por=mesa.por)


def test_of_a_protocol_refused_whole_no_guide_is_taken_back_by_itself(mesa: Mesa) -> None:
    guia = mesa.guia().pk
    transicoes_inteiras.glosar_guia(**mesa.chaves(), guia=guia, codigo="1801")
    transicoes_inteiras.glosar_protocolo(analise=mesa.analise, por=mesa.por, codigo="1818")
    with pytest.raises(GlosaRecusada, match="O protocolo inteiro está glosado"):
        transicoes_inteiras.retirar_glosa_da_guia(**mesa.chaves(), guia=guia)
    assert mesa.agora().valor_liberado == 0
    transicoes_inteiras.retirar_glosa_do_protocolo(analise=mesa.analise, por=mesa.por)
    transicoes_inteiras.retirar_glosa_da_guia(**mesa.chaves(), guia=guia)
    assert mesa.agora().valor_glosado == 0


@pytest.mark.parametrize("aceitas", [True, False])
def test_closed_without_payment_what_people_refused_is_shown_and_never_a_proposal(mesa: Mesa, aceitas: bool) -> None:
    for item in ItemAnalisado.objects.filter(analise=mesa.analise):
        propor(item, str(item.valor_processado))
    if aceitas:
        transicoes.aceitar_todas(analise=mesa.analise, por=mesa.por)
    ir_a(mesa.analise, P.ENCERRADO_SEM_PAGAMENTO, mesa.por)
    assert mesa.agora().valor_liberado == 0
    assert (mesa.agora().liberada_em is not None) == aceitas
