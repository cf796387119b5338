"""From a received protocol to its analysis: a row for the protocol, one a guide, one an item, all as billed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from conecta.contas.models import Organizacao
from demonstrativos.analise.conferencia_fila import chamar
from demonstrativos.analise.estados import Conferencia
from demonstrativos.analise.models import Analise, ParametrosDaAnalise
from lotes.models import Protocolo

_GUIAS = """
insert into analise_guiaanalisada (prestador_id, operadora_id, analise_id, guia_id, posicao, versao, glosa,
    motivo_da_glosa, observacao, conferida_por_nome, mudada_por_nome, valor_informado, valor_processado, valor_glosado,
    itens_com_glosa, propostas)
select a.prestador_id, a.operadora_id, a.id, g.id, g.posicao, 0, '', '', '', '', '', 0, 0, 0, 0, 0
from analise_analise a join lotes_guia g on g.lote_id = a.lote_id
where a.id = any(%s)
"""
_ITENS = """
insert into analise_itemanalisado (prestador_id, operadora_id, analise_id, guia_id, item_id, posicao, conferido,
    valor_informado, valor_processado, valor_glosado)
select g.prestador_id, g.operadora_id, g.analise_id, g.id, i.id, i.posicao, false, i.valor_total, i.valor_total, 0
from analise_guiaanalisada g join lotes_item i on i.guia_id = g.guia_id
where g.analise_id = any(%s)
"""


def parametros_de(operadora: Organizacao) -> ParametrosDaAnalise:
    """What that operadora decided, or the defaults. One query."""
    return ParametrosDaAnalise.objects.filter(operadora=operadora).first() or ParametrosDaAnalise(operadora=operadora)


def gravar_parametros(*, operadora: Organizacao, **valores: Any) -> ParametrosDaAnalise:
    """What it decides from now on, by field; of two who decide at once the later one counts."""
    return ParametrosDaAnalise.objects.update_or_create(operadora=operadora, defaults=valores)[0]


def criar(protocolos: Sequence[Protocolo], *, conferir: bool) -> list[Analise]:
    """Begin the analysis of those of one operadora's protocols that have none yet. A fixed number of statements.

    `conferir`: let the automatic pass look at them, where the operadora wants it to.
    """
    com_analise = set(Analise.objects.filter(protocolo__in=protocolos).values_list("protocolo_id", flat=True))
    novos = [protocolo for protocolo in protocolos if protocolo.pk not in com_analise]
    if not novos:
        return []
    parametros = parametros_de(novos[0].operadora)
    conferencia = Conferencia.PENDENTE if conferir and parametros.conferencia_automatica else Conferencia.DISPENSADA
    analises = Analise.objects.bulk_create(_analise(protocolo, parametros, conferencia) for protocolo in novos)
    with connection.cursor() as cursor:
        pks = [analise.pk for analise in analises]
        cursor.execute(_GUIAS, [pks])
        cursor.execute(_ITENS, [pks])
    if conferencia == Conferencia.PENDENTE:
        chamar(analises[0].pk)
    return analises


def _analise(protocolo: Protocolo, parametros: ParametrosDaAnalise, conferencia: Conferencia) -> Analise:
    recebido = timezone.localdate(protocolo.enviado_em)
    return Analise(
        prestador_id=protocolo.prestador_id,
        operadora_id=protocolo.operadora_id,
        protocolo=protocolo,
        lote_id=protocolo.lote_id,
        criada_em=timezone.now(),
        conferencia=conferencia,
        prazo=recebido + timedelta(days=parametros.prazo_de_analise),
    )
