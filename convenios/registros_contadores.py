"""Counters of the menu: requests that wait for this organisation's answer."""

from __future__ import annotations

from django.http import HttpRequest

from convenios.models import PedidoDeAcesso


def pedidos_a_responder(request: HttpRequest) -> int:
    """What prestadores asked this operadora, or operadoras offered this prestador, and nobody answered."""
    organizacao = request.organizacao  # type: ignore[attr-defined]
    meu, outro = ("prestador", "operadora") if organizacao.e_prestador else ("operadora", "prestador")
    pendentes = PedidoDeAcesso.objects.filter(situacao=PedidoDeAcesso.Situacao.PENDENTE, pedido_por=outro)
    return pendentes.filter(**{meu: organizacao}).count()
