"""The doors: the only ways in which a thread, a document or an informativo reaches a view. A stranger's is a 404."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from conecta.contas.acesso import Requisicao
from lotes.mensagens.models import Anexo, Informativo
from lotes.models import Lote


def lote_da_conversa(request: Requisicao, pk: int) -> Lote:
    """A lot of the prestador in the URL, or one that was sent to the operadora in it."""
    lado = {"prestador": request.organizacao} if request.organizacao.e_prestador else _enviado_a(request)
    try:
        return Lote.objects.select_related("prestador", "operadora", "protocolo").get(pk=pk, **lado)
    except Lote.DoesNotExist:
        raise Http404("lote") from None


def anexo_de(request: Requisicao, pk: int) -> Anexo:
    """A document that the organisation in the URL attached or was given."""
    lado = {"prestador": request.organizacao} if request.organizacao.e_prestador else _enviado_a(request)
    try:
        return Anexo.objects.select_related("lote").get(pk=pk, **lado)
    except Anexo.DoesNotExist:
        raise Http404("anexo") from None


def informativo_de(request: Requisicao, pk: int) -> Informativo:
    """An informativo of the operadora in the URL, or one that is shown today to the prestador in it."""
    if request.organizacao.e_prestador:
        hoje = timezone.localdate()
        casa = Q(mostrar_de__lte=hoje) & (Q(mostrar_ate__isnull=True) | Q(mostrar_ate__gte=hoje))
    else:
        casa = Q(operadora=request.organizacao)
    try:
        return Informativo.objects.select_related("operadora").filter(casa).get(pk=pk)
    except Informativo.DoesNotExist:
        raise Http404("informativo") from None


def _enviado_a(request: Requisicao) -> dict[str, object]:
    return {"operadora": request.organizacao, "enviado_em__isnull": False}
