"""Asking for statements, and issuing what was asked for.

A request is written by whoever asks, in its own scope; the jobs run for the operadora, one for each statement. A job is
one transaction: what dies with its process leaves neither a number nor a file, and is done again.
"""

from __future__ import annotations

from typing import Final

from django.db import transaction

from conecta.contas.models import Organizacao, Usuario
from conecta.erros import ErroDeNegocio
from conecta.fila import fila
from conecta.fila.registro import tipo_de
from demonstrativos.emissao.emissao import emitir_um
from demonstrativos.emissao.models import DocumentoDoPedido, Estado, PedidoDeDemonstrativo, Tipo
from demonstrativos.emissao.selecao import AEmitir, Selecao, a_emitir, ainda_a_emitir

EMITIR: Final = "emissao.emitir"
"""Name of the job."""


@transaction.atomic
def pedir(
    *,
    operadora: Organizacao,
    organizacao: Organizacao,
    selecao: Selecao,
    por: Usuario,
    prestador: Organizacao | None = None,
) -> PedidoDeDemonstrativo:
    """Ask for statements of an operadora, in the scope of `organizacao`: it itself, or the prestador they are for.

    `prestador` narrows what an operadora asks for. Raises `NadaAEmitir` when there is nothing to issue.
    """
    do_prestador = organizacao if organizacao.e_prestador else prestador
    todos = a_emitir(operadora, do_prestador, selecao)
    pedido = PedidoDeDemonstrativo.objects.create(
        operadora=operadora,
        prestador=do_prestador,
        da_operadora=not organizacao.e_prestador,
        tipo=selecao.tipo,
        filtros=selecao.plana(),
        pedido_por=por,
        pedido_por_nome=str(por)[:70],
    )
    for documento in DocumentoDoPedido.objects.bulk_create(
        [_documento(pedido, ordem, um) for ordem, um in enumerate(todos)]
    ):
        fila.enfileirar(tipo_de(EMITIR), documento.pk, de=operadora.pk)
    return pedido


def _documento(pedido: PedidoDeDemonstrativo, ordem: int, um: AEmitir) -> DocumentoDoPedido:
    return DocumentoDoPedido(
        pedido=pedido,
        operadora_id=pedido.operadora_id,
        prestador=um.prestador,
        da_operadora=pedido.da_operadora,
        ordem=ordem,
        versao=um.versao,
        titulo=um.titulo,
        protocolos=[protocolo.pk for protocolo in um.protocolos],
        pagamentos=[pagamento.pk for pagamento in um.pagamentos],
    )


def emitir(documento_id: int) -> None:
    """The job that issues one statement of a request."""
    documento = DocumentoDoPedido.objects.select_related("pedido", "operadora", "prestador").get(pk=documento_id)
    if documento.estado != Estado.PENDENTE:
        return
    try:
        with transaction.atomic():
            um = ainda_a_emitir(documento.operadora, documento, Tipo(documento.pedido.tipo))
            documento.demonstrativo = emitir_um(documento.operadora, um, documento_id)
            documento.estado = Estado.PRONTO
            documento.save(update_fields=["demonstrativo", "estado"])
    except ErroDeNegocio as recusa:
        _falhar(documento_id, recusa.frase)


def desistir(documento_id: int, erro: str) -> None:
    """Say that the Conecta could not issue a statement."""
    _falhar(
        documento_id,
        "O Conecta tentou três vezes e não conseguiu emitir este demonstrativo. Nada foi emitido. Peça outra vez; se "
        "falhar de novo, avise o suporte.",
    )


def _falhar(documento_id: int, frase: str) -> None:
    DocumentoDoPedido.objects.filter(pk=documento_id, estado=Estado.PENDENTE).update(
        estado=Estado.FALHOU, erro=frase[:500]
    )
