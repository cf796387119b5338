"""The doors: the only ways in which a lot, a guide or a protocol reaches a view.

The database hides other organisations' rows already; the filter says it again, and a stranger's number is a 404.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from conecta.contas.acesso import Requisicao
from lotes.models import Guia, Lote, Protocolo

Linha = TypeVar("Linha", bound=Model)


def lote_de(request: Requisicao, pk: int) -> Lote:
    """A lot of the prestador in the URL, with its operadora and its protocol."""
    lotes = Lote.objects.do_prestador(request.organizacao).select_related("operadora", "prestador", "protocolo")
    try:
        return lotes.get(pk=pk)
    except Lote.DoesNotExist:
        raise Http404("lote") from None


def lotes_de(request: Requisicao, pks: Sequence[str]) -> list[Lote]:
    """Several lots at once, each once, in the order of their numbers; one that is not there is a 404 for all."""
    return _todos(Lote.objects.do_prestador(request.organizacao).select_related("operadora"), pks)


def protocolo_de(request: Requisicao, pk: int) -> Protocolo:
    """A protocol received by the operadora in the URL, with its lot and its prestador."""
    protocolos = Protocolo.objects.da_operadora(request.organizacao).select_related(
        "lote", "lote__prestador", "lote__operadora"
    )
    try:
        return protocolos.get(pk=pk)
    except Protocolo.DoesNotExist:
        raise Http404("protocolo") from None


def protocolos_de(request: Requisicao, pks: Sequence[str]) -> list[Protocolo]:
    """Several of them at once, each once, in the order of their numbers; one that is not there is a 404 for all."""
    protocolos = Protocolo.objects.da_operadora(request.organizacao).select_related("lote", "prestador")
    return _todos(protocolos, pks)


def guia_de(request: Requisicao, pk: int) -> Guia:
    """A guide of the organisation in the URL: of its own for a prestador, received for an operadora."""
    organizacao = request.organizacao
    dela = (
        Guia.objects.filter(prestador=organizacao)
        if organizacao.e_prestador
        else Guia.objects.filter(operadora=organizacao, enviado_em__isnull=False)
    )
    try:
        return dela.select_related("lote", "lote__operadora", "lote__prestador", "lote__protocolo").get(pk=pk)
    except Guia.DoesNotExist:
        raise Http404("guia") from None


def _todos(linhas: QuerySet[Linha], pks: Sequence[str]) -> list[Linha]:
    if not all(pk.isascii() and pk.isdigit() and len(pk) <= 18 for pk in pks):
        raise Http404("número")
    ids = {int(pk) for pk in pks}
    achadas = list(linhas.filter(pk__in=ids).order_by("numero"))
    if len(achadas) != len(ids):
        raise Http404("número")
    return achadas
