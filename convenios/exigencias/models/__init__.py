"""What an operadora demands of each procedure, and the authorisations that it gave."""

from .autorizacao import Autorizacao, ConferenciaDeAutorizacoes, ItemAutorizado
from .procedimento import Denticao, ExigenciaDoProcedimento

__all__ = [
    "Autorizacao",
    "ConferenciaDeAutorizacoes",
    "Denticao",
    "ExigenciaDoProcedimento",
    "ItemAutorizado",
]
