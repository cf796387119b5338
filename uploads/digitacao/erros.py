"""Why a typed guide is not changed; each with the sentence that says what to do."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class OutraPessoaDigitou(ErroDeNegocio):
    """Somebody else wrote after the revision that this person saw."""


class GuiaFechada(ErroDeNegocio):
    """The guide is in a lot that is no longer open, or was excluded."""


class ConvenioFechado(ErroDeNegocio):
    """No guide is typed by that convênio today."""


class SemPendencia(ErroDeNegocio):
    """What is waited for cannot be marked on that guide."""


class NadaADividir(ErroDeNegocio):
    """The guide has no more lines than the convênio takes in one."""


class LoteRecusado(ErroDeNegocio):
    """The guides cannot be in that lot, or the lot cannot be as somebody wants it."""
