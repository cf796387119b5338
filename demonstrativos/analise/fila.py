"""The work list: who analyses what, by when and in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import F

from conecta.contas.models import Organizacao, Usuario
from demonstrativos.analise.estados import Prioridade
from demonstrativos.analise.models import Acao, Analise
from demonstrativos.analise.recusas import AnaliseFechada, FilaVazia
from demonstrativos.analise.trabalho import nome_de
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo

_P = SituacaoDoProtocolo
ABERTAS: Final = (_P.EM_ANALISE, _P.AGUARDANDO_INFORMACAO)
"""While a protocol is there, somebody may be put in charge of it."""
_DE_UMA_VEZ: Final = 500


@transaction.atomic
def atribuir(*, analises: Sequence[Analise], responsavel: Usuario | None, por: Usuario) -> list[Analise]:
    """Put somebody in charge of each, or (None) nobody. Raises `AnaliseFechada`; all or none."""
    nome = nome_de(responsavel) if responsavel else ""
    return _mudar(
        analises,
        por,
        {"responsavel": responsavel, "responsavel_nome": nome},
        lambda analise: f"Responsável: {analise.responsavel_nome or 'ninguém'} → {nome or 'ninguém'}",
    )


@transaction.atomic
def priorizar(*, analises: Sequence[Analise], prioridade: Prioridade, por: Usuario) -> list[Analise]:
    """Put each sooner or later in the work list. Raises `AnaliseFechada`; all or none."""
    return _mudar(
        analises,
        por,
        {"prioridade": prioridade},
        lambda analise: f"Prioridade: {analise.get_prioridade_display()} → {prioridade.label}",
    )


@transaction.atomic
def mudar_prazo(*, analises: Sequence[Analise], prazo: date, por: Usuario) -> list[Analise]:
    """Say by when each has to be released. Raises `AnaliseFechada`; all or none."""
    return _mudar(
        analises,
        por,
        {"prazo": prazo},
        lambda analise: f"Prazo: {f'{analise.prazo:%d/%m/%Y}' if analise.prazo else 'nenhum'} → {prazo:%d/%m/%Y}",
    )


@transaction.atomic
def assumir_proximo(*, operadora: Organizacao, por: Usuario) -> Analise:
    """Take the next protocol that nobody has: most urgent, then soonest due, then oldest; of those that nobody began,
    the oldest, whose analysis begins with that. Two people at once get two. Raises `FilaVazia`."""
    proxima = _proxima_em_analise(operadora) or _comecar_a_mais_antiga(operadora, por)
    if proxima is None:
        raise FilaVazia("Não há protocolo esperando: todos os recebidos já têm responsável.")
    return atribuir(analises=[proxima], responsavel=por, por=por)[0]


def _proxima_em_analise(operadora: Organizacao) -> Analise | None:
    return (
        Analise.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(operadora=operadora, responsavel=None, protocolo__situacao=_P.EM_ANALISE)
        .order_by("-prioridade", F("prazo").asc(nulls_last=True), "protocolo__enviado_em", "pk")
        .first()
    )


def _comecar_a_mais_antiga(operadora: Organizacao, por: Usuario) -> Analise | None:
    protocolo = (
        Protocolo.objects.select_for_update(of=("self",), skip_locked=True)
        .filter(operadora=operadora, situacao=_P.ENVIADO)
        .order_by("enviado_em", "pk")
        .first()
    )
    if protocolo is None:
        return None
    avanco.avancar(protocolo=protocolo, para=_P.EM_ANALISE, por=por)
    return Analise.objects.get(protocolo=protocolo)


def _mudar(
    analises: Sequence[Analise], por: Usuario, valores: Mapping[str, Any], titulo: Callable[[Analise], str]
) -> list[Analise]:
    travadas = list(
        Analise.objects.select_for_update(of=("self",))
        .select_related("protocolo")
        .filter(pk__in={analise.pk for analise in analises})
        .order_by("pk")
    )
    for analise in travadas:
        if analise.protocolo.situacao not in ABERTAS:
            raise AnaliseFechada(
                f"Nada foi alterado: o protocolo {analise.protocolo.numero} está em "
                f"“{analise.protocolo.get_situacao_display()}” e já não está com a análise. Tire-o da escolha.",
                analise,
            )
    acoes = [_acao(analise, por, titulo(analise)) for analise in travadas]
    Analise.objects.filter(pk__in=[analise.pk for analise in travadas]).update(**valores)
    Acao.objects.bulk_create(acoes, batch_size=_DE_UMA_VEZ)
    for analise in travadas:
        for campo, valor in valores.items():
            setattr(analise, campo, valor)
    return travadas


def _acao(analise: Analise, por: Usuario, titulo: str) -> Acao:
    return Acao(
        prestador_id=analise.prestador_id,
        operadora_id=analise.operadora_id,
        analise=analise,
        por=por,
        por_nome=nome_de(por),
        titulo=titulo[:200],
        antes={},
        depois={},
    )
