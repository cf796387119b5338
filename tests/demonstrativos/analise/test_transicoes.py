"""What an analista may do to items and guides, and what is refused; each change can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from conecta.erros import ErroDeNegocio
from demonstrativos.analise import transicoes, transicoes_inteiras
from demonstrativos.analise.desfazer import desfazer
from demonstrativos.analise.models import Acao, Glosa, ItemAnalisado, ParametrosDaAnalise
from demonstrativos.analise.partes import Parte, valor_da_quantidade
from demonstrativos.analise.recusas import (
    AnaliseFechada,
    CodigoRecusado,
    ConferenciaRecusada,
    DesfazerRecusado,
    GlosaRecusada,
    NadaADesfazer,
    ReprecificacaoRecusada,
)
from lotes.estados import SituacaoDoProtocolo as P
from lotes.recusas import OutraPessoaMudou
from tests.demonstrativos.analise.apoio import Mesa, ir_a, propor, retrato
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def outra(mesa: Mesa, cenario: Cenario) -> Mesa:
    """The gestor at the same protocol."""
    return Mesa(mesa.analise, cenario.pessoa("gestor", "pasa"))


def _cobrado(item: ItemAnalisado, **campos: Any) -> ItemAnalisado:
    """The item as if it had been billed otherwise; its total stays."""
    do_item = item.item
    for campo, valor in campos.items():
        setattr(do_item, campo, valor)
    return item


def test_a_glosa_by_amount_names_code_reason_and_who_gave_it(mesa: Mesa) -> None:
    acao = mesa.glosar("9.80")
    glosa = Glosa.objects.get()
    assert (glosa.codigo, glosa.valor, glosa.motivo) == ("1705", Decimal("9.80"), "laudo não anexado")
    assert (glosa.por_id, glosa.por_nome, glosa.confirmada) == (mesa.por.pk, "Analista de contas da Silva", True)
    assert mesa.item().conferido
    assert mesa.agora().valor_glosado == Decimal("9.80")
    assert acao.titulo == "Item 1: glosa 1705 de R$\u00a09,80"


def test_without_amount_or_quantity_all_that_is_left_is_refused(mesa: Mesa) -> None:
    mesa.glosar("9.80")
    mesa.glosar(None, "1801")
    assert mesa.item().valor_liberado == 0
    assert Glosa.objects.latest("id").valor == mesa.item().valor_informado - Decimal("9.80")


def test_many_items_are_refused_at_once(mesa: Mesa) -> None:
    partes = [Parte(item=mesa.item(posicao).pk) for posicao in (1, 2)]
    acao = transicoes.glosar(**mesa.chaves(), partes=partes, codigo="1801")
    assert mesa.guia().valor_liberado == 0
    assert mesa.guia(2).valor_glosado == 0
    assert acao.titulo.startswith("Itens 1 e 2: glosa 1801")


@pytest.mark.parametrize(
    ("campos", "quantas", "valor"),
    [
        ({"quantidade": Decimal(3), "valor_unitario": Decimal("9.80"), "fator": Decimal("1.00")}, "1", "9.80"),
        ({"quantidade": Decimal(3), "valor_unitario": Decimal("9.80"), "fator": Decimal("0.50")}, "1", "4.90"),
        ({"quantidade": Decimal(3), "valor_unitario": Decimal("9.80"), "fator": None}, "2", "19.60"),
        ({"quantidade": Decimal("2.5"), "valor_unitario": Decimal("3.33"), "fator": None}, "0.5", "1.67"),
        ({"quantidade": Decimal(4), "valor_unitario": None, "fator": None}, "1", "19.85"),
        ({"quantidade": Decimal(3), "valor_unitario": Decimal("9.80"), "fator": None}, "3", "79.40"),
        ({"quantidade": Decimal(3), "valor_unitario": Decimal("70.00"), "fator": None}, "2", "79.40"),
    ],
)
def test_a_quantity_costs_its_unit_price_with_the_factor_and_never_more_than_is_left(
    mesa: Mesa, campos: dict[str, Any], quantas: str, valor: str
) -> None:
    assert valor_da_quantidade(_cobrado(mesa.item(), **campos), Decimal(quantas)) == Decimal(valor)


def test_a_glosa_by_quantity_keeps_the_quantity(mesa: Mesa) -> None:
    parte = Parte(item=mesa.item().pk, quantidade=Decimal("0.5"))
    transicoes.glosar(**mesa.chaves(), partes=[parte], codigo="1705")
    glosa = Glosa.objects.get()
    assert (glosa.quantidade, glosa.valor) == (Decimal("0.5"), Decimal("39.70"))


@pytest.mark.parametrize("valor", ["0", "-1.00", "79.41", "0.001"])
def test_an_amount_that_does_not_fit_is_refused(mesa: Mesa, valor: str) -> None:
    with pytest.raises(GlosaRecusada, match=r"no máximo 79,40"):
        mesa.glosar(valor)
    assert not Glosa.objects.exists()
    assert not Acao.objects.exists()


@pytest.mark.parametrize("quantas", ["0", "-1", "1.1", "0.00001"])
def test_a_quantity_that_was_not_billed_is_refused(mesa: Mesa, quantas: str) -> None:
    parte = Parte(item=mesa.item().pk, quantidade=Decimal(quantas))
    with pytest.raises(GlosaRecusada, match="no máximo 1, a que foi cobrada"):
        transicoes.glosar(**mesa.chaves(), partes=[parte], codigo="1705")


def test_of_an_item_refused_to_the_end_nothing_more_is_refused(mesa: Mesa) -> None:
    mesa.glosar()
    with pytest.raises(GlosaRecusada, match="não resta nada"):
        mesa.glosar("0.01")


@pytest.mark.parametrize(
    ("codigo", "frase"),
    [
        ("", "Falta o código"),
        ("17", "Falta o código"),
        ("17055", "Falta o código"),
        ("9999", "não existe"),
        ("5001", "é uma mensagem"),
        ("3095", "é uma mensagem"),
    ],
)
def test_only_a_code_of_tabela_38_that_refuses_something(mesa: Mesa, codigo: str, frase: str) -> None:
    with pytest.raises(CodigoRecusado, match=frase):
        mesa.glosar("1.00", codigo)


def test_the_code_may_come_with_its_words(mesa: Mesa) -> None:
    mesa.glosar("1.00", " 1705 VALOR APRESENTADO A MAIOR")
    assert Glosa.objects.get().codigo == "1705"


def test_a_reason_has_at_most_500_characters(mesa: Mesa) -> None:
    parte = Parte(item=mesa.item().pk)
    with pytest.raises(GlosaRecusada, match="501 caracteres, e cabem 500"):
        transicoes.glosar(**mesa.chaves(), partes=[parte], codigo="1705", motivo="x" * 501)


def test_an_item_of_a_guide_that_was_not_seen_is_refused(mesa: Mesa) -> None:
    with pytest.raises(GlosaRecusada, match="Nenhum item da guia"):
        transicoes.glosar(**mesa.chaves(1), partes=[Parte(item=mesa.item(1, guia=2).pk)], codigo="1705")


def test_a_glosa_of_an_item_is_taken_back(mesa: Mesa) -> None:
    mesa.glosar("9.80")
    transicoes.retirar_glosa(**mesa.chaves(), glosas=[Glosa.objects.get().pk])
    assert mesa.agora().valor_glosado == 0


def test_a_glosa_that_is_gone_cannot_be_taken_back(mesa: Mesa) -> None:
    with pytest.raises(GlosaRecusada, match="já não está na guia"):
        transicoes.retirar_glosa(**mesa.chaves(), glosas=[0])


def test_a_proposal_is_accepted_and_becomes_the_analistas_word(mesa: Mesa) -> None:
    proposta = propor(mesa.item())
    transicoes.aceitar_glosas(**mesa.chaves(), glosas=[proposta.pk])
    proposta.refresh_from_db()
    assert (proposta.confirmada, proposta.por_id, proposta.origem) == (True, mesa.por.pk, "regra")
    assert mesa.guia().propostas == 0
    assert mesa.item().conferido


def test_all_proposals_of_a_guide_are_accepted_at_once(mesa: Mesa) -> None:
    propor(mesa.item(1)), propor(mesa.item(2)), propor(mesa.item(1, guia=2))
    transicoes.aceitar_glosas(**mesa.chaves(1), glosas=None)
    assert (mesa.guia(1).propostas, mesa.guia(2).propostas) == (0, 1)


def test_where_nothing_was_proposed_nothing_is_accepted(mesa: Mesa) -> None:
    with pytest.raises(GlosaRecusada, match="Nenhuma glosa da conferência"):
        transicoes.aceitar_glosas(**mesa.chaves(), glosas=None)


def _permitir_reprecificar(mesa: Mesa) -> None:
    ParametrosDaAnalise.objects.update_or_create(
        operadora=mesa.analise.operadora, defaults={"permite_reprecificar": True}
    )


def test_an_item_is_repriced_without_a_glosa_where_the_operadora_allows_it(mesa: Mesa) -> None:
    _permitir_reprecificar(mesa)
    transicoes.reprecificar(**mesa.chaves(), item=mesa.item().pk, valor_processado=Decimal("70.00"))
    item = mesa.item()
    assert (item.valor_processado, item.valor_glosado, item.valor_liberado) == (Decimal("70.00"), 0, Decimal("70.00"))


def test_repricing_does_not_answer_a_proposal(mesa: Mesa) -> None:
    _permitir_reprecificar(mesa)
    propor(mesa.item())
    transicoes.reprecificar(**mesa.chaves(), item=mesa.item().pk, valor_processado=Decimal("70.00"))
    assert not mesa.item().conferido
    transicoes.reprecificar(**mesa.chaves(), item=mesa.item(2).pk, valor_processado=Decimal("70.00"))
    assert mesa.item(2).conferido


def test_repricing_is_off_until_the_operadora_allows_it(mesa: Mesa) -> None:
    with pytest.raises(ReprecificacaoRecusada, match="não permite"):
        transicoes.reprecificar(**mesa.chaves(), item=mesa.item().pk, valor_processado=Decimal("70.00"))


@pytest.mark.parametrize("valor", ["79.41", "9.79", "-1"])
def test_the_base_stays_between_what_is_refused_and_what_was_billed(mesa: Mesa, valor: str) -> None:
    _permitir_reprecificar(mesa)
    mesa.glosar("9.80")
    with pytest.raises(ReprecificacaoRecusada, match="fica entre o glosado, 9,80, e o informado, 79,40"):
        transicoes.reprecificar(**mesa.chaves(), item=mesa.item().pk, valor_processado=Decimal(valor))


def test_items_are_marked_as_looked_at_and_back(mesa: Mesa) -> None:
    transicoes.marcar_conferidos(**mesa.chaves(), itens=[mesa.item().pk])
    assert (mesa.item(1).conferido, mesa.item(2).conferido) == (True, False)
    transicoes.marcar_conferidos(**mesa.chaves(), itens=[mesa.item().pk], conferidos=False)
    assert not mesa.item().conferido


def test_an_item_with_a_proposal_wants_an_answer_first(mesa: Mesa) -> None:
    propor(mesa.item())
    for mudar in (
        lambda: transicoes.marcar_conferidos(**mesa.chaves(), itens=[mesa.item().pk]),
        lambda: transicoes.conferir_guia(**mesa.chaves(), guia=mesa.guia().pk),
    ):
        with pytest.raises(ConferenciaRecusada, match=r"item 1 .* a confirmar"):
            mudar()


def test_a_guide_is_gone_through_with_all_its_items(mesa: Mesa) -> None:
    transicoes.conferir_guia(**mesa.chaves(), guia=mesa.guia().pk)
    assert mesa.guia().conferida_por_nome == "Analista de contas da Silva"
    assert mesa.item(2).conferido
    assert mesa.agora().guias_conferidas == 1


def test_a_guide_gets_words_for_the_prestador(mesa: Mesa) -> None:
    transicoes.observar_guia(**mesa.chaves(), guia=mesa.guia().pk, texto="  Envie o laudo da próxima vez. ")
    assert mesa.guia().observacao == "Envie o laudo da próxima vez."
    with pytest.raises(GlosaRecusada, match="cabem 500"):
        transicoes.observar_guia(**mesa.chaves(), guia=mesa.guia().pk, texto="x" * 501)


MUDANCAS: dict[str, Callable[[Mesa], Any]] = {
    "glosar": lambda mesa: mesa.glosar("1.00"),
    "retirar_glosa": lambda mesa: transicoes.retirar_glosa(
        **mesa.chaves(), glosas=list(Glosa.objects.values_list("pk", flat=True))
    ),
    "aceitar_glosas": lambda mesa: transicoes.aceitar_glosas(**mesa.chaves(), glosas=None),
    "reprecificar": lambda mesa: transicoes.reprecificar(
        **mesa.chaves(), item=mesa.item(2).pk, valor_processado=Decimal("60.00")
    ),
    "marcar_conferidos": lambda mesa: transicoes.marcar_conferidos(**mesa.chaves(), itens=[mesa.item(2).pk]),
    "conferir_guia": lambda mesa: transicoes.conferir_guia(
        analise=mesa.analise, por=mesa.por, vistos=mesa.vistos(2), guia=mesa.guia(2).pk
    ),
    "observar_guia": lambda mesa: transicoes.observar_guia(**mesa.chaves(), guia=mesa.guia().pk, texto="Veja o laudo"),
    "glosar_guia": lambda mesa: transicoes_inteiras.glosar_guia(**mesa.chaves(), guia=mesa.guia().pk, codigo="1801"),
    "glosar_protocolo": lambda mesa: transicoes_inteiras.glosar_protocolo(
        analise=mesa.analise, por=mesa.por, codigo="1801"
    ),
}
TODAS = pytest.mark.parametrize("mudanca", MUDANCAS)


@TODAS
def test_whatever_was_done_is_undone_to_the_last_column(mesa: Mesa, mudanca: str) -> None:
    _permitir_reprecificar(mesa)
    propor(mesa.item())
    antes = retrato(mesa.analise)
    MUDANCAS[mudanca](mesa)
    assert retrato(mesa.analise) != antes
    acao = desfazer(analise=mesa.analise, por=mesa.por)
    assert retrato(mesa.analise) == antes
    acao.refresh_from_db()
    assert acao.desfeita_em is not None
    with pytest.raises(NadaADesfazer):
        desfazer(analise=mesa.analise, por=mesa.por)


@TODAS
@pytest.mark.parametrize("situacao", [P.AGUARDANDO_INFORMACAO, P.CANCELADO])
def test_nothing_changes_but_while_the_protocol_is_under_analysis(mesa: Mesa, mudanca: str, situacao: P) -> None:
    _permitir_reprecificar(mesa)
    propor(mesa.item())
    ir_a(mesa.analise, situacao, mesa.por)
    antes = retrato(mesa.analise)
    with pytest.raises(AnaliseFechada, match=situacao.label):
        MUDANCAS[mudanca](mesa)
    with pytest.raises(AnaliseFechada):
        desfazer(analise=mesa.analise, por=mesa.por)
    assert retrato(mesa.analise) == antes


def test_who_saw_an_older_guide_changes_nothing_and_is_told_who_did(mesa: Mesa, outra: Mesa) -> None:
    velhos = mesa.vistos()
    outra.glosar("1.00")
    parte = Parte(item=mesa.item(2).pk)
    with pytest.raises(OutraPessoaMudou, match="por Gestor da operadora da Silva"):
        transicoes.glosar(analise=mesa.analise, por=mesa.por, vistos=velhos, partes=[parte], codigo="1705")
    assert Glosa.objects.count() == 1


def test_another_guide_of_the_same_protocol_is_no_obstacle(mesa: Mesa, outra: Mesa) -> None:
    velhos = mesa.vistos(1)
    outra.glosar("1.00", guia=2)
    transicoes.glosar(
        analise=mesa.analise, por=mesa.por, vistos=velhos, partes=[Parte(item=mesa.item().pk)], codigo="1705"
    )
    assert Glosa.objects.count() == 2


def test_a_whole_protocol_is_not_refused_over_what_somebody_changed(mesa: Mesa, outra: Mesa) -> None:
    outra.glosar("1.00", guia=2)
    with pytest.raises(OutraPessoaMudou, match="por Gestor da operadora"):
        transicoes_inteiras.glosar_protocolo(analise=mesa.analise, por=mesa.por, codigo="1801", versao=0)


def test_undo_takes_back_ones_own_last_change_and_never_anothers(mesa: Mesa, outra: Mesa) -> None:
    mesa.glosar("1.00", guia=1)
    outra.glosar("2.00", guia=2)
    desfazer(analise=mesa.analise, por=mesa.por)
    assert [glosa.valor for glosa in Glosa.objects.all()] == [Decimal("2.00")]


def test_undo_is_refused_where_somebody_changed_the_same_guide_since(mesa: Mesa, outra: Mesa) -> None:
    mesa.glosar("1.00", item=1)
    outra.glosar("2.00", item=2)
    with pytest.raises(DesfazerRecusado, match="Gestor da operadora da Silva mudou a mesma guia"):
        desfazer(analise=mesa.analise, por=mesa.por)
    desfazer(analise=mesa.analise, por=outra.por)
    desfazer(analise=mesa.analise, por=mesa.por)
    assert not Glosa.objects.exists()


def test_every_refusal_says_what_to_do(mesa: Mesa) -> None:
    with pytest.raises(ErroDeNegocio) as recusa:
        mesa.glosar("999.00")
    assert recusa.value.frase.endswith("Corrija o valor.")
