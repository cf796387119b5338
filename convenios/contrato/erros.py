"""What cannot be done to a contract, each with the sentence that says what to do."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class ConfiguracaoFechada(ErroDeNegocio):
    """The convênio does not leave that setting to the prestador."""


class CodigoDeOutro(ErroDeNegocio):
    """The code is another prestador's at this operadora."""


class CodigoRepetido(ErroDeNegocio):
    """There is a code for exactly that already."""


class PendenciaDoLaboratorio(ErroDeNegocio):
    """The convênio lets only the laboratory remove what the laboratory marked."""


class PendenciaRetirada(ErroDeNegocio):
    """It was removed already."""
