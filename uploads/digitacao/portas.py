"""The door of a typed guide: it reaches a view through here or not at all."""

from __future__ import annotations

from django.http import Http404

from conecta.contas.acesso import Requisicao
from uploads.digitacao.models import GuiaDigitada


def guia_digitada_de(request: Requisicao, pk: int) -> GuiaDigitada:
    """A typed guide of the prestador in the URL, with its operadora, convênio and lot. Http404 for any other."""
    guias = GuiaDigitada.objects.do_prestador(request.organizacao).select_related(
        "prestador", "operadora", "convenio", "lote"
    )
    guia = guias.filter(pk=pk).first()
    if guia is None:
        raise Http404("guia digitada")
    return guia
