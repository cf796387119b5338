"""Counters of the menu: threads with something new, and informativos that this person has not read."""

from __future__ import annotations

from django.http import HttpRequest

from lotes.mensagens.consultas import por_ler
from lotes.mensagens.informativos import nao_lidos


def mensagens_por_ler(request: HttpRequest) -> int:
    """Threads in which the other side wrote what this person has not read."""
    return por_ler(request.organizacao, request.user).count()  # type: ignore[attr-defined, arg-type]


def informativos_por_ler(request: HttpRequest) -> int:
    """Informativos shown today to the prestador that this person has not read; none for who writes them."""
    organizacao = request.organizacao  # type: ignore[attr-defined]
    return nao_lidos(organizacao, request.user).count() if organizacao.e_prestador else 0  # type: ignore[arg-type]
