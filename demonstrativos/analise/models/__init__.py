"""The analysis in the database. Sums, copies and what is frozen are kept by its triggers (migration 0002)."""

from .acao import Acao
from .analise import Analise, GuiaAnalisada, ItemAnalisado
from .glosa import Glosa, Observacao
from .parametros import AjusteDoCriterio, ParametrosDaAnalise
from .resultado import ResultadoDoCriterio

__all__ = [
    "Acao",
    "AjusteDoCriterio",
    "Analise",
    "Glosa",
    "GuiaAnalisada",
    "ItemAnalisado",
    "Observacao",
    "ParametrosDaAnalise",
    "ResultadoDoCriterio",
]
