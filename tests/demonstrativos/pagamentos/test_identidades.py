"""The identities of a payment hold in the database, whatever is done and whatever a statement says."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.db.models import Sum
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conecta.erros import ErroDeNegocio
from demonstrativos.pagamentos import composicao, transicoes
from demonstrativos.pagamentos.estados import Indicador, TipoDeLancamento
from demonstrativos.pagamentos.estados import SituacaoDoPagamento as S
from demonstrativos.pagamentos.models import DebitoOuCredito, GuiaPaga, Pagamento, PagamentoDoProtocolo, Retencao
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.pagamentos.apoio import aberto, liberado
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db
CENTAVOS = st.integers(1, 50_000).map(lambda centavos: Decimal(centavos) / 100)
ACOES = st.one_of(
    st.tuples(st.just("incluir"), st.integers(0, 2)),
    st.tuples(st.just("retirar"), st.integers(0, 2)),
    st.tuples(st.just("lancar"), st.sampled_from(Indicador), CENTAVOS),
    st.tuples(st.just("retirar_lancamento"), st.integers(0, 3)),
    st.tuples(st.just("fechar")),
    st.tuples(st.just("cancelar")),
    st.tuples(st.just("pagar")),
    st.tuples(st.just("reter"), st.integers(1, 10_000).map(lambda centesimos: Decimal(centesimos) / 100)),
)


def conferir(pagamento: Pagamento) -> None:
    """Every sum, from the guides up to the net amount, and where the protocols stand."""
    zero = Decimal("0.00")
    linhas = list(pagamento.linhas.all())
    for campo in ("valor_informado", "valor_processado", "valor_glosado", "valor_liberado"):
        assert getattr(pagamento, campo) == sum((getattr(linha, campo) for linha in linhas), zero)
        if pagamento.situacao in (S.FECHADO, S.PAGO):
            for linha in linhas:
                assert linha.guias.aggregate(soma=Sum(campo))["soma"] == getattr(linha, campo)
    somas = {i: sum((x.valor for x in pagamento.lancamentos.filter(indicador=i)), zero) for i in Indicador}
    assert (pagamento.debitos, pagamento.creditos) == (somas[Indicador.DEBITO], somas[Indicador.CREDITO])
    assert pagamento.valor_liquido == pagamento.valor_liberado - pagamento.debitos + pagamento.creditos >= 0
    esperada = {S.ABERTO: P.LIBERADO, S.FECHADO: P.FATURADO, S.PAGO: P.PAGO, S.CANCELADO: P.LIBERADO}
    assert {linha.protocolo.situacao for linha in linhas} <= {esperada[S(pagamento.situacao)]}
    assert all(linha.vigente == (pagamento.situacao != S.CANCELADO) for linha in linhas)
    assert all(linha.fechado_em == pagamento.fechado_em for linha in linhas)


def _agir(pagamento: Pagamento, protocolos: list[Protocolo], por: Any, acao: tuple[Any, ...]) -> None:
    nome, *resto = acao
    if nome == "incluir":
        composicao.incluir(pagamento=pagamento, protocolos=[protocolos[resto[0]]], por=por)
    elif nome == "retirar":
        for linha in pagamento.linhas.filter(protocolo=protocolos[resto[0]]):
            composicao.retirar(linha=linha, por=por)
    elif nome == "lancar":
        indicador, valor = resto
        composicao.lancar(
            pagamento=pagamento,
            indicador=indicador,
            tipo=TipoDeLancamento.DESCONTOS,
            descricao="Ajuste",
            valor=valor,
            por=por,
        )
    elif nome == "retirar_lancamento":
        for lancamento in pagamento.lancamentos.order_by("id")[resto[0] : resto[0] + 1]:
            composicao.retirar_lancamento(lancamento=lancamento, por=por)
    elif nome == "reter":
        Retencao.objects.filter(tipo="01").delete()
        dono = {"operadora_id": pagamento.operadora_id, "prestador_id": pagamento.prestador_id}
        Retencao.objects.create(**dono, tipo="01", percentual=resto[0])
    elif nome == "fechar":
        transicoes.fechar(pagamento=pagamento, por=por)
    elif nome == "cancelar":
        transicoes.cancelar(pagamento=pagamento, motivo="engano", por=por)
    else:
        transicoes.marcar_pago(pagamento=pagamento, data=timezone.localdate(), por=por)


def test_any_sequence_of_actions_keeps_every_identity(cenario: Cenario) -> None:
    protocolos = [liberado(cenario, glosas=["10.00", "0.01"]), liberado(cenario), liberado(cenario, glosas=["79.40"])]
    por = cenario.pessoa("financeiro_operadora", "pasa")
    pagamento = aberto(cenario, [])

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(acoes=st.lists(ACOES, min_size=1, max_size=10))
    def percorrer(acoes: list[tuple[Any, ...]]) -> None:
        with cenario.dentro("pasa", "financeiro_operadora"), transaction.atomic():
            for acao in acoes:
                try:
                    with transaction.atomic():
                        _agir(Pagamento.objects.get(pk=pagamento.pk), protocolos, por, acao)
                except ErroDeNegocio:
                    pass  # refused: nothing of it happened, which is what is looked at next
                conferir(Pagamento.objects.get(pk=pagamento.pk))
            transaction.set_rollback(True)

    percorrer()


@pytest.fixture
def fechado(cenario: Cenario) -> Pagamento:
    pagamento = aberto(cenario, [liberado(cenario, glosas=["10.00"])])
    with cenario.dentro("pasa", "financeiro_operadora"):
        return transicoes.fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))


def test_sums_and_copies_cannot_be_written(cenario: Cenario) -> None:
    pagamento = aberto(cenario, [liberado(cenario)])
    with cenario.dentro("pasa"):
        Pagamento.objects.update(valor_informado=1, valor_processado=1, debitos=1)
        atual = Pagamento.objects.get()
    assert (atual.valor_informado, atual.debitos) == (pagamento.valor_informado, 0)


def test_what_was_closed_changes_no_more(cenario: Cenario, fechado: Pagamento) -> None:
    dono = {"prestador_id": fechado.prestador_id, "operadora_id": fechado.operadora_id, "pagamento": fechado}
    with cenario.dentro("pasa", "gestor"):
        for mudanca in (
            lambda: Pagamento.objects.update(data_de_pagamento=timezone.localdate() + timedelta(days=90)),
            lambda: Pagamento.objects.update(conta="1"),
            lambda: Pagamento.objects.update(numero=77),
            lambda: PagamentoDoProtocolo.objects.all()._raw_delete("default"),
            lambda: DebitoOuCredito.objects.create(
                **dono, indicador="1", tipo="07", descricao="x", valor=1, por_nome="x"
            ),
        ):
            with pytest.raises(DatabaseError, match="não muda mais"), transaction.atomic():
                mudanca()
        for mudanca in (
            lambda: GuiaPaga.objects.all()._raw_delete("default"),
            lambda: GuiaPaga.objects.update(valor_processado=1),
        ):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                mudanca()


@pytest.mark.parametrize("para", [S.ABERTO, S.PAGO])
def test_a_payment_does_not_leave_its_path(cenario: Cenario, fechado: Pagamento, para: S) -> None:
    with cenario.dentro("pasa", "gestor"):
        transicoes.cancelar(pagamento=fechado, motivo="engano", por=cenario.pessoa("gestor", "pasa"))
        with pytest.raises(DatabaseError, match="não passa de cancelado"), transaction.atomic():
            Pagamento.objects.update(situacao=para, cancelado_em=None)


def test_it_cannot_be_closed_without_its_guides(cenario: Cenario) -> None:
    aberto(cenario, [liberado(cenario)])
    with cenario.dentro("pasa"), pytest.raises(DatabaseError, match="não somam"), transaction.atomic():
        Pagamento.objects.update(situacao=S.FECHADO, fechado_em=timezone.now())


def test_only_what_was_released_gets_into_a_payment(cenario: Cenario) -> None:
    pagamento, outro = aberto(cenario, []), liberado(cenario)
    with cenario.dentro("pasa", "gestor"):
        Protocolo.objects.filter(pk=outro.pk).update(situacao=P.EM_ANALISE)
        with pytest.raises(DatabaseError, match="não está liberado"), transaction.atomic():
            composicao.acrescentar(pagamento, [outro])


def test_a_prestador_writes_nothing(cenario: Cenario, fechado: Pagamento) -> None:
    with cenario.dentro("aurelia"):
        for modelo in (Pagamento, PagamentoDoProtocolo, GuiaPaga, DebitoOuCredito):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                modelo.objects.update(id=1)
