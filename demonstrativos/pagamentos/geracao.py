"""*Gerar pagamentos*: everything that waits, put into payments of one date, one to each prestador."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.pagamentos.composicao import incluir, incluir_recursos
from demonstrativos.pagamentos.consultas import liberados_a_pagar
from demonstrativos.pagamentos.models import ContaBancaria, Pagamento
from demonstrativos.pagamentos.transicoes import abrir
from demonstrativos.recursos.a_pagar import AcatadoAPagar, acatados_a_pagar
from lotes.models import Protocolo


@dataclass(slots=True, kw_only=True)
class Previsto:
    """A payment that would be made. `tem_conta`: it is known where to."""

    prestador: Organizacao
    tem_conta: bool = False
    protocolos: list[Protocolo] = field(default_factory=list)
    recursos: list[AcatadoAPagar] = field(default_factory=list)

    @property
    def liberado(self) -> Decimal:
        """What it would pay before debits and credits, in reais."""
        recursos = sum((acatado.acatado for acatado in self.recursos), Decimal("0.00"))
        return recursos + sum((protocolo.valor_liberado for protocolo in self.protocolos), Decimal("0.00"))


def prever(operadora: Organizacao, liberados_ate: date | None = None) -> list[Previsto]:
    """One payment for each prestador that something waits for, released or answered up to that day; by name."""
    previstos: dict[int, Previsto] = {}

    def de(prestador: Organizacao) -> Previsto:
        return previstos.setdefault(prestador.pk, Previsto(prestador=prestador, tem_conta=prestador.pk in contas))

    contas = set(ContaBancaria.objects.filter(operadora=operadora).values_list("prestador_id", flat=True))
    for protocolo in liberados_a_pagar(operadora).order_by("pk"):
        if _ate(protocolo.situacao_em, liberados_ate):
            de(protocolo.prestador).protocolos.append(protocolo)
    for acatado in acatados_a_pagar(operadora):
        if _ate(acatado.recurso.respondido_em, liberados_ate):
            de(acatado.recurso.prestador).recursos.append(acatado)
    return sorted(previstos.values(), key=lambda previsto: previsto.prestador.sigla)


@transaction.atomic
def gerar(
    *, operadora: Organizacao, data_de_pagamento: date, por: Usuario, liberados_ate: date | None, competencia: str = ""
) -> list[Pagamento]:
    """Open one payment for each prestador with all that `prever` shows. What is in a payment by now is left out."""
    return [
        abrir_com(operadora, previsto, data_de_pagamento, por, competencia)
        for previsto in prever(operadora, liberados_ate)
    ]


def abrir_com(
    operadora: Organizacao, previsto: Previsto, data_de_pagamento: date, por: Usuario, competencia: str = ""
) -> Pagamento:
    """A new payment with these protocols and appeals, in the caller's transaction."""
    pagamento = abrir(
        operadora=operadora,
        prestador=previsto.prestador,
        data_de_pagamento=data_de_pagamento,
        por=por,
        competencia=competencia,
    )
    incluir_em(pagamento, previsto, por)
    return pagamento


def incluir_em(pagamento: Pagamento, previsto: Previsto, por: Usuario) -> None:
    """Put these protocols and appeals into an open payment, in the caller's transaction."""
    if previsto.protocolos:
        incluir(pagamento=pagamento, protocolos=previsto.protocolos, por=por)
    if previsto.recursos:
        incluir_recursos(pagamento=pagamento, acatados=previsto.recursos, por=por)


@transaction.atomic
def incluir_escolhidos(
    *,
    operadora: Organizacao,
    protocolos: Sequence[Protocolo],
    acatados: Sequence[AcatadoAPagar],
    por: Usuario,
    pagamento: Pagamento | None,
    data_de_pagamento: date | None,
) -> list[Pagamento]:
    """Put what was chosen into that open payment; without one, into a new payment for each prestador, of that date."""
    por_prestador: dict[int, Previsto] = {}
    listas: dict[int, list[AcatadoAPagar]] = defaultdict(list)
    for acatado in acatados:
        listas[acatado.recurso.prestador_id].append(acatado)
        por_prestador.setdefault(acatado.recurso.prestador_id, Previsto(prestador=acatado.recurso.prestador))
    for protocolo in protocolos:
        previsto = por_prestador.setdefault(protocolo.prestador_id, Previsto(prestador=protocolo.prestador))
        previsto.protocolos.append(protocolo)
    for prestador, lista in listas.items():
        por_prestador[prestador].recursos = lista
    escolhidos = sorted(por_prestador.values(), key=lambda previsto: previsto.prestador.sigla)
    if pagamento is not None:
        for previsto in escolhidos:
            incluir_em(pagamento, previsto, por)
        return [pagamento]
    assert data_de_pagamento is not None, "a new payment has a date"
    return [abrir_com(operadora, previsto, data_de_pagamento, por) for previsto in escolhidos]


def _ate(quando: object, dia: date | None) -> bool:
    return dia is None or quando is None or timezone.localdate(quando) <= dia  # type: ignore[arg-type]
