"""The doors: the only ways in which a nota, or protocols for one, reach a view. A stranger's is a 404."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404

from conecta.contas.acesso import Requisicao
from demonstrativos.notas.models import DispensaDeNota, NotaFiscal
from lotes.models import Protocolo

MUITOS = 200
"""Protocols that one nota may be for."""


def nota_de(request: Requisicao, pk: int) -> NotaFiscal:
    """A nota of the prestador in the URL, or one that was sent to the operadora in it."""
    try:
        return NotaFiscal.objects.de(request.organizacao).select_related("prestador", "operadora").get(pk=pk)
    except NotaFiscal.DoesNotExist:
        raise Http404("nota") from None


def protocolos_da_nota(request: Requisicao, pks: Sequence[str]) -> list[Protocolo]:
    """Protocols of the prestador in the URL, each once, in the order of their numbers; a strange one is a 404."""
    if len(pks) > MUITOS or not all(pk.isascii() and pk.isdigit() and len(pk) <= 18 for pk in pks):
        raise Http404("protocolo")
    ids = {int(pk) for pk in pks}
    achados = list(
        Protocolo.objects.filter(prestador=request.organizacao, pk__in=ids)
        .select_related("operadora", "lote")
        .order_by("numero")
    )
    if len(achados) != len(ids):
        raise Http404("protocolo")
    return achados


def dispensa_de(request: Requisicao, pk: str) -> DispensaDeNota:
    """One of the operadora in the URL."""
    if not (pk.isascii() and pk.isdigit() and len(pk) <= 18):
        raise Http404("dispensa")
    dispensa = DispensaDeNota.objects.filter(operadora=request.organizacao, pk=int(pk)).first()
    if dispensa is None:
        raise Http404("dispensa")
    return dispensa
