"""What cannot be done with prices, each with the sentence that people read."""

from __future__ import annotations

from conecta.erros import ErroDeNegocio


class TabelaRepetida(ErroDeNegocio):
    """Another table of the same contract has that name and edition."""


class TabelaEmUso(ErroDeNegocio):
    """What is linked to the table, or is in it, stands against the change."""


class PrecoForaDaTabela(ErroDeNegocio):
    """The price begins outside of the days of its table, or does not fit its kind."""


class VinculoRepetido(ErroDeNegocio):
    """The table prices that kind of item already, from the same day."""


class TabelaDeOutroContrato(ErroDeNegocio):
    """The table belongs to the contract with one prestador, and the link does not."""


class EdicaoEmVigor(ErroDeNegocio):
    """The edition gives today's prices, and it was not said that this is known."""


class EdicaoSendoImportada(ErroDeNegocio):
    """A file of that list is being written."""


class ProdutoRepetido(ErroDeNegocio):
    """The prestador has a product with that code."""


class ReajusteImpossivel(ErroDeNegocio):
    """There is nothing to adjust, or the table's prices are not amounts."""


class ReajusteSemVolta(ErroDeNegocio):
    """The adjustment cannot be undone any more."""
