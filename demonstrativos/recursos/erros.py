"""Why an appeal was not made, changed, sent or answered."""

from conecta.erros import ErroDeNegocio


class RecursoMudou(ErroDeNegocio):
    """It is in a state from which it cannot get there: somebody was there before."""


class GlosaNaoRecorrivel(ErroDeNegocio):
    """A glosa that cannot be appealed against, or not any more."""


class RecursoIncompleto(ErroDeNegocio):
    """Something lacks before it can be sent or answered."""


class ValorRecusado(ErroDeNegocio):
    """More is asked than was refused, or accepted than was asked."""


class AnexoRecusado(ErroDeNegocio):
    """A document that is not kept."""


class XmlRecusado(ErroDeNegocio):
    """A file that is no appeal, or names what the operadora's register does not have. `achados` are all sentences."""

    def __init__(self, frase: str, achados: tuple[str, ...] = ()) -> None:
        super().__init__(frase)
        self.achados = achados or (frase,)


class ComRecursoEnviado(ErroDeNegocio):
    """An analysis whose glosas were appealed against is not opened again."""
