"""The door of a file: it reaches a view through here or not at all."""

from __future__ import annotations

from django.http import Http404

from conecta.contas.acesso import Requisicao
from uploads.models import Arquivo


def arquivo_de(request: Requisicao, pk: int) -> Arquivo:
    """The file of the request's organisation with its operadora and lot. Http404 for any other."""
    arquivos = Arquivo.objects.do_prestador(request.organizacao).select_related("operadora", "lote")
    arquivo = arquivos.filter(pk=pk).first()
    if arquivo is None:
        raise Http404("arquivo")
    return arquivo
