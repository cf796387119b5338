"""The doors: the only ways in which a payment, or what hangs on one, reaches a view. A stranger's is a 404."""

from __future__ import annotations

from django.http import Http404

from conecta.contas.acesso import Requisicao
from convenios.models import Credenciamento
from demonstrativos.pagamentos.models import DebitoOuCredito, Pagamento, PagamentoDoProtocolo


def pagamento_de(request: Requisicao, pk: int) -> Pagamento:
    """A payment of the operadora in the URL, or a closed one to the prestador in it."""
    pagamentos = Pagamento.objects.de(request.organizacao).select_related("prestador", "operadora")
    try:
        return pagamentos.get(pk=pk)
    except Pagamento.DoesNotExist:
        raise Http404("pagamento") from None


def linha_de(pagamento: Pagamento, pk: str) -> PagamentoDoProtocolo:
    """A line of that payment."""
    linha = pagamento.linhas.filter(pk=_numero(pk)).first()
    if linha is None:
        raise Http404("linha")
    return linha


def lancamento_de(pagamento: Pagamento, pk: str) -> DebitoOuCredito:
    """A debit or credit of that payment."""
    lancamento = pagamento.lancamentos.filter(pk=_numero(pk)).first()
    if lancamento is None:
        raise Http404("lançamento")
    return lancamento


def contrato_de(request: Requisicao, pk: int) -> Credenciamento:
    """The contract of a prestador with the operadora in the URL."""
    contratos = Credenciamento.objects.filter(operadora=request.organizacao).select_related("prestador", "operadora")
    try:
        return contratos.get(pk=pk)
    except Credenciamento.DoesNotExist:
        raise Http404("credenciamento") from None


def _numero(pk: str) -> int:
    if not (pk.isascii() and pk.isdigit() and len(pk) <= 18):
        raise Http404("número")
    return int(pk)
