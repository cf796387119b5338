"""What may happen to an appeal, and who did it. Only this module assigns its state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from conecta.arquivos import cofre
from conecta.arquivos.models import Conteudo
from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import reais
from demonstrativos.recursos import conferencia, xml
from demonstrativos.recursos.erros import RecursoMudou
from demonstrativos.recursos.estados import MUDANCAS_DO_RECURSO, SituacaoDoRecurso
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.prazos import regra_entre
from lotes.models import Acontecimento
from lotes.numeracao import proximo_da_serie

RECURSO = "recurso"
"""The operadora's series of appeals, without gaps."""
_S = SituacaoDoRecurso


def trancar_protocolo(protocolo_id: int) -> None:
    """Wait for whoever appeals against glosas of that protocol or opens its analysis again, until the end of the
    transaction. Neither side may lock the other's rows."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended('recurso', %s))", [protocolo_id])


def trancar_sem_esperar(protocolos: Sequence[int]) -> list[int]:
    """`trancar_protocolo` for many (by id), by somebody who has their rows locked and who would be waited for in turn.
    Gives those that somebody else has. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select p from unnest(%s::bigint[]) p where not pg_try_advisory_xact_lock(hashtextextended('recurso', p))",
            [list(protocolos)],
        )
        return [protocolo for (protocolo,) in cursor.fetchall()]


@transaction.atomic
def enviar(*, recurso: Recurso, por: Usuario) -> Recurso:
    """Em preparo → Enviado: freeze it and its message, take the operadora's next number, write the receipt.

    Pressing twice is safe: an appeal that was sent is given back as it is. Raises `RecursoMudou`, `RecursoIncompleto`
    and `GlosaNaoRecorrivel`.
    """
    trancar_protocolo(recurso.protocolo_id)
    atual = Recurso.objects.select_related("protocolo", "lote", "operadora", "prestador").get(pk=recurso.pk)
    if atual.enviado_em is not None:
        return atual
    atual = travar(atual, _S.ENVIADO)
    conferencia.exigir_completo(atual)
    agora = timezone.now()
    hoje = timezone.localdate(agora)
    valores = xml.em_valores(atual, data=hoje)
    atual.xml = _entregar(atual, xml.mensagem(valores, atual.prestador), agora)
    # Last, so that others wait for the number as briefly as can be.
    atual.numero = proximo_da_serie(atual.operadora, RECURSO)
    atual.recebimento = _entregar(atual, xml.recebimento(valores, atual), agora)
    atual.situacao, atual.enviado_em, atual.enviado_por_nome = _S.ENVIADO, agora, por.nome or por.email
    atual.responder_ate = hoje + timedelta(days=regra_entre(atual.operadora_id, atual.prestador_id).dias)
    atual.save(
        update_fields=[
            *("situacao", "enviado_em", "enviado_por_nome", "responder_ate"),
            *("numero", "xml", "recebimento", "objeto"),
        ]
    )
    atual.refresh_from_db()
    _contar(
        atual,
        por,
        atual.prestador,
        "Recurso de glosa enviado",
        f"Recurso {atual.numero}: {reais(atual.valor_recursado)}. Resposta até {atual.responder_ate:%d/%m/%Y}.",
    )
    return atual


@transaction.atomic
def excluir(*, recurso: Recurso, por: Usuario) -> Recurso:
    """Em preparo → Excluído: its glosas can be appealed against again. Raises `RecursoMudou`."""
    atual = travar(recurso, _S.EXCLUIDO)
    atual.anexos.all().delete()
    atual.itens.all().delete()
    atual.situacao, atual.excluido_em = _S.EXCLUIDO, timezone.now()
    atual.save(update_fields=["situacao", "excluido_em"])
    return atual


def iniciar(*, recurso: Recurso, por: Usuario) -> None:
    """Enviado → Em análise, by the first thing that somebody of the operadora does with it; nothing after that. Works
    on a locked row, in the caller's transaction."""
    if recurso.situacao != _S.ENVIADO:
        return
    recurso.situacao, recurso.em_analise_em = _S.EM_ANALISE, timezone.now()
    recurso.responsavel_nome = por.nome or por.email
    recurso.save(update_fields=["situacao", "em_analise_em", "responsavel_nome"])
    _contar(recurso, por, recurso.operadora, "Recurso de glosa em análise", f"Recurso {recurso.numero}.")


@transaction.atomic
def responder(*, recurso: Recurso, por: Usuario, visto: Decimal | None = None) -> Recurso:
    """Give the answer that was prepared: freeze it, write its message, let the prestador read it.

    `visto` is the accepted amount that the person saw. Raises `RecursoMudou` where it is another by now, and
    `RecursoIncompleto` while an item has no decision.
    """
    atual = travar(recurso, _S.RESPONDIDO)
    conferencia.exigir_respondido(atual)
    _exigir_o_visto(atual, visto)
    agora = timezone.now()
    atual.resposta = cofre.guardar_da_operadora(
        xml.resposta(atual), prestador_id=atual.prestador_id, operadora_id=atual.operadora_id
    )
    atual.situacao, atual.respondido_em, atual.respondido_por_nome = _S.RESPONDIDO, agora, por.nome or por.email
    if atual.em_analise_em is None:
        atual.em_analise_em = agora
    atual.save(update_fields=["situacao", "respondido_em", "respondido_por_nome", "resposta", "em_analise_em"])
    atual.refresh_from_db()
    acatado = f"acatados {reais(atual.valor_acatado)} de {reais(atual.valor_recursado)}"
    _contar(atual, por, atual.operadora, "Recurso de glosa respondido", f"Recurso {atual.numero}: {acatado}.")
    return atual


def por_em_pagamento(*, recursos: Sequence[Recurso], por: Usuario) -> None:
    """See `a_pagar.marcar_em_pagamento`."""
    agora = timezone.now()
    for atual in _travar_varios(recursos):
        if atual.situacao != _S.RESPONDIDO or atual.em_pagamento_em is not None or not atual.valor_acatado:
            raise RecursoMudou(
                f"O recurso {atual.numero} não entrou no pagamento: já está em outro, ou não há valor acatado a pagar. "
                "Recarregue a página.",
                atual,
            )
        atual.em_pagamento_em = agora
        atual.save(update_fields=["em_pagamento_em"])


def tirar_do_pagamento(*, recursos: Sequence[Recurso], por: Usuario) -> None:
    """See `a_pagar.tirar_do_pagamento`."""
    for atual in _travar_varios(recursos):
        atual.em_pagamento_em, atual.pago_em, atual.situacao = None, None, _S.RESPONDIDO
        atual.save(update_fields=["em_pagamento_em", "pago_em", "situacao"])


def pagar(*, recursos: Sequence[Recurso], por: Usuario, quando: datetime | None) -> None:
    """See `a_pagar.marcar_pagos`."""
    for atual in _travar_varios(recursos):
        if atual.situacao != _S.RESPONDIDO or atual.em_pagamento_em is None:
            raise RecursoMudou(
                f"O recurso {atual.numero} não passou a pago: a situação dele é “{atual.get_situacao_display()}”, "
                "ou não está em pagamento. Recarregue a página.",
                atual,
            )
        atual.situacao, atual.pago_em = _S.PAGO, quando or timezone.now()
        atual.save(update_fields=["situacao", "pago_em"])
        _contar(
            atual,
            por,
            atual.operadora,
            "Recurso de glosa pago",
            f"Recurso {atual.numero}: {reais(atual.valor_acatado)}.",
        )


def travar(recurso: Recurso, para: SituacaoDoRecurso) -> Recurso:
    """The row as it is now, locked, if it may get to `para`. Raises `RecursoMudou`."""
    for travado in _travar_varios([recurso]):
        if para in MUDANCAS_DO_RECURSO[SituacaoDoRecurso(travado.situacao)]:
            return travado
    # A sent one cannot be locked by its prestador any more, hence the second look without the lock.
    atual = Recurso.objects.get(pk=recurso.pk)
    raise RecursoMudou(
        f"Nada foi mudado: a situação do recurso {atual.numero_do_prestador} já é "
        f"“{atual.get_situacao_display()}”. Recarregue a página para ver o que mudou.",
        atual,
    )


def _exigir_o_visto(recurso: Recurso, visto: Decimal | None) -> None:
    acatado = recurso.respostas.aggregate(soma=Sum("valor_acatado", default=Decimal(0)))["soma"]
    if visto is not None and visto != acatado:
        raise RecursoMudou(
            f"O recurso {recurso.numero} não foi respondido: você o viu com {reais(visto)} acatados, e agora são "
            f"{reais(acatado)}, porque outra pessoa mudou uma decisão. Confira e responda de novo.",
            recurso,
        )


def _travar_varios(recursos: Sequence[Recurso]) -> list[Recurso]:
    return list(
        Recurso.objects.select_for_update(of=("self",))
        .select_related("protocolo", "lote", "operadora", "prestador")
        .filter(pk__in=[recurso.pk for recurso in recursos])
        .order_by("pk")
    )


def _entregar(recurso: Recurso, dados: bytes, agora: datetime) -> Conteudo:
    """Keep the bytes and let the operadora read them."""
    conteudo = cofre.guardar(dados, prestador_id=recurso.prestador_id)
    Conteudo.objects.filter(pk=conteudo.pk, enviado_em__isnull=True).update(
        operadora_id=recurso.operadora_id, enviado_em=agora
    )
    return conteudo


def _contar(recurso: Recurso, por: Usuario, de: Organizacao, titulo: str, detalhe: str) -> None:
    """A line of the lot's timeline that both sides read; `de` is the organisation that did it."""
    Acontecimento.objects.create(
        prestador_id=recurso.prestador_id,
        operadora_id=recurso.operadora_id,
        lote_id=recurso.lote_id,
        tipo="recurso",
        titulo=titulo,
        detalhe=detalhe,
        por_nome=por.nome or por.email,
        por_organizacao=de.sigla,
        publico=True,
    )
