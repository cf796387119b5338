"""What may happen to a payment, what protocols do to it from outside, and two people at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conecta.erros import ErroDeNegocio
from demonstrativos.pagamentos import composicao, transicoes
from demonstrativos.pagamentos.cadastro import gravar_retencoes
from demonstrativos.pagamentos.erros import PagamentoMudou, PagamentoNaoPermite, PagamentoRecusado
from demonstrativos.pagamentos.estados import Indicador, TipoDeLancamento
from demonstrativos.pagamentos.estados import SituacaoDoPagamento as S
from demonstrativos.pagamentos.models import Pagamento, PagamentoDoProtocolo
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a, levar, liberado
from tests.fabrica import Cenario, montar_cenario


def _como(cenario: Cenario, acao: Callable[..., Any], **extras: Any) -> Any:
    with cenario.dentro("pasa", "financeiro_operadora"):
        return acao(por=cenario.pessoa("financeiro_operadora", "pasa"), **extras)


def _atual(cenario: Cenario) -> Pagamento:
    with cenario.dentro("pasa"):
        return Pagamento.objects.order_by("-id")[0]


def _levado(cenario: Cenario, situacao: S) -> Pagamento:
    pagamento = aberto(cenario, [liberado(cenario)])
    if situacao == S.CANCELADO:
        _como(cenario, transicoes.cancelar, pagamento=pagamento, motivo="engano")
    if situacao in (S.FECHADO, S.PAGO):
        _como(cenario, transicoes.fechar, pagamento=pagamento)
    if situacao == S.PAGO:
        _como(cenario, transicoes.marcar_pago, pagamento=pagamento, data=timezone.localdate())
    return _atual(cenario)


ACOES: dict[str, tuple[Callable[..., Any], dict[str, Any], set[S]]] = {
    "fechar": (transicoes.fechar, {}, {S.ABERTO}),
    "cancelar": (transicoes.cancelar, {"motivo": "engano"}, {S.ABERTO, S.FECHADO}),
    "pagar": (transicoes.marcar_pago, {"data": timezone.localdate()}, {S.FECHADO}),
    "devolver": (transicoes.devolver, {"data": timezone.localdate(), "motivo": "conta"}, {S.FECHADO}),
    "incluir": (composicao.incluir, {"protocolos": []}, {S.ABERTO}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("situacao", S)
@pytest.mark.parametrize("nome", ACOES)
def test_each_action_is_for_its_states(cenario: Cenario, nome: str, situacao: S) -> None:
    acao, extras, permitidas = ACOES[nome]
    pagamento = _levado(cenario, situacao)
    if situacao in permitidas:
        _como(cenario, acao, pagamento=pagamento, **extras)
    else:
        with pytest.raises(PagamentoNaoPermite, match=f"Pagamento|pagamento {pagamento.numero} está"):
            _como(cenario, acao, pagamento=pagamento, **extras)


@pytest.mark.django_db
class TestRecusas:
    def test_an_empty_one_is_not_closed(self, cenario: Cenario) -> None:
        with pytest.raises(PagamentoRecusado, match="está vazio"):
            _como(cenario, transicoes.fechar, pagamento=aberto(cenario, []))

    def test_nor_one_that_somebody_else_changed(self, cenario: Cenario) -> None:
        pagamento = aberto(cenario, [liberado(cenario)])
        with pytest.raises(PagamentoMudou, match="porque outra pessoa o mudou"):
            _como(cenario, transicoes.fechar, pagamento=pagamento, visto=Decimal("1.00"))

    def test_nor_with_a_protocol_that_came_in_meanwhile_and_is_worth_nothing(
        self, cenario: Cenario, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pagamento = aberto(cenario, [liberado(cenario, guias=1, itens=1)])
        tudo_glosado = liberado(cenario, glosas=["158.81"], guias=1, itens=1)
        de_verdade = transicoes.travar

        def depois_de_outra_pessoa(*recebidos: Any) -> Pagamento:
            monkeypatch.undo()
            por = cenario.pessoa("financeiro_operadora", "pasa")
            composicao.incluir(pagamento=pagamento, protocolos=[tudo_glosado], por=por)
            return de_verdade(*recebidos)

        monkeypatch.setattr(transicoes, "travar", depois_de_outra_pessoa)
        with pytest.raises(PagamentoMudou, match="outra pessoa"):
            _como(cenario, transicoes.fechar, pagamento=pagamento, visto=_atual(cenario).valor_liquido)
        assert _atual(cenario).situacao == S.ABERTO

    def test_what_somebody_else_took_out_is_not_taken_out_again(self, cenario: Cenario) -> None:
        pagamento = aberto(cenario, [liberado(cenario), liberado(cenario)])
        with cenario.dentro("pasa"):
            linha = pagamento.linhas.first()
        _como(cenario, composicao.retirar, linha=linha)
        with pytest.raises(PagamentoMudou, match="já não está"):
            _como(cenario, composicao.retirar, linha=linha)
        lancamento = _como(
            cenario,
            composicao.lancar,
            pagamento=pagamento,
            indicador=Indicador.CREDITO,
            tipo=TipoDeLancamento.AJUSTE,
            descricao="ajuste",
            valor=Decimal("1.00"),
        )
        _como(cenario, composicao.retirar_lancamento, lancamento=lancamento)
        with pytest.raises(PagamentoMudou, match="já não está"):
            _como(cenario, composicao.retirar_lancamento, lancamento=lancamento)
        with cenario.dentro("pasa"):
            titulos = pagamento.acontecimentos.values_list("titulo", flat=True)
            assert sorted(titulos).count("Crédito retirado") == 1

    def test_debits_do_not_pass_what_there_is(self, cenario: Cenario) -> None:
        pagamento = aberto(cenario, [liberado(cenario)])
        with pytest.raises(PagamentoRecusado, match="os débitos passariam"):
            _como(
                cenario,
                composicao.lancar,
                pagamento=pagamento,
                indicador=Indicador.DEBITO,
                tipo=TipoDeLancamento.DESCONTOS,
                descricao="muito",
                valor=Decimal("317.63"),
            )
        assert _atual(cenario).debitos == 0

    def test_a_protocol_is_in_one_payment_only(self, cenario: Cenario) -> None:
        protocolo = liberado(cenario)
        primeiro = aberto(cenario, [protocolo])
        with pytest.raises(PagamentoRecusado, match=f"já está no pagamento {primeiro.numero}"):
            aberto(cenario, [protocolo])

    @pytest.mark.parametrize("dias", [-1, 1])
    def test_the_day_of_the_bank_is_between_the_closing_and_today(self, cenario: Cenario, dias: int) -> None:
        pagamento = _levado(cenario, S.FECHADO)
        with pytest.raises(PagamentoRecusado, match=r"anterior a|ainda não chegou"):
            _como(cenario, transicoes.marcar_pago, pagamento=pagamento, data=daqui_a(dias))

    @pytest.mark.parametrize(("dias", "frase"), [(-1, "já passou"), (731, "Confira o ano")])
    def test_a_past_or_a_far_day_is_no_date(self, cenario: Cenario, dias: int, frase: str) -> None:
        with pytest.raises(PagamentoRecusado, match=frase):
            _como(
                cenario,
                transicoes.abrir,
                operadora=cenario.pasa,
                prestador=cenario.aurelia,
                data_de_pagamento=daqui_a(dias),
            )


@pytest.mark.django_db
def test_a_retencao_that_was_taken_out_does_not_come_back_with_other_protocols(cenario: Cenario) -> None:
    with cenario.dentro("pasa", "financeiro_operadora"):
        contrato = cenario.aurelia.credenciamentos.get(operadora=cenario.pasa)
        gravar_retencoes(
            contrato=contrato,
            valores={imposto: (Decimal("1.00"), Decimal(0)) for imposto in ("01", "02")},
            por=cenario.pessoa("financeiro_operadora", "pasa"),
        )
    protocolos = [liberado(cenario), liberado(cenario)]
    pagamento = aberto(cenario, protocolos[:1])
    with cenario.dentro("pasa"):
        irrf = pagamento.lancamentos.get(tipo="01")
    _como(cenario, composicao.retirar_lancamento, lancamento=irrf)
    _como(cenario, composicao.incluir, pagamento=pagamento, protocolos=protocolos[1:])
    with cenario.dentro("pasa"):
        assert [(linha.tipo, linha.valor) for linha in pagamento.lancamentos.all()] == [("02", Decimal("6.35"))]
        primeira = pagamento.linhas.get(protocolo=protocolos[0])
    _como(cenario, composicao.retirar, linha=primeira)
    with cenario.dentro("pasa"):
        assert [(linha.tipo, linha.valor) for linha in pagamento.lancamentos.all()] == [("02", Decimal("3.18"))]
    outro = aberto(cenario, protocolos[:1])
    assert outro.debitos == Decimal("6.36"), "only that payment goes without it"


@pytest.mark.django_db
class TestPelaLista:
    """Protocols that pass to a state outside of a payment."""

    def test_billed_by_the_list_they_get_a_closed_payment_for_each_prestador(self, cenario: Cenario) -> None:
        protocolos = [liberado(cenario), liberado(cenario), liberado(cenario, "boavista")]
        with cenario.dentro("pasa", "gestor"):
            avanco.avancar_varios(
                protocolos=protocolos,
                para=P.FATURADO,
                por=cenario.pessoa("gestor", "pasa"),
                data_de_pagamento=daqui_a(3),
            )
            feitos = list(Pagamento.objects.order_by("prestador__sigla"))
            assert [(p.situacao, p.linhas.count(), p.guias.count()) for p in feitos] == [
                (S.FECHADO, 1, 2),
                (S.FECHADO, 2, 4),
            ]
            assert {p.data_de_pagamento for p in feitos} == {daqui_a(3)}

    def test_paid_by_the_list_the_payment_is_paid_with_the_last_of_them(self, cenario: Cenario) -> None:
        protocolos = [liberado(cenario), liberado(cenario)]
        pagamento = aberto(cenario, protocolos)
        _como(cenario, transicoes.fechar, pagamento=pagamento)
        levar(cenario, protocolos[0], P.PAGO)
        assert _atual(cenario).situacao == S.FECHADO
        levar(cenario, protocolos[1], P.PAGO)
        assert _atual(cenario).situacao == S.PAGO

    def test_in_an_open_payment_it_is_not_billed_by_the_list(self, cenario: Cenario) -> None:
        protocolo = liberado(cenario)
        pagamento = aberto(cenario, [protocolo])
        with pytest.raises(PagamentoRecusado, match=f"está no pagamento {pagamento.numero}, em aberto"):
            levar(cenario, protocolo, P.FATURADO)

    @pytest.mark.parametrize("para", [P.BLOQUEIO_JUDICIAL, P.ENCERRADO_SEM_PAGAMENTO])
    def test_leaving_it_is_taken_out_of_an_open_payment(self, cenario: Cenario, para: P) -> None:
        protocolos = [liberado(cenario), liberado(cenario)]
        aberto(cenario, protocolos)
        levar(cenario, protocolos[0], para)
        assert _atual(cenario).valor_liquido == Decimal("317.62")

    def test_reopened_it_is_taken_out_of_an_open_payment(self, cenario: Cenario) -> None:
        protocolo = liberado(cenario)
        aberto(cenario, [protocolo])
        with cenario.dentro("pasa", "gestor"):
            por = cenario.pessoa("gestor", "pasa")
            avanco.desfazer(protocolos=[protocolo], para=P.EM_ANALISE, por=por, motivo="glosa")
            assert not PagamentoDoProtocolo.objects.exists()

    def test_blocked_by_a_court_it_takes_its_own_payment_along_and_no_other(self, cenario: Cenario) -> None:
        sozinho, protocolos = liberado(cenario), [liberado(cenario), liberado(cenario)]
        levar(cenario, sozinho, P.FATURADO, P.BLOQUEIO_JUDICIAL)
        assert _atual(cenario).situacao == S.CANCELADO
        _como(cenario, transicoes.fechar, pagamento=aberto(cenario, protocolos))
        with pytest.raises(PagamentoRecusado, match="está fechado e tem outros protocolos"):
            levar(cenario, protocolos[0], P.BLOQUEIO_JUDICIAL)
        assert _atual(cenario).situacao == S.FECHADO


@pytest.mark.django_db
def test_many_protocols_cost_as_many_queries_as_few(cenario: Cenario) -> None:
    def consultas(quantos: int) -> int:
        pagamento = aberto(cenario, [])
        protocolos = [liberado(cenario, guias=1, itens=1) for _ in range(quantos)]
        with CaptureQueriesContext(connection) as feitas:
            _como(cenario, composicao.incluir, pagamento=pagamento, protocolos=protocolos)
            _como(cenario, transicoes.fechar, pagamento=pagamento)
            _como(cenario, transicoes.marcar_pago, pagamento=pagamento, data=timezone.localdate())
        return len(feitas)

    assert consultas(2) == consultas(6)


def _ao_mesmo_tempo(*acoes: Callable[[], Any]) -> list[str]:
    """Start them together; give the names of the refusals."""
    largada, recusas = Barrier(len(acoes)), []

    def correr(acao: Callable[[], Any]) -> None:
        largada.wait()
        try:
            acao()
        except ErroDeNegocio as erro:
            recusas.append(type(erro).__name__)
        finally:
            connection.close()

    fios = [Thread(target=correr, args=(acao,)) for acao in acoes]
    for fio in fios:
        fio.start()
    for fio in fios:
        fio.join()
    return recusas


def test_two_people_close_it_once(commitado: None) -> None:
    cenario = montar_cenario()
    pagamento = aberto(cenario, [liberado(cenario)])
    fechar = lambda: _como(cenario, transicoes.fechar, pagamento=pagamento)  # noqa: E731 - the same twice
    assert _ao_mesmo_tempo(fechar, fechar) == ["PagamentoNaoPermite"]
    assert _atual(cenario).situacao == S.FECHADO


def test_two_payments_at_once_do_not_both_take_a_protocol(commitado: None) -> None:
    cenario = montar_cenario()
    protocolo = liberado(cenario)
    um, outro = aberto(cenario, []), aberto(cenario, [])
    recusas = _ao_mesmo_tempo(
        *(lambda p=p: _como(cenario, composicao.incluir, pagamento=p, protocolos=[protocolo]) for p in (um, outro))
    )
    assert recusas == ["PagamentoRecusado"]
    with cenario.dentro("pasa"):
        assert PagamentoDoProtocolo.objects.count() == 1
        assert Protocolo.objects.get().situacao == P.LIBERADO
