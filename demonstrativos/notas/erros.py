"""Why a nota fiscal was not changed."""

from conecta.erros import ErroDeNegocio


class NotaRecusada(ErroDeNegocio):
    """What was said of it, or attached to it, cannot be."""


class NotaNaoPermite(ErroDeNegocio):
    """It is in a state in which this cannot be done."""
