"""Appeals in a payment: what was accepted of them is paid beside protocols that are paid for the first time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from conecta.contas.models import Usuario
from demonstrativos.pagamentos.estados import TipoDeLinha
from demonstrativos.pagamentos.models import GuiaPaga, Pagamento, PagamentoDoProtocolo
from demonstrativos.recursos.a_pagar import (
    AcatadoAPagar,
    GuiaAcatada,
    acatados_de,
    marcar_em_pagamento,
    marcar_pagos,
    tirar_do_pagamento,
)
from demonstrativos.recursos.models import Recurso

_ZERO = Decimal(0)


def acrescentar_recursos(
    pagamento: Pagamento, acatados: Sequence[AcatadoAPagar], por: Usuario
) -> list[PagamentoDoProtocolo]:
    """Lines of what appeals got back, in an open payment whose row is locked; no other payment takes them."""
    marcar_em_pagamento(recursos=[acatado.recurso for acatado in acatados], por=por)
    return PagamentoDoProtocolo.objects.bulk_create(_linha(pagamento, acatado) for acatado in acatados)


def devolver_recursos(linhas: Sequence[PagamentoDoProtocolo], por: Usuario) -> None:
    """Let the appeals among these lines wait for the next payment."""
    if recursos := _recursos_de(linhas):
        tirar_do_pagamento(recursos=recursos, por=por)


def pagar_recursos(pagamento: Pagamento, data: date, por: Usuario) -> None:
    """Its appeals are paid with it, on the day that its money left."""
    if recursos := _recursos_de(list(pagamento.linhas.filter(tipo=TipoDeLinha.RECURSO))):
        marcar_pagos(recursos=recursos, por=por, quando=timezone.make_aware(datetime.combine(data, time.min)))


def guardar_guias_dos_recursos(pagamento: Pagamento) -> None:
    """Copy what each guide of its appeals got back."""
    linhas = {linha.recurso_id: linha for linha in pagamento.linhas.filter(tipo=TipoDeLinha.RECURSO)}
    acatados = acatados_de(_recursos_de(list(linhas.values()))) if linhas else []
    GuiaPaga.objects.bulk_create(
        [_guia(linhas[acatado.recurso.pk], guia) for acatado in acatados for guia in acatado.guias], batch_size=500
    )


def _recursos_de(linhas: Sequence[PagamentoDoProtocolo]) -> list[Recurso]:
    pks = [linha.recurso_id for linha in linhas if linha.recurso_id is not None]
    return list(Recurso.objects.filter(pk__in=pks).select_related("protocolo", "lote", "prestador")) if pks else []


def _linha(pagamento: Pagamento, acatado: AcatadoAPagar) -> PagamentoDoProtocolo:
    return PagamentoDoProtocolo(
        prestador_id=pagamento.prestador_id,
        operadora_id=pagamento.operadora_id,
        pagamento=pagamento,
        protocolo=acatado.protocolo,
        tipo=TipoDeLinha.RECURSO,
        recurso_id=acatado.recurso.pk,
        **_so_acatado(acatado.acatado),
    )


def _guia(linha: PagamentoDoProtocolo, acatada: GuiaAcatada) -> GuiaPaga:
    return GuiaPaga(
        prestador_id=linha.prestador_id,
        operadora_id=linha.operadora_id,
        pagamento_id=linha.pagamento_id,
        linha=linha,
        protocolo_id=linha.protocolo_id,
        guia=acatada.guia,
        posicao=acatada.guia.posicao,
        **_so_acatado(acatada.acatado),
    )


def _so_acatado(valor: Decimal) -> dict[str, Decimal]:
    """Its glosa was counted when the protocol was paid for the first time, and is not counted again."""
    return {"valor_informado": valor, "valor_processado": valor, "valor_glosado": _ZERO}
