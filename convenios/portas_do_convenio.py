"""The doors: the only ways in which a convênio reaches a view. The database hides others' rows already."""

from __future__ import annotations

from django.http import Http404

from conecta.contas.acesso import Requisicao
from convenios.models import Convenio


def convenio_de(request: Requisicao, codigo: int) -> Convenio:
    """A convênio of the operadora in the address, by the code that people know it by."""
    convenios = Convenio.objects.select_related("operadora", "logo").defer("logo__imagem")
    try:
        return convenios.get(operadora=request.organizacao, codigo=codigo)
    except Convenio.DoesNotExist:
        raise Http404("convênio") from None


def convenio_do_prestador(request: Requisicao, operadora: str, codigo: int) -> Convenio:
    """A convênio of an operadora that the prestador in the address has a contract with, by the operadora's slug."""
    do_credenciado = Convenio.objects.filter(operadora__credenciados__prestador=request.organizacao)
    try:
        return do_credenciado.select_related("operadora").get(operadora__slug=operadora, codigo=codigo)
    except Convenio.DoesNotExist:
        raise Http404("convênio") from None
