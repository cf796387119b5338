"""The doors: the only ways in which an import or a layout reaches a view."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404

from conecta.contas.acesso import Requisicao
from conecta.importacao.layout import Layout, layout_de, layouts_para
from conecta.importacao.models import Importacao


def layouts_de(request: Requisicao) -> list[Layout]:
    """What this person may import here."""
    return layouts_para(request.organizacao.tipo, request.vinculo.pode)


def layout_pedido(request: Requisicao, id: str) -> Layout:
    """The layout of that id. Http404 for one of the other kind of organisation, PermissionDenied for the person."""
    try:
        layout = layout_de(id)
    except KeyError:
        raise Http404("layout") from None
    if layout.tipo != request.organizacao.tipo:
        raise Http404("layout")
    if not request.vinculo.pode(layout.permissao):
        raise PermissionDenied(layout.permissao)
    return layout


def importacao_de(request: Requisicao, pk: int) -> Importacao:
    """An import of the request's organisation. Http404 for any other, PermissionDenied for rows of another's trade."""
    importacao = Importacao.objects.filter(organizacao=request.organizacao, pk=pk).first()
    if importacao is None:
        raise Http404("importação")
    layout_pedido(request, importacao.layout)
    return importacao
