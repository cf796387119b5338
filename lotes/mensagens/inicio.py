"""What the first page shows of messages and informativos: as lines of *O que precisa de você*."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from conecta.contas.acesso import Requisicao
from conecta.contas.models import Organizacao, Usuario
from lotes.mensagens.consultas import RESPONDIDAS, conversas_filtradas
from lotes.mensagens.informativos import nao_lidos
from lotes.mensagens.models import Mensagem

_QUANTOS: Final = 5


def pedidos_a_responder(prestador: Organizacao) -> list[dict[str, Any]]:
    """Requests for documents that a prestador has not answered, the one with the nearest last day first."""
    abertos = Mensagem.objects.filter(prestador=prestador, tipo=Mensagem.Tipo.PEDIDO, respostas__isnull=True)
    achados = abertos.select_related("conversa__protocolo__lote", "operadora").order_by("prazo", "pk")
    return [
        {
            "titulo": f"Documentos do lote {pedido.conversa.protocolo.lote.numero}",
            "url": reverse("mensagens:conversa", args=[prestador.slug, pedido.conversa.protocolo.lote_id]),
            "detalhe": f"{pedido.operadora.rotulo}, protocolo {pedido.conversa.protocolo.numero}"
            + (f", até {pedido.prazo:%d/%m/%Y}" if pedido.prazo else ""),
        }
        for pedido in achados[:_QUANTOS]
    ]


def informativos_importantes(prestador: Organizacao, pessoa: Usuario) -> list[dict[str, Any]]:
    """Important informativos that this person has not read."""
    return [
        {
            "titulo": informativo.titulo,
            "url": reverse("mensagens:informativo", args=[prestador.slug, informativo.pk]),
            "operadora": informativo.operadora.rotulo,
        }
        for informativo in nao_lidos(prestador, pessoa).filter(importante=True)[:_QUANTOS]
    ]


def respondidas(request: Requisicao) -> list[dict[str, Any]]:
    """Threads of the operadora where what it asked for came, and whose protocol still waits; oldest first."""
    org = request.organizacao
    achadas = conversas_filtradas(org, request.user, {"situacao": RESPONDIDAS})
    return [
        {
            "titulo": f"Protocolo {conversa.protocolo.numero}",
            "url": reverse("mensagens:conversa", args=[org.slug, conversa.protocolo.lote_id]),
            "detalhe": f"{conversa.prestador.sigla} enviou os documentos pedidos",
        }
        for conversa in achadas.select_related("protocolo", "prestador").order_by("respondida_em")[:_QUANTOS]
    ]
