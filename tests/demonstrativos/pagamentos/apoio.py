"""Released protocols and payments for tests, made by the operadora in its own scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from demonstrativos.analise.models import Glosa, ItemAnalisado
from demonstrativos.pagamentos.composicao import incluir
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.pagamentos.transicoes import abrir, fechar
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.fabrica import Cenario
from tests.lotes.construcao import protocolar


def daqui_a(dias: int) -> date:
    """So many days from today."""
    return timezone.localdate() + timedelta(days=dias)


def levar(cenario: Cenario, protocolo: Protocolo, *para: P, operadora: str = "pasa") -> Protocolo:
    """Take a protocol along these states by the list of protocols."""
    por = cenario.pessoa("gestor", operadora)
    with cenario.dentro(operadora, "gestor"):
        for situacao in para:
            protocolo = avanco.avancar(
                protocolo=protocolo,
                para=situacao,
                por=por,
                data_de_pagamento=daqui_a(12) if situacao == P.FATURADO else None,
            )
    return protocolo


def liberado(
    cenario: Cenario,
    prestador: str = "aurelia",
    operadora: str = "pasa",
    *,
    glosas: Sequence[str] = (),
    guias: int = 2,
    itens: int = 2,
) -> Protocolo:
    """A protocol that was analysed and released, with these amounts refused of its first items."""
    protocolo = protocolar(cenario, prestador, operadora, guias=guias, itens=itens)
    levar(cenario, protocolo, P.EM_ANALISE, operadora=operadora)
    with cenario.dentro(operadora, "gestor"):
        analisados = ItemAnalisado.objects.filter(analise__protocolo=protocolo).order_by("id")
        for item, valor in zip(analisados, glosas, strict=False):
            Glosa.objects.create(
                prestador_id=item.prestador_id,
                operadora_id=item.operadora_id,
                analise_id=item.analise_id,
                guia_id=item.guia_id,
                item=item,
                codigo="1705",
                valor=Decimal(valor),
            )
    return levar(cenario, protocolo, P.LIBERADO, operadora=operadora)


def aberto(
    cenario: Cenario, protocolos: Sequence[Protocolo], *, prestador: str = "aurelia", operadora: str = "pasa"
) -> Pagamento:
    """An open payment of these protocols, for ten days from today."""
    por = cenario.pessoa("financeiro_operadora", operadora)
    with cenario.dentro(operadora, "financeiro_operadora"):
        pagamento = abrir(
            operadora=cenario.organizacoes[operadora],
            prestador=cenario.organizacoes[prestador],
            data_de_pagamento=daqui_a(10),
            por=por,
        )
        if protocolos:
            incluir(pagamento=pagamento, protocolos=protocolos, por=por)
        pagamento.refresh_from_db()
    return pagamento


def um_de_cada(cenario: Cenario) -> dict[str, dict[str, int]]:
    """A payment of Sulina's that PASA has no part in, and a closed one of PASA's, both to aurelia."""
    de_outra = aberto(cenario, [liberado(cenario, operadora="sulina")], operadora="sulina")
    pagamento = aberto(cenario, [liberado(cenario)])
    with cenario.dentro("pasa", "financeiro_operadora"):
        fechar(pagamento=pagamento, por=cenario.pessoa("financeiro_operadora", "pasa"))
    return {"antes": {"pagamentos": de_outra.pk}, "enviado": {"pagamentos": pagamento.pk}}
