"""Check digits of CNPJ and CPF, for the rules; the arithmetic belongs to the engine, whose suggestions need it too."""

from __future__ import annotations

from tiss_schemas.documentos import documento_valido

__all__ = ["documento_valido"]
