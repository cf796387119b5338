"""The doors: the only ways in which a statement, or a request, reaches a view. A stranger's is a 404."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from conecta.contas.acesso import Requisicao
from demonstrativos.emissao.models import Demonstrativo, ParteDoDemonstrativo, PedidoDeDemonstrativo
from demonstrativos.pagamentos.estados import SituacaoDoPagamento


def demonstrativos_da(request: Requisicao) -> QuerySet[Demonstrativo]:
    """All that were issued by, or to, the organisation in the URL; without what they say.

    `de_cancelado`: a payment that it tells was cancelled since.
    """
    achados = Demonstrativo.objects.de(request.organizacao).defer("valores")
    cancelados = ParteDoDemonstrativo.objects.filter(
        demonstrativo=OuterRef("pk"), pagamento__situacao=SituacaoDoPagamento.CANCELADO
    )
    return achados.select_related("operadora", "prestador", "substituido_por").annotate(de_cancelado=Exists(cancelados))


def demonstrativo_de(request: Requisicao, pk: int) -> Demonstrativo:
    """A statement issued by, or to, the organisation in the URL."""
    try:
        return Demonstrativo.objects.de(request.organizacao).select_related("operadora", "prestador").get(pk=pk)
    except Demonstrativo.DoesNotExist:
        raise Http404("demonstrativo") from None


def pedido_de(request: Requisicao, pk: int) -> PedidoDeDemonstrativo:
    """A request made by the organisation in the URL."""
    organizacao = request.organizacao
    dele = Q(prestador=organizacao, da_operadora=False) if organizacao.e_prestador else Q(operadora=organizacao)
    pedidos = PedidoDeDemonstrativo.objects.filter(dele, da_operadora=not organizacao.e_prestador)
    try:
        return pedidos.select_related("operadora", "prestador").get(pk=pk)
    except PedidoDeDemonstrativo.DoesNotExist:
        raise Http404("pedido") from None
