"""Why a lot or a protocol was not changed."""

from conecta.erros import ErroDeNegocio


class MudancaNaoPermitida(ErroDeNegocio):
    """It is in a state from which it cannot get there."""


class EnvioRecusado(ErroDeNegocio):
    """The operadora cannot receive this lot now."""


class OutraPessoaMudou(ErroDeNegocio):
    """The protocol is no longer in the state that the person saw."""


class DataRecusada(ErroDeNegocio):
    """A date that cannot be: of the change, or of the payment."""
