"""The way of an appeal from a glosa to what is paid back, and who sees what on it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from conecta.arquivos import cofre
from demonstrativos.recursos import a_pagar, respostas, transicoes
from demonstrativos.recursos.erros import RecursoIncompleto, RecursoMudou
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.models import AcaoDaResposta, ItemDoRecurso, Recurso, RespostaDoItem
from demonstrativos.recursos.recorriveis import recorriveis
from tests.demonstrativos.recursos.construcao import enviar, glosado, preparar, recursado
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


def test_from_a_glosa_to_what_is_paid_back(cenario: Cenario) -> None:
    protocolo = glosado(cenario)
    with cenario.dentro("aurelia"):
        assert [g.recorrivel for g in recorriveis(cenario.aurelia).order_by("id")] == [Decimal(10), Decimal(20)]
    recurso = preparar(cenario, protocolo)
    with cenario.dentro("pasa"):
        assert not Recurso.objects.exists()
        assert not ItemDoRecurso.objects.exists()
    recurso = enviar(cenario, recurso)
    assert (recurso.situacao, recurso.numero, recurso.valor_recursado) == ("enviado", 1, Decimal(30))
    with cenario.dentro("aurelia"):
        assert not recorriveis(cenario.aurelia).exists()
    gestor = cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        primeiro, segundo = ItemDoRecurso.objects.filter(recurso=recurso)
        with pytest.raises(RecursoIncompleto, match="2 itens sem decisão"):
            transicoes.responder(recurso=recurso, por=gestor)
        respostas.acatar(recurso=recurso, itens=[primeiro.pk], por=gestor)
        respostas.acatar_em_parte(
            recurso=recurso, item=segundo.pk, valor=Decimal("5.50"), por=gestor, justificativa="Qtde paga."
        )
    with cenario.dentro("aurelia"):
        assert not RespostaDoItem.objects.exists()
        assert Recurso.objects.get().valor_acatado == 0
    with cenario.dentro("pasa", "analista"):
        transicoes.responder(recurso=recurso, por=gestor)
    with cenario.dentro("aurelia"):
        dado = Recurso.objects.get()
        assert (dado.situacao, dado.valor_acatado) == (SituacaoDoRecurso.RESPONDIDO, Decimal("15.50"))
        assert [r.valor_acatado for r in RespostaDoItem.objects.order_by("item_id")] == [Decimal(10), Decimal("5.50")]
        assert b"RESPOSTA_RECURSO_GLOSA" in cofre.abrir(dado.resposta_id)
        assert b"RECEBIMENTO_RECURSO_GLOSA" in cofre.abrir(dado.recebimento_id)
    with cenario.dentro("pasa", "financeiro_operadora"):
        por = cenario.pessoa("financeiro_operadora", "pasa")
        (acatado,) = a_pagar.acatados_a_pagar(cenario.pasa, cenario.aurelia)
        assert acatado.acatado == sum(g.acatado for g in acatado.guias) == Decimal("15.50")
        a_pagar.marcar_em_pagamento(recursos=[acatado.recurso], por=por)
        assert a_pagar.acatados_a_pagar(cenario.pasa) == []
        with pytest.raises(RecursoMudou):
            a_pagar.marcar_em_pagamento(recursos=[acatado.recurso], por=por)
        a_pagar.marcar_pagos(recursos=[acatado.recurso], por=por)
    with cenario.dentro("aurelia"):
        assert Recurso.objects.get().situacao == SituacaoDoRecurso.PAGO


def test_a_decision_is_undone_as_it_was_taken(cenario: Cenario) -> None:
    recurso = recursado(cenario)
    por = cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        itens = list(ItemDoRecurso.objects.values_list("pk", flat=True))
        respostas.acatar(recurso=recurso, itens=itens[:1], por=por)
        respostas.recusar(recurso=recurso, itens=itens, por=por, justificativa="Sem senha.")
        assert set(RespostaDoItem.objects.values_list("valor_acatado", flat=True)) == {Decimal(0)}
        respostas.desfazer(recurso=recurso, por=por)
        assert list(RespostaDoItem.objects.values_list("item_id", "valor_acatado")) == [(itens[0], Decimal(10))]
        respostas.desfazer(recurso=recurso, por=por)
        assert not RespostaDoItem.objects.exists()
        with pytest.raises(RecursoMudou, match="o que desfazer"):
            respostas.desfazer(recurso=recurso, por=por)
        assert not AcaoDaResposta.objects.filter(desfeita_em__isnull=True).exists()
