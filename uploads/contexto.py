"""Loading what the rules may know, in a fixed number of queries however many guides the file has."""

from __future__ import annotations

from uploads.regras.contexto import Contexto

__all__ = ["Contexto"]
