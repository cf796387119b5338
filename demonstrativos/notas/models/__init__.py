"""Notas fiscais in the database; sums, copies and what is frozen are kept by its triggers (migration 0002)."""

from .nota import NotaDoProtocolo, NotaFiscal
from .parametros import DispensaDeNota, ParametrosDasNotas

__all__ = ["DispensaDeNota", "NotaDoProtocolo", "NotaFiscal", "ParametrosDasNotas"]
