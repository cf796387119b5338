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


class RegraDesconhecida(ErroDeNegocio):
    """The catalogue has no such rule."""


class RegraIndispensavel(ErroDeNegocio):
    """Without the rule a file could not be imported or attributed: it cannot be switched off or only observed."""


class RegraNaoAjustavel(ErroDeNegocio):
    """How much the rule weighs is not the operadora's to decide."""


class AjusteNoPassado(ErroDeNegocio):
    """The decision would hold from a day that has passed."""


class AjusteSemMotivo(ErroDeNegocio):
    """A decision without a reason."""


class AjusteSemMudanca(ErroDeNegocio):
    """The rule would be so on that day in any case."""
