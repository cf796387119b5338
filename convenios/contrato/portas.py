"""The doors: the only ways in which a contract, and what hangs on it, reaches a view.

The database hides other organisations' rows already; the filter says it again, and a stranger's number is a 404.
"""

from __future__ import annotations

from django.http import Http404

from conecta.contas.acesso import Requisicao
from convenios.contrato.models import PendenciaDeExame
from convenios.models import Convenio, Credenciamento


def credenciamento_de(request: Requisicao, pk: int) -> Credenciamento:
    """A credenciamento of the organisation in the URL, whichever side of it that is."""
    organizacao = request.organizacao
    lado = {"prestador": organizacao} if organizacao.e_prestador else {"operadora": organizacao}
    try:
        return Credenciamento.objects.select_related("operadora", "prestador").get(pk=pk, **lado)
    except Credenciamento.DoesNotExist:
        raise Http404("credenciamento") from None


def contrato_de(request: Requisicao, pk: int, codigo: int) -> tuple[Credenciamento, Convenio]:
    """A credenciamento of the organisation in the URL, and the convênio of its operadora with that code."""
    credenciamento = credenciamento_de(request, pk)
    try:
        convenio = Convenio.objects.select_related("operadora").get(
            operadora=credenciamento.operadora_id, codigo=codigo
        )
    except Convenio.DoesNotExist:
        raise Http404("convênio") from None
    return credenciamento, convenio


def pendencia_de(request: Requisicao, pk: int) -> PendenciaDeExame:
    """A pendência of the prestador in the URL."""
    try:
        return PendenciaDeExame.objects.select_related("convenio").get(pk=pk, prestador=request.organizacao)
    except PendenciaDeExame.DoesNotExist:
        raise Http404("pendência") from None
