"""What may happen to a protocol: every pair of states, its dates, and two people at once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from lotes import avanco
from lotes.estados import MUDANCAS_DO_PROTOCOLO, SituacaoDoProtocolo
from lotes.models import Acontecimento, MudancaDeSituacao, Protocolo
from lotes.recusas import DataRecusada, MudancaNaoPermitida, OutraPessoaMudou
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar

P = SituacaoDoProtocolo
CAMINHO_ATE: dict[SituacaoDoProtocolo, list[SituacaoDoProtocolo]] = {
    P.ENVIADO: [],
    P.EM_ANALISE: [P.EM_ANALISE],
    P.AGUARDANDO_INFORMACAO: [P.AGUARDANDO_INFORMACAO],
    P.LIBERADO: [P.EM_ANALISE, P.LIBERADO],
    P.FATURADO: [P.EM_ANALISE, P.LIBERADO, P.FATURADO],
    P.PAGO: [P.EM_ANALISE, P.LIBERADO, P.FATURADO, P.PAGO],
    P.ENCERRADO_SEM_PAGAMENTO: [P.ENCERRADO_SEM_PAGAMENTO],
    P.CANCELADO: [P.CANCELADO],
    P.BLOQUEIO_JUDICIAL: [P.BLOQUEIO_JUDICIAL],
}


def avancar(cenario: Cenario, protocolo: Protocolo, para: SituacaoDoProtocolo, **extra: Any) -> Protocolo:
    if para == P.FATURADO:
        extra.setdefault("data_de_pagamento", timezone.localdate() + timedelta(days=30))
    with cenario.dentro("pasa", "gestor"):
        return avanco.avancar(protocolo=protocolo, para=para, por=cenario.pessoa("gestor", "pasa"), **extra)


def protocolo_em(cenario: Cenario, situacao: SituacaoDoProtocolo) -> Protocolo:
    protocolo = protocolar(cenario)
    for passo in CAMINHO_ATE[situacao]:
        protocolo = avancar(cenario, protocolo, passo)
    return protocolo


@pytest.mark.parametrize(
    ("de", "para"), [(de, para) for de, para in product(P, P) if para in MUDANCAS_DO_PROTOCOLO[de]]
)
def test_change_that_the_table_allows(cenario: Cenario, de: SituacaoDoProtocolo, para: SituacaoDoProtocolo) -> None:
    protocolo = protocolo_em(cenario, de)
    avancar(cenario, protocolo, para, nota="conforme combinado")
    with cenario.dentro("aurelia"):
        atual = Protocolo.objects.get(pk=protocolo.pk)
        mudanca = atual.mudancas.order_by("-id").first()
        linha = Acontecimento.objects.order_by("-id").first()
    assert atual.situacao == para
    assert (mudanca.de, mudanca.para, mudanca.nota) == (de, para, "conforme combinado")
    assert (linha.titulo, linha.por_nome, linha.publico) == (para.label, "Gestor da operadora da Silva", True)
    assert "conforme combinado" in linha.detalhe


@pytest.mark.parametrize(
    ("de", "para"), [(de, para) for de, para in product(P, P) if para not in MUDANCAS_DO_PROTOCOLO[de]]
)
def test_change_that_the_table_does_not_allow(
    cenario: Cenario, de: SituacaoDoProtocolo, para: SituacaoDoProtocolo
) -> None:
    protocolo = protocolo_em(cenario, de)
    with pytest.raises(MudancaNaoPermitida, match=f"de “{de.label}” não se passa a “{para.label}”"):
        avancar(cenario, protocolo, para)
    with cenario.dentro("pasa"):
        assert Protocolo.objects.get(pk=protocolo.pk).situacao == de
        assert MudancaDeSituacao.objects.count() == len(CAMINHO_ATE[de])


def test_two_people_at_once_the_second_is_told_who_changed_it_to_what(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    avancar(cenario, protocolo, P.EM_ANALISE, visto=P.ENVIADO)
    with pytest.raises(OutraPessoaMudou, match="“Em análise pela Operadora” por Gestor da operadora da Silva"):
        avancar(cenario, protocolo, P.CANCELADO, visto=P.ENVIADO)


def test_many_advance_together_or_not_at_all(cenario: Cenario) -> None:
    primeiro, segundo = protocolar(cenario), protocolar(cenario, "boavista")
    avancar(cenario, segundo, P.CANCELADO)
    with cenario.dentro("pasa", "gestor"), pytest.raises(MudancaNaoPermitida):
        avanco.avancar_varios(protocolos=[primeiro, segundo], para=P.EM_ANALISE, por=cenario.pessoa("gestor", "pasa"))
    with cenario.dentro("pasa"):
        assert Protocolo.objects.get(pk=primeiro.pk).situacao == P.ENVIADO


def test_billing_needs_a_payment_date_and_keeps_it(cenario: Cenario) -> None:
    protocolo = protocolo_em(cenario, P.LIBERADO)
    with pytest.raises(DataRecusada, match="Falta a data de pagamento"):
        avancar(cenario, protocolo, P.FATURADO, data_de_pagamento=None)
    amanha = timezone.localdate() + timedelta(days=1)
    assert avancar(cenario, protocolo, P.FATURADO, data_de_pagamento=amanha).data_de_pagamento == amanha


def test_no_payment_before_the_day_of_billing(cenario: Cenario) -> None:
    protocolo = protocolo_em(cenario, P.LIBERADO)
    ontem = timezone.localdate() - timedelta(days=1)
    with pytest.raises(DataRecusada, match="é anterior ao dia em que"):
        avancar(cenario, protocolo, P.FATURADO, data_de_pagamento=ontem)


def test_a_payment_date_belongs_to_billing_only(cenario: Cenario) -> None:
    with pytest.raises(DataRecusada, match="só se informa"):
        avancar(cenario, protocolar(cenario), P.EM_ANALISE, data_de_pagamento=timezone.localdate())


@pytest.mark.parametrize("para", [P.EM_ANALISE, P.ENCERRADO_SEM_PAGAMENTO])
def test_after_a_court_s_block_no_payment_date_is_left(cenario: Cenario, para: SituacaoDoProtocolo) -> None:
    protocolo = protocolo_em(cenario, P.FATURADO)
    avancar(cenario, protocolo, P.BLOQUEIO_JUDICIAL)
    assert avancar(cenario, protocolo, para, nota="decisão do juiz").data_de_pagamento is None


def test_released_without_a_glosa_is_accepted_as_billed(cenario: Cenario) -> None:
    protocolo = protocolo_em(cenario, P.EM_ANALISE)
    assert protocolo.valor_liberado == 0
    liberado = avancar(cenario, protocolo, P.LIBERADO)
    assert liberado.valor_processado == liberado.valor_liberado == liberado.valor_informado


def test_a_change_may_count_from_an_earlier_day_but_not_before_the_last_one(cenario: Cenario) -> None:
    with time_machine.travel("2026-11-10T12:00:00-03:00", tick=False):
        protocolo = protocolar(cenario)
    with time_machine.travel("2026-11-20T12:00:00-03:00", tick=False):
        mudado = avancar(cenario, protocolo, P.EM_ANALISE, data=date(2026, 11, 16))
        assert timezone.localdate(mudado.situacao_em) == date(2026, 11, 16)
        with cenario.dentro("aurelia"):
            linha = Acontecimento.objects.order_by("-id").first()
        assert linha.detalhe == "Vale desde 16/11/2026."
        assert timezone.localdate(linha.quando) == date(2026, 11, 20)
        with pytest.raises(DataRecusada, match=r"vale desde 16/11/2026"):
            avancar(cenario, protocolo, P.LIBERADO, data=date(2026, 11, 12))
        with pytest.raises(DataRecusada, match="ainda não chegou"):
            avancar(cenario, protocolo, P.LIBERADO, data=date(2026, 11, 21))


def test_a_prestador_cannot_move_its_own_protocol(cenario: Cenario) -> None:
    protocolo = protocolar(cenario)
    with cenario.dentro("aurelia"), pytest.raises(Exception, match="permission denied"):
        Protocolo.objects.filter(pk=protocolo.pk).update(situacao=P.PAGO)
