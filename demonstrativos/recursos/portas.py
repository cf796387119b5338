"""The doors: the only ways in which an appeal, or a document of one, reaches a view."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet
from django.http import Http404

from conecta.contas.acesso import Requisicao
from demonstrativos.recursos.models import Anexo, Recurso

_DE_UMA_VEZ = 10_000
"""Ids that one form may name."""


def recurso_de(request: Requisicao, pk: int) -> Recurso:
    """An appeal of the prestador in the URL, in any state."""
    return _um(Recurso.objects.do_prestador(request.organizacao), pk)


def recebido_de(request: Requisicao, pk: int) -> Recurso:
    """An appeal that the operadora in the URL received."""
    return _um(Recurso.objects.da_operadora(request.organizacao), pk)


def recursos_de(request: Requisicao, pks: Sequence[str]) -> list[Recurso]:
    """Several of the prestador's, each once; one that is not there is a 404 for all."""
    ids = ids_de(pks)
    achados = list(_com_tudo(Recurso.objects.do_prestador(request.organizacao)).filter(pk__in=ids).order_by("id"))
    if len(achados) != len(ids):
        raise Http404("recurso")
    return achados


def anexo_de(request: Requisicao, pk: int) -> Anexo:
    """A document of an appeal of the organisation in the URL."""
    organizacao = request.organizacao
    dela = (
        Anexo.objects.filter(prestador=organizacao)
        if organizacao.e_prestador
        else Anexo.objects.filter(operadora=organizacao, enviado_em__isnull=False)
    )
    anexo = dela.select_related("recurso").filter(pk=pk).first()
    if anexo is None:
        raise Http404("anexo")
    return anexo


def ids_de(pks: Sequence[str]) -> set[int]:
    """Ids that a form names. Http404 for what is no id, and for too many."""
    if len(pks) > _DE_UMA_VEZ or not all(pk.isascii() and pk.isdigit() and len(pk) <= 18 for pk in pks):
        raise Http404("número")
    return {int(pk) for pk in pks}


def _com_tudo(recursos: QuerySet[Recurso]) -> QuerySet[Recurso]:
    return recursos.select_related("operadora", "prestador", "protocolo", "lote")


def _um(recursos: QuerySet[Recurso], pk: int) -> Recurso:
    achado = _com_tudo(recursos).filter(pk=pk).first()
    if achado is None:
        raise Http404("recurso")
    return achado
