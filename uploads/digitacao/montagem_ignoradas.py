"""Ignoring what was found in guides when their lot was closed, also what shows only beside the lot's other guides."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from lotes.estados import SituacaoDoLote
from tiss_schemas.achados import Severidade
from tiss_schemas.caracteres import em_linha
from uploads.digitacao.erros import GuiaFechada
from uploads.digitacao.estados import SituacaoDaGuia
from uploads.digitacao.juizo import CriticaDaGuia, chave, de_json, para_json
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_digitacao import guia_gravada, travar_lote_da
from uploads.erros import CriticaNaoIgnoravel
from uploads.gravacao import Chave
from uploads.transicoes import MAIOR_JUSTIFICATIVA, MENOR_JUSTIFICATIVA


@transaction.atomic
def ignorar_no_lote(
    *, guia: GuiaDigitada, achados: Collection[Chave], justificativa: str, por: Usuario
) -> GuiaDigitada:
    """Ignore these findings, by rule, key of the guide's values and value, for one reason.

    Of rules that nobody may ignore nothing is ignored, whatever stands here. Raises `CriticaNaoIgnoravel` and
    `GuiaFechada`.
    """
    motivo = " ".join(em_linha(justificativa).split())
    if not MENOR_JUSTIFICATIVA <= len(motivo) <= MAIOR_JUSTIFICATIVA:
        raise CriticaNaoIgnoravel(
            f"Escreva a justificativa com {MENOR_JUSTIFICATIVA} a {MAIOR_JUSTIFICATIVA} caracteres: a operadora a lê.",
            guia,
        )
    travar_lote_da(guia)
    atual = GuiaDigitada.objects.select_for_update(of=("self",)).select_related("lote", "destino").get(pk=guia.pk)
    if atual.lote is not None and atual.lote.situacao != SituacaoDoLote.ABERTO:
        raise GuiaFechada(f"Esta guia está no lote {atual.lote.numero}, que não está mais aberto.", atual)
    novas = set(achados)
    antes = [linha for linha in atual.ignoradas if chave(linha["regra"], linha["campo"], linha["valor"]) not in novas]
    atual.ignoradas = antes + [
        {
            "regra": regra,
            "campo": campo,
            "valor": valor,
            "justificativa": motivo,
            "quando": timezone.now().isoformat(),
            "por_id": por.pk,
            "por_nome": por.nome,
        }
        for regra, campo, valor in sorted(novas, key=str)
    ]
    _reavaliar(atual, novas)
    atual.save()
    guia_gravada(atual, por)
    return atual


def _reavaliar(guia: GuiaDigitada, ignoradas: set[Chave]) -> None:
    """Let the last verdict know what is ignored now."""
    criticas = [_ignorada(critica, ignoradas) for critica in de_json(guia.criticas)]
    guia.criticas = para_json(criticas)
    if guia.situacao != SituacaoDaGuia.EM_DIGITACAO:
        impede = any(critica.impede for critica in criticas)
        guia.situacao = SituacaoDaGuia.COM_CRITICAS if impede else SituacaoDaGuia.PRONTA


def _ignorada(critica: CriticaDaGuia, ignoradas: set[Chave]) -> CriticaDaGuia:
    esta = chave(critica.regra, critica.campo, critica.valor) in ignoradas
    return replace(critica, ignorada=True) if esta and critica.severidade is Severidade.IGNORAVEL else critica
