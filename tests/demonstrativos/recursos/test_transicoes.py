"""Which changes are allowed and which refused by name; terms, the second instance, analyses kept as they were."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from demonstrativos.analise.estados import Nivel
from demonstrativos.analise.models import Glosa
from demonstrativos.recursos import a_pagar, preparo, respostas, transicoes
from demonstrativos.recursos.erros import (
    ComRecursoEnviado,
    GlosaNaoRecorrivel,
    RecursoIncompleto,
    RecursoMudou,
    ValorRecusado,
)
from demonstrativos.recursos.models import ItemDoRecurso, ParametrosDoRecurso, Recurso
from demonstrativos.recursos.preparo import Pedido
from demonstrativos.recursos.recorriveis import recorriveis
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Acontecimento
from tests.demonstrativos.recursos.construcao import (
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

pytestmark = pytest.mark.django_db


def _incluir(cenario: Cenario, **pedido: Any) -> list[Recurso]:
    with cenario.dentro("aurelia", "faturista"):
        pedidos = {pk: Pedido(**pedido) for pk in Glosa.objects.values_list("pk", flat=True)}
        return preparo.incluir(prestador=cenario.aurelia, pedidos=pedidos, por=cenario.pessoa("faturista", "aurelia"))


def _parametros(cenario: Cenario, **valores: Any) -> None:
    with cenario.dentro("pasa", "gestor"):
        ParametrosDoRecurso.objects.update_or_create(operadora=cenario.pasa, defaults=valores)


@pytest.mark.parametrize(("ate", "desde", "pode"), [(P.LIBERADO, "faturado", False), (P.LIBERADO, "liberado", True)])
def test_from_when_on_is_the_operadoras_word(cenario: Cenario, ate: P, desde: str, pode: bool) -> None:
    _parametros(cenario, desde=desde)
    glosado(cenario, ate=ate)
    with cenario.dentro("aurelia"):
        assert recorriveis(cenario.aurelia).exists() == pode


def test_what_was_refused_whole_and_closed_can_be_appealed_against(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    avancar(cenario, protocolo, P.EM_ANALISE)
    glosar_tudo(cenario, protocolo, Nivel.PROTOCOLO)
    avancar(cenario, protocolo, P.ENCERRADO_SEM_PAGAMENTO)
    with cenario.dentro("aurelia"):
        assert recorriveis(cenario.aurelia).count() == protocolo.lote.quantidade_de_itens


def test_the_term_ends_on_its_last_day(cenario: Cenario) -> None:
    glosado(cenario)
    ultimo = timezone.localdate() + timedelta(days=10 + 30)
    with cenario.dentro("aurelia"):
        assert recorriveis(cenario.aurelia, ultimo).exists()
        assert not recorriveis(cenario.aurelia, ultimo + timedelta(days=1)).exists()


def test_a_draft_is_not_sent_after_its_term(cenario: Cenario) -> None:
    _parametros(cenario, desde="liberado", prazo_de_recurso=1)
    recurso = preparar(cenario, glosado(cenario))
    _envelhecer(cenario, recurso)
    with pytest.raises(GlosaNaoRecorrivel, match="O prazo de recurso do protocolo"):
        enviar(cenario, recurso)


def _envelhecer(cenario: Cenario, recurso: Recurso) -> None:
    """Let the analysis have been released three days ago."""
    with cenario.dentro("pasa"):
        analise = recurso.protocolo.analise
        type(analise).objects.filter(pk=analise.pk).update(liberada_em=timezone.now() - timedelta(days=3))


def test_what_is_not_justified_is_not_sent(cenario: Cenario) -> None:
    glosado(cenario)
    (recurso,) = _incluir(cenario)
    with pytest.raises(RecursoIncompleto, match="Falta a justificativa da glosa 1705"):
        enviar(cenario, recurso)
    with cenario.dentro("aurelia"):
        assert Recurso.objects.get().numero is None


def test_sending_twice_sends_once(cenario: Cenario) -> None:
    recurso = preparar(cenario, glosado(cenario))
    assert enviar(cenario, recurso).numero == enviar(cenario, recurso).numero == 1
    with cenario.dentro("aurelia"):
        assert Acontecimento.objects.filter(tipo="recurso", publico=True).count() == 1


@pytest.mark.parametrize("verbo", ["excluir", "gravar", "tirar", "justificar"])
def test_a_sent_appeal_is_refused_by_name(cenario: Cenario, verbo: str) -> None:
    recurso, por = recursado(cenario), cenario.pessoa("faturista", "aurelia")
    acoes = {
        "excluir": lambda: transicoes.excluir(recurso=recurso, por=por),
        "gravar": lambda: preparo.gravar(recurso=recurso, pedidos={}, por=por),
        "tirar": lambda: preparo.tirar(recurso=recurso, itens=[], por=por),
        "justificar": lambda: preparo.justificar_codigo(
            recursos=[recurso], codigo="1705", texto="x", por=por, so_vazias=False
        ),
    }
    with cenario.dentro("aurelia", "faturista"), pytest.raises(RecursoMudou, match="já é “Enviado à operadora”"):
        acoes[verbo]()


def test_an_excluded_draft_gives_its_glosas_back(cenario: Cenario) -> None:
    recurso = preparar(cenario, glosado(cenario))
    with cenario.dentro("aurelia", "faturista"):
        transicoes.excluir(recurso=recurso, por=cenario.pessoa("faturista", "aurelia"))
        assert recorriveis(cenario.aurelia).count() == 2
    with pytest.raises(RecursoMudou):
        enviar(cenario, recurso)


@pytest.mark.parametrize("valor", ["0", "-1", "20.01"])
def test_more_than_the_glosa_is_refused(cenario: Cenario, valor: str) -> None:
    glosado(cenario)
    with pytest.raises(ValorRecusado, match="Corrija o valor"):
        _incluir(cenario, valor=Decimal(valor))


def test_a_part_of_what_was_refused_whole_goes_on_by_items(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    avancar(cenario, protocolo, P.EM_ANALISE)
    glosar_tudo(cenario, protocolo, Nivel.PROTOCOLO)
    levar(cenario, protocolo, P.FATURADO)
    recurso = preparar(cenario, protocolo)
    por = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        assert (recurso.objeto, set(recurso.itens.values_list("nivel", flat=True))) == ("1", {Nivel.PROTOCOLO})
        um = recurso.itens.first()
        mudado = preparo.gravar(recurso=recurso, pedidos={um.pk: Pedido(valor=Decimal(1))}, por=por)
        assert (mudado.objeto, set(mudado.itens.values_list("nivel", flat=True))) == ("2", {Nivel.ITEM})


def test_a_whole_guide_is_accepted_or_refused_as_one(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    avancar(cenario, protocolo, P.EM_ANALISE)
    glosar_tudo(cenario, protocolo, Nivel.GUIA)
    levar(cenario, protocolo, P.FATURADO)
    recurso, por = enviar(cenario, preparar(cenario, protocolo)), cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        um, *_ = ItemDoRecurso.objects.values_list("pk", flat=True)
        with pytest.raises(ValorRecusado, match="acate tudo ou recuse tudo"):
            respostas.acatar_em_parte(recurso=recurso, item=um, valor=Decimal(1), por=por, justificativa="x")
        assert respostas.acatar(recurso=recurso, itens=[um], por=por) == recurso.itens.count()


def test_an_analysis_that_was_appealed_against_is_not_opened_again(cenario: Cenario) -> None:
    _parametros(cenario, desde="liberado")
    protocolo = glosado(cenario, ate=P.LIBERADO)
    recurso, gestor = preparar(cenario, protocolo), cenario.pessoa("gestor", "pasa")

    def reabrir() -> None:
        with cenario.dentro("pasa", "gestor"):
            avanco.desfazer(protocolos=[protocolo], para=P.EM_ANALISE, por=gestor, motivo="engano")

    reabrir()  # a draft is the prestador's secret, and stops nobody
    with pytest.raises(GlosaNaoRecorrivel, match="não aceita recurso agora"):
        enviar(cenario, recurso)
    levar(cenario, protocolo, P.LIBERADO)
    enviar(cenario, recurso)
    with pytest.raises(ComRecursoEnviado, match="Responda ao recurso"):
        reabrir()


def test_a_glosa_that_changed_meanwhile_is_not_sent(cenario: Cenario) -> None:
    _parametros(cenario, desde="liberado")
    protocolo = glosado(cenario, ate=P.LIBERADO)
    recurso, gestor = preparar(cenario, protocolo), cenario.pessoa("gestor", "pasa")
    with cenario.dentro("pasa", "gestor"):
        avanco.desfazer(protocolos=[protocolo], para=P.EM_ANALISE, por=gestor, motivo="engano")
        glosa = Glosa.objects.first()
        glosa.valor -= Decimal("0.01")
        glosa.save(update_fields=["valor"])
    levar(cenario, protocolo, P.LIBERADO)
    with pytest.raises(GlosaNaoRecorrivel, match="já não é a mesma"):
        enviar(cenario, recurso)


@pytest.mark.parametrize("segunda", [False, True])
def test_a_second_instance_is_the_operadoras_word(cenario: Cenario, segunda: bool) -> None:
    _parametros(cenario, segunda_instancia=segunda)
    protocolo = glosado(cenario)
    recurso, por = enviar(cenario, preparar(cenario, protocolo)), cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        um, outro = ItemDoRecurso.objects.values_list("pk", flat=True)
        respostas.acatar(recurso=recurso, itens=[um], por=por)
        respostas.acatar_em_parte(recurso=recurso, item=outro, valor=Decimal(5), por=por, justificativa="Só cinco.")
        transicoes.responder(recurso=recurso, por=por)
    with cenario.dentro("aurelia"):
        sobra = [(glosa.recorrivel, glosa.instancia) for glosa in recorriveis(cenario.aurelia)]
    assert sobra == ([(Decimal(15), 2)] if segunda else [])
    if segunda:
        with cenario.dentro("aurelia", "faturista"):
            (glosa,) = recorriveis(cenario.aurelia)
            (novo,) = preparo.incluir(
                prestador=cenario.aurelia,
                pedidos={glosa.pk: Pedido(justificativa="Faltam quinze.")},
                por=cenario.pessoa("faturista", "aurelia"),
            )
        assert enviar(cenario, novo).valor_recursado == Decimal(15)


def test_the_term_of_a_second_instance_counts_from_the_answer(cenario: Cenario) -> None:
    _parametros(cenario, desde="liberado", prazo_de_recurso=2, segunda_instancia=True)
    recurso, por = recursado(cenario), cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        itens = list(ItemDoRecurso.objects.values_list("pk", flat=True))
        respostas.recusar(recurso=recurso, itens=itens, por=por, justificativa="Mantida.")
        transicoes.responder(recurso=recurso, por=por)
    _envelhecer(cenario, recurso)
    hoje = timezone.localdate()
    with cenario.dentro("aurelia"):
        assert {glosa.limite for glosa in recorriveis(cenario.aurelia)} == {hoje + timedelta(days=2)}
        assert not recorriveis(cenario.aurelia, hoje + timedelta(days=3)).exists()
    with cenario.dentro("aurelia"):
        protocolo = Recurso.objects.get().protocolo
    assert enviar(cenario, preparar(cenario, protocolo)).instancia == 2


def test_what_left_a_payment_waits_for_the_next(cenario: Cenario) -> None:
    recurso, por = recursado(cenario), cenario.pessoa("financeiro_operadora", "pasa")
    with cenario.dentro("pasa", "analista"):
        respostas.acatar(recurso=recurso, itens=[item.pk for item in recurso.itens.all()], por=por)
        transicoes.responder(recurso=recurso, por=por)
        with pytest.raises(RecursoMudou):
            a_pagar.marcar_pagos(recursos=[recurso], por=por)
        a_pagar.marcar_em_pagamento(recursos=[recurso], por=por)
        a_pagar.tirar_do_pagamento(recursos=[recurso], por=por)
        assert [acatado.acatado for acatado in a_pagar.acatados_a_pagar(cenario.pasa)] == [Decimal(30)]
