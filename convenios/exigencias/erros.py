"""What cannot be done with what is demanded or authorised, each with the sentence that people read."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class ExigenciaRepetida(ErroDeNegocio):
    """Another row has the same codes, convênio and first day."""


class AutorizacaoRepetida(ErroDeNegocio):
    """The senha or the guide number is that of another authorisation."""


class PrestadorSemContrato(ErroDeNegocio):
    """The prestador has no contract with the operadora."""


class AutorizacaoJaCancelada(ErroDeNegocio):
    """It was cancelled before."""


class CancelamentoSemMotivo(ErroDeNegocio):
    """No reason was given."""
