"""From released protocols to a paid payment, and what the protocols and the prestador see on the way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from demonstrativos.pagamentos.estados import SituacaoDoPagamento as S
from demonstrativos.pagamentos.models import DebitoOuCredito, GuiaPaga, Pagamento, PagamentoDoProtocolo
from demonstrativos.pagamentos.transicoes import cancelar, fechar, marcar_pago
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a, liberado
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


def _situacoes(cenario: Cenario, quem: str = "aurelia") -> list[tuple[int, object]]:
    with cenario.dentro(quem):
        return list(Protocolo.objects.order_by("id").values_list("situacao", "data_de_pagamento"))


def test_released_protocols_are_put_in_closed_and_paid(cenario: Cenario) -> None:
    protocolos = [liberado(cenario, glosas=["10.00"]), liberado(cenario)]
    pagamento = aberto(cenario, protocolos)
    por = cenario.pessoa("financeiro_operadora", "pasa")
    assert (pagamento.valor_informado, pagamento.valor_glosado) == (Decimal("635.24"), Decimal("10.00"))
    assert pagamento.valor_liquido == pagamento.valor_liberado == Decimal("625.24")
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechado = fechar(pagamento=pagamento, por=por)
    assert fechado.situacao == S.FECHADO
    assert _situacoes(cenario) == [(P.FATURADO, daqui_a(10))] * 2
    with cenario.dentro("pasa", "financeiro_operadora"):
        pago = marcar_pago(pagamento=pagamento, data=timezone.localdate(), por=por)
    assert (pago.situacao, pago.pago_em) == (S.PAGO, timezone.localdate())
    assert _situacoes(cenario) == [(P.PAGO, daqui_a(10))] * 2


def test_the_prestador_reads_a_payment_from_its_closing_on(cenario: Cenario) -> None:
    pagamento = aberto(cenario, [liberado(cenario)])
    with cenario.dentro("aurelia"):
        assert not any(m.objects.exists() for m in (Pagamento, PagamentoDoProtocolo, GuiaPaga, DebitoOuCredito))
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))
    with cenario.dentro("aurelia"):
        assert GuiaPaga.objects.count() == 2
        assert PagamentoDoProtocolo.objects.get().fechado_em == Pagamento.objects.get().fechado_em
    with cenario.dentro("boavista"):
        assert not any(m.objects.exists() for m in (Pagamento, PagamentoDoProtocolo, GuiaPaga))


def test_cancelled_it_gives_its_protocols_back(cenario: Cenario) -> None:
    pagamento = aberto(cenario, [liberado(cenario)])
    por = cenario.pessoa("financeiro_operadora", "pasa")
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechar(pagamento=pagamento, por=por)
        cancelar(pagamento=pagamento, motivo="conta errada", por=por)
    assert _situacoes(cenario) == [(P.LIBERADO, None)]
    with cenario.dentro("aurelia"):
        assert Pagamento.objects.get().motivo == "conta errada"
        assert not PagamentoDoProtocolo.objects.get().vigente
        protocolo = Protocolo.objects.get()
    assert aberto(cenario, [protocolo]).numero == pagamento.numero + 1
