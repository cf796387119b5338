"""What cannot be done to a file, each with the sentence that says what to do."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class MudancaNaoPermitida(ErroDeNegocio):
    """The file is not in the state that the action needs."""


class CorrecaoConcorrente(ErroDeNegocio):
    """Somebody else saved, or had the file judged again, since the form was opened."""


class CriticaNaoIgnoravel(ErroDeNegocio):
    """The rule does not let this be ignored, or the justification is missing."""


class LimiteDeEnvios(ErroDeNegocio):
    """The organisation sent more files in an hour than any clinic has."""
