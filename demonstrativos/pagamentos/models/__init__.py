"""Payments in the database. Sums, copies and what is frozen are kept by its triggers (migration 0002)."""

from .cadastro import ContaBancaria, Retencao
from .linhas import DebitoOuCredito, GuiaPaga, PagamentoDoProtocolo
from .pagamento import AcontecimentoDoPagamento, Pagamento

__all__ = [
    "AcontecimentoDoPagamento",
    "ContaBancaria",
    "DebitoOuCredito",
    "GuiaPaga",
    "Pagamento",
    "PagamentoDoProtocolo",
    "Retencao",
]
