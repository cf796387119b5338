"""Appeals in the database. Copies, sums and what is frozen are kept by its triggers (migration 0002)."""

from .anexo import Anexo
from .item import ItemDoRecurso
from .parametros import JustificativaUsual, ParametrosDoRecurso, PrazoDoContrato
from .recurso import Recurso
from .resposta import AcaoDaResposta, RespostaDoItem

__all__ = [
    "AcaoDaResposta",
    "Anexo",
    "ItemDoRecurso",
    "JustificativaUsual",
    "ParametrosDoRecurso",
    "PrazoDoContrato",
    "Recurso",
    "RespostaDoItem",
]
