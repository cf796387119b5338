"""Why a guide gets no number, or a range is not registered; each with the sentence that says what to do."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class SemFaixa(ErroDeNegocio):
    """No range is registered for that kind of guide, nor for the general rule."""


class NumeracaoManual(ErroDeNegocio):
    """The numbers of that kind of guide are typed, not handed out."""


class FaixaEsgotada(ErroDeNegocio):
    """Every number of the ranges for that kind of guide is taken."""


class FaixaSobreposta(ErroDeNegocio):
    """A number of the range is in another one of the same prestador and operadora."""


class FaixaForaDaMascara(ErroDeNegocio):
    """The mask of the convênio has fewer places than the numbers have digits."""


class FaixaEmUso(ErroDeNegocio):
    """Numbers of the range are taken already, and what was asked would take them back."""


class FaixaDeOutro(ErroDeNegocio):
    """The range was given by the other side, whose it is to change."""
