"""The doors: the only ways in which what is demanded or authorised reaches a view. A stranger's number is a 404."""

from __future__ import annotations

from django.http import Http404

from conecta.contas.acesso import Requisicao
from convenios.exigencias.models import Autorizacao, ExigenciaDoProcedimento


def exigencia_de(request: Requisicao, pk: int) -> ExigenciaDoProcedimento:
    """What the operadora in the URL demands of some codes."""
    try:
        return ExigenciaDoProcedimento.objects.select_related("convenio").get(pk=pk, operadora=request.organizacao)
    except ExigenciaDoProcedimento.DoesNotExist:
        raise Http404("exigência") from None


def autorizacao_de(request: Requisicao, pk: int) -> Autorizacao:
    """An authorisation that the operadora in the URL gave, or that was given to the prestador in it."""
    autorizacoes = Autorizacao.objects.de(request.organizacao).select_related("operadora", "prestador")
    try:
        return autorizacoes.get(pk=pk)
    except Autorizacao.DoesNotExist:
        raise Http404("autorização") from None
