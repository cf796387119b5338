"""Why a payment was not changed."""

from conecta.erros import ErroDeNegocio


class PagamentoRecusado(ErroDeNegocio):
    """It cannot be, for what is in it or for when it would be paid."""


class PagamentoNaoPermite(ErroDeNegocio):
    """It is in a state in which this cannot be done."""


class PagamentoMudou(ErroDeNegocio):
    """Somebody else changed it while this person looked at it."""
