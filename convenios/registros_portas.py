"""The doors of the registers: a row of the organisation in the address, or 404."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404

from conecta.contas.acesso import Requisicao
from convenios.models import Beneficiario, Credenciamento, PedidoDeAcesso, Plano

Linha = TypeVar("Linha", bound=Model)


def beneficiario_de(request: Requisicao, pk: int) -> Beneficiario:
    """A beneficiário of the operadora in the address."""
    return _uma(Beneficiario.objects.filter(operadora=request.organizacao).select_related("plano"), pk)


def plano_de(request: Requisicao, pk: int) -> Plano:
    """A plano of the operadora in the address."""
    return _uma(Plano.objects.filter(operadora=request.organizacao).select_related("convenio"), pk)


def credenciamento_de(request: Requisicao, pk: int) -> Credenciamento:
    """A contract of the operadora in the address, with its prestador."""
    return _uma(Credenciamento.objects.filter(operadora=request.organizacao).select_related("prestador"), pk)


def pedido_de(request: Requisicao, pk: int) -> PedidoDeAcesso:
    """A request that the organisation in the address made or was made."""
    lado = "prestador" if request.organizacao.e_prestador else "operadora"
    pedidos = PedidoDeAcesso.objects.filter(**{lado: request.organizacao})
    return _uma(pedidos.select_related("operadora", "prestador"), pk)


def _uma(linhas: QuerySet[Linha], pk: int) -> Linha:
    linha = linhas.filter(pk=pk).first()
    if linha is None:
        raise Http404(linhas.model._meta.model_name)
    return linha
