"""What appeals got back is paid beside protocols, once, and follows its payment."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from demonstrativos.pagamentos.composicao import incluir_recursos, retirar
from demonstrativos.pagamentos.erros import PagamentoRecusado
from demonstrativos.pagamentos.models import GuiaPaga, Pagamento
from demonstrativos.pagamentos.transicoes import cancelar, fechar, marcar_pago
from demonstrativos.recursos import respostas
from demonstrativos.recursos import transicoes as dos_recursos
from demonstrativos.recursos.a_pagar import acatados_a_pagar
from demonstrativos.recursos.estados import SituacaoDoRecurso as R
from demonstrativos.recursos.models import Recurso
from tests.demonstrativos.pagamentos.apoio import aberto, daqui_a, liberado
from tests.demonstrativos.recursos.construcao import recursado
from tests.fabrica import Cenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def acatado(cenario: Cenario) -> Recurso:
    """Of R$ 10,00 and R$ 20,00 appealed against, in two guides, all was accepted."""
    recurso, por = recursado(cenario), cenario.pessoa("analista", "pasa")
    with cenario.dentro("pasa", "analista"):
        respostas.acatar(recurso=recurso, itens=[item.pk for item in recurso.itens.all()], por=por)
        return dos_recursos.responder(recurso=recurso, por=por)


def _com_recurso(cenario: Cenario) -> Pagamento:
    pagamento, por = aberto(cenario, [liberado(cenario)]), cenario.pessoa("financeiro_operadora", "pasa")
    with cenario.dentro("pasa", "financeiro_operadora"):
        incluir_recursos(pagamento=pagamento, acatados=acatados_a_pagar(cenario.pasa), por=por)
    return pagamento


def _situacao(cenario: Cenario) -> str:
    with cenario.dentro("aurelia"):
        return Recurso.objects.get().situacao


def test_it_is_paid_by_its_guides_and_its_glosa_is_not_counted_twice(cenario: Cenario, acatado: Recurso) -> None:
    pagamento, por = _com_recurso(cenario), cenario.pessoa("financeiro_operadora", "pasa")
    with cenario.dentro("pasa", "financeiro_operadora"):
        assert acatados_a_pagar(cenario.pasa) == []
        fechado = fechar(pagamento=pagamento, por=por)
        assert (fechado.valor_liquido, fechado.valor_glosado) == (Decimal("347.62"), 0)
        guias = GuiaPaga.objects.filter(linha__tipo="2").order_by("posicao")
        assert [guia.valor_liberado for guia in guias] == [Decimal("10.00"), Decimal("20.00")]
        marcar_pago(pagamento=pagamento, data=timezone.localdate(), por=por)
        pago_em = Recurso.objects.get().pago_em
        assert pago_em is not None
        assert timezone.localtime(pago_em).time() == time.min, "of the day that the bank says, whenever it is told"
    assert _situacao(cenario) == R.PAGO


@pytest.mark.parametrize("fechado", [False, True])
def test_cancelled_it_waits_for_the_next_payment(cenario: Cenario, acatado: Recurso, fechado: bool) -> None:
    pagamento, por = _com_recurso(cenario), cenario.pessoa("financeiro_operadora", "pasa")
    with cenario.dentro("pasa", "financeiro_operadora"):
        if fechado:
            fechar(pagamento=pagamento, por=por)
        cancelar(pagamento=pagamento, motivo="engano", por=por)
        assert [a.acatado for a in acatados_a_pagar(cenario.pasa)] == [Decimal("30.00")]
        incluir_recursos(
            pagamento=Pagamento.objects.get(pk=aberto(cenario, []).pk), acatados=acatados_a_pagar(cenario.pasa), por=por
        )
    assert _situacao(cenario) == R.RESPONDIDO


def test_taken_out_it_waits_again(cenario: Cenario, acatado: Recurso) -> None:
    pagamento = _com_recurso(cenario)
    with cenario.dentro("pasa", "financeiro_operadora"):
        retirar(linha=pagamento.linhas.get(tipo="2"), por=cenario.pessoa("financeiro_operadora", "pasa"))
        assert len(acatados_a_pagar(cenario.pasa)) == 1


def test_another_prestadors_payment_does_not_take_it(cenario: Cenario, acatado: Recurso) -> None:
    pagamento = aberto(cenario, [], prestador="boavista")
    with cenario.dentro("pasa", "financeiro_operadora"), pytest.raises(PagamentoRecusado, match="outro prestador"):
        incluir_recursos(
            pagamento=pagamento,
            acatados=acatados_a_pagar(cenario.pasa),
            por=cenario.pessoa("financeiro_operadora", "pasa"),
        )


def test_it_is_chosen_on_the_page_and_generated_with_the_rest(cenario: Cenario, acatado: Recurso, entrar: Any) -> None:
    cliente: Client = entrar(cenario.pessoa("financeiro_operadora", "pasa"))
    assert "Recursos acatados" in cliente.get("/pasa/pagamentos/liberados/").content.decode()
    data = f"{daqui_a(5):%d/%m/%Y}"
    previa = cliente.get("/pasa/pagamentos/gerar/", {"data_de_pagamento": data}).content.decode()
    assert "1 recurso," in previa
    dados = {"recurso": [acatado.pk], "destino": "novo", "data_de_pagamento": data}
    assert cliente.post("/pasa/pagamentos/liberados/incluir/", dados).status_code == 302
    assert cliente.post("/pasa/pagamentos/liberados/incluir/", dados).status_code == 409
    with cenario.dentro("pasa"):
        assert Pagamento.objects.order_by("-id")[0].valor_liquido == Decimal("30.00")
