"""Rows as they are now, locked, and the lines of a payment's timeline."""

from __future__ import annotations

from collections.abc import Iterable

from conecta.contas.models import Usuario
from demonstrativos.pagamentos.erros import PagamentoNaoPermite
from demonstrativos.pagamentos.estados import SituacaoDoPagamento
from demonstrativos.pagamentos.models import AcontecimentoDoPagamento, Pagamento
from lotes.models import Protocolo


def travar(pagamento: Pagamento, *esperadas: SituacaoDoPagamento) -> Pagamento:
    """The payment as it is now, locked. Raises `PagamentoNaoPermite` where it is in none of these states."""
    atual = (
        Pagamento.objects.select_for_update(of=("self",)).select_related("prestador", "operadora").get(pk=pagamento.pk)
    )
    if atual.situacao not in esperadas:
        raise PagamentoNaoPermite(
            f"O pagamento {atual.numero} está “{atual.get_situacao_display()}”, e isto não se faz mais nele. "
            "Recarregue a página para ver como ele está.",
            atual,
        )
    return atual


def contar(pagamento: Pagamento, por: Usuario, titulo: str, detalhe: str = "", *, publico: bool = False) -> None:
    """A line of the payment's timeline. One insert."""
    AcontecimentoDoPagamento.objects.create(
        prestador_id=pagamento.prestador_id,
        operadora_id=pagamento.operadora_id,
        pagamento=pagamento,
        titulo=titulo,
        detalhe=detalhe,
        por_nome=por.nome or por.email,
        publico=publico,
    )


def travar_protocolos(pks: Iterable[int]) -> list[Protocolo]:
    """These protocols, locked in one order."""
    return list(Protocolo.objects.select_for_update(of=("self",)).filter(pk__in=set(pks)).order_by("pk"))
