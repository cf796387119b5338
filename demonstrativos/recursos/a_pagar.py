"""What appeals got back and nobody paid yet. Payments stand above appeals and ask here.

An answered appeal goes into one payment, as *tipoPagamento* 2; the payment says so here when it takes it in, gives it
back, and is made.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.recursos import transicoes
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.models import Recurso, RespostaDoItem
from lotes.models import Guia, Protocolo


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaAcatada:
    """What was accepted of one guide, in reais: of `recursado`, `acatado` is to be paid."""

    guia: Guia
    recursado: Decimal
    acatado: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class AcatadoAPagar:
    """What one answered appeal got back of its protocol: `acatado` is the sum of its guides, always above zero."""

    recurso: Recurso
    protocolo: Protocolo
    acatado: Decimal
    guias: tuple[GuiaAcatada, ...]


def acatados_a_pagar(operadora: Organizacao, prestador: Organizacao | None = None) -> list[AcatadoAPagar]:
    """Answered appeals with something accepted that are in no payment, oldest answer first. Two queries.

    Works in the operadora's scope.
    """
    recursos = (
        Recurso.objects.da_operadora(operadora)
        .filter(situacao=SituacaoDoRecurso.RESPONDIDO, valor_acatado__gt=0, em_pagamento_em__isnull=True)
        .select_related("protocolo", "lote", "prestador")
        .order_by("respondido_em", "id")
    )
    if prestador is not None:
        recursos = recursos.filter(prestador=prestador)
    return acatados_de(list(recursos))


def acatados_de(recursos: Sequence[Recurso]) -> list[AcatadoAPagar]:
    """What these answered appeals got back, by guide, in the order given. Guides of which nothing was accepted are left
    out. One query."""
    por_recurso: dict[int, list[GuiaAcatada]] = defaultdict(list)
    guias = Guia.objects.in_bulk(
        RespostaDoItem.objects.filter(recurso__in=recursos).values_list("item__guia_id", flat=True)
    )
    somas = (
        RespostaDoItem.objects.filter(recurso__in=recursos)
        .values("recurso_id", "item__guia_id", "item__guia__posicao")
        .annotate(recursado=Sum("valor_recursado"), acatado=Sum("valor_acatado"))
        .filter(acatado__gt=0)
        .order_by("recurso_id", "item__guia__posicao")
    )
    for soma in somas:
        guia = GuiaAcatada(guia=guias[soma["item__guia_id"]], recursado=soma["recursado"], acatado=soma["acatado"])
        por_recurso[soma["recurso_id"]].append(guia)
    return [
        AcatadoAPagar(
            recurso=recurso,
            protocolo=recurso.protocolo,
            acatado=recurso.valor_acatado,
            guias=tuple(por_recurso[recurso.pk]),
        )
        for recurso in recursos
        if por_recurso[recurso.pk]
    ]


@transaction.atomic
def marcar_em_pagamento(*, recursos: Sequence[Recurso], por: Usuario) -> None:
    """Take answered appeals into a payment: from now on they wait for no other. All or none.

    Raises `RecursoMudou` for one that is in a payment already, is paid, or has nothing to be paid.
    """
    transicoes.por_em_pagamento(recursos=recursos, por=por)


@transaction.atomic
def tirar_do_pagamento(*, recursos: Sequence[Recurso], por: Usuario) -> None:
    """Give appeals back: they left a payment, or it was cancelled, and they wait for the next one."""
    transicoes.tirar_do_pagamento(recursos=recursos, por=por)


@transaction.atomic
def marcar_pagos(*, recursos: Sequence[Recurso], por: Usuario, quando: datetime | None = None) -> None:
    """Their payment was made, on `quando` (now when left out): *Respondido* → *Pago*. All or none."""
    transicoes.pagar(recursos=recursos, por=por, quando=quando)
