"""What the database keeps of an appeal, whatever a statement says; and any sequence of decisions keeps every sum."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conecta.erros import ErroDeNegocio
from demonstrativos.recursos import preparo, respostas, transicoes
from demonstrativos.recursos.models import ItemDoRecurso, Recurso, RespostaDoItem
from demonstrativos.recursos.preparo import Pedido
from tests.demonstrativos.recursos.construcao import enviar, glosado, preparar, recursado
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db
VALORES = {0: Decimal("10.00"), 1: Decimal("0.01"), 2: Decimal("33.33")}


def _recusado(mudanca: Any, erro: type[Exception] = DatabaseError, frase: str = "") -> None:
    with pytest.raises(erro, match=frase or None), transaction.atomic():
        mudanca()


def test_no_more_is_appealed_for_than_was_refused(cenario: Cenario) -> None:
    preparar(cenario, glosado(cenario))
    with cenario.dentro("aurelia"):
        item = ItemDoRecurso.objects.first()
        outro = ItemDoRecurso.objects.last()
        for valor in (item.valor_da_glosa + Decimal("0.01"), Decimal(0), Decimal(-1)):
            _recusado(
                lambda valor=valor: ItemDoRecurso.objects.filter(pk=item.pk).update(valor_recursado=valor),
                IntegrityError,
                "ate_a_glosa",
            )
        # What was copied from the glosa cannot be written.
        ItemDoRecurso.objects.filter(pk=item.pk).update(valor_da_glosa=999, codigo="9999", glosa_id=outro.glosa_id)
        item.refresh_from_db()
        assert (item.valor_da_glosa, item.codigo) == (Decimal(10), "1705")


def test_a_glosa_is_in_one_appeal(cenario: Cenario) -> None:
    recurso = preparar(cenario, glosado(cenario))
    with cenario.dentro("aurelia"):
        item = recurso.itens.first()
        item.pk = None
        _recusado(item.save, IntegrityError, "uma_vez")


def test_a_glosa_of_another_protocol_does_not_get_in(cenario: Cenario) -> None:
    um, outro = (preparar(cenario, glosado(cenario)) for _ in range(2))
    with cenario.dentro("aurelia"):
        item = outro.itens.first()
        ItemDoRecurso.objects.filter(pk=item.pk).delete()
        item.pk, item.recurso = None, um
        _recusado(item.save, DatabaseError, "já não existe")


def test_what_was_sent_changes_no_more(cenario: Cenario) -> None:
    recurso = recursado(cenario)
    with cenario.dentro("aurelia"):
        assert not Recurso.objects.update(objeto="1")
        assert not ItemDoRecurso.objects.update(valor_recursado=1)
        assert not ItemDoRecurso.objects.all().delete()[0]
    with cenario.dentro("pasa"):
        _recusado(lambda: Recurso.objects.update(valor_recursado=1), DatabaseError, "permission denied")
        _recusado(lambda: ItemDoRecurso.objects.update(justificativa="x"), DatabaseError, "permission denied")
        _recusado(lambda: Recurso.objects.update(respondido_em=timezone.now()), DatabaseError)
    assert recurso.numero == 1


def test_what_was_answered_changes_no_more(cenario: Cenario) -> None:
    recurso = recursado(cenario)
    por = cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        respostas.acatar(recurso=recurso, itens=_itens(recurso), por=por)
        transicoes.responder(recurso=recurso, por=por)
        for mudanca in (
            lambda: RespostaDoItem.objects.update(valor_acatado=1),
            lambda: RespostaDoItem.objects.all().delete(),
            lambda: Recurso.objects.update(respondido_em=None, situacao="enviado", resposta=None),
        ):
            _recusado(mudanca, DatabaseError, "não muda mais")


def test_a_refusal_has_a_reason_and_no_more_is_accepted_than_asked(cenario: Cenario) -> None:
    recurso = recursado(cenario)
    por = cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        respostas.acatar(recurso=recurso, itens=_itens(recurso), por=por)
        _recusado(lambda: RespostaDoItem.objects.update(valor_acatado=0), IntegrityError, "recusa_tem_motivo")
        _recusado(lambda: RespostaDoItem.objects.update(valor_acatado=99), IntegrityError, "ate_o_recursado")
        RespostaDoItem.objects.update(valor_recursado=99)
        assert RespostaDoItem.objects.aggregate(s=Sum("valor_recursado"))["s"] == recurso.valor_recursado


def _itens(recurso: Recurso) -> list[int]:
    return list(recurso.itens.values_list("pk", flat=True))


_LUGARES = st.sets(st.integers(0, 2), min_size=1)
_CENTAVOS = st.integers(-1, 3_500).map(lambda centavos: Decimal(centavos) / 100)
_PASSOS = st.lists(
    st.one_of(
        st.tuples(st.just("acatar"), _LUGARES),
        st.tuples(st.just("recusar"), _LUGARES),
        st.tuples(st.just("parte"), st.integers(0, 2), _CENTAVOS),
        st.tuples(st.just("desfazer")),
    ),
    max_size=8,
)
_PEDIDOS = st.lists(st.tuples(st.integers(0, 2), _CENTAVOS), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pedidos=_PEDIDOS, passos=_PASSOS)
def test_any_sequence_keeps_every_sum(
    cenario: Cenario, pedidos: list[tuple[int, Decimal]], passos: list[tuple[Any, ...]]
) -> None:
    with transaction.atomic():
        recurso = preparar(cenario, glosado(cenario, VALORES))
        _pedir(cenario, recurso, pedidos)
        enviado = enviar(cenario, recurso)
        with cenario.dentro("pasa", "analista"):
            itens = list(enviado.itens.order_by("id"))
            assert enviado.valor_recursado == sum(item.valor_recursado for item in itens)
            _decidir(cenario, enviado, [item.pk for item in itens], passos)
            _conferir(cenario, enviado, itens)
        transaction.set_rollback(True)


def _pedir(cenario: Cenario, recurso: Recurso, pedidos: list[tuple[int, Decimal]]) -> None:
    por = cenario.pessoa("faturista", "aurelia")
    with cenario.dentro("aurelia", "faturista"):
        itens = _itens(recurso)
        for lugar, valor in pedidos:
            with suppress(ErroDeNegocio):
                preparo.gravar(recurso=recurso, pedidos={itens[lugar]: Pedido(valor=valor)}, por=por)
        recurso.refresh_from_db()
        assert recurso.valor_recursado == recurso.itens.aggregate(s=Sum("valor_recursado"))["s"]


def _decidir(cenario: Cenario, recurso: Recurso, itens: list[int], passos: list[tuple[Any, ...]]) -> None:
    por = cenario.pessoa("analista", "pasa")
    for verbo, *partes in passos:
        with suppress(ErroDeNegocio):
            if verbo == "acatar":
                respostas.acatar(recurso=recurso, itens=[itens[lugar] for lugar in partes[0]], por=por)
            elif verbo == "recusar":
                escolhidos = [itens[lugar] for lugar in partes[0]]
                respostas.recusar(recurso=recurso, itens=escolhidos, por=por, justificativa="Mantida.")
            elif verbo == "parte":
                lugar, valor = partes
                respostas.acatar_em_parte(
                    recurso=recurso, item=itens[lugar], valor=valor, por=por, justificativa="Só isto."
                )
            else:
                respostas.desfazer(recurso=recurso, por=por)


def _conferir(cenario: Cenario, recurso: Recurso, itens: list[ItemDoRecurso]) -> None:
    por = cenario.pessoa("analista", "pasa")
    dadas = {dada.item_id: dada for dada in RespostaDoItem.objects.filter(recurso=recurso)}
    assert all(0 <= dada.valor_acatado <= dada.valor_recursado for dada in dadas.values())
    faltam = [item.pk for item in itens if item.pk not in dadas]
    if faltam:
        _recusado(lambda: transicoes.responder(recurso=recurso, por=por), ErroDeNegocio, "sem decisão")
        respostas.recusar(recurso=recurso, itens=faltam, por=por, justificativa="Mantida.")
    respondido = transicoes.responder(recurso=recurso, por=por)
    assert respondido.valor_acatado == sum(
        (dada.valor_acatado for dada in RespostaDoItem.objects.filter(recurso=recurso)), Decimal(0)
    )
    assert 0 <= respondido.valor_acatado <= respondido.valor_recursado
