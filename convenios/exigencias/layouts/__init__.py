"""Files that fill the registers. Each module registers its layout when it is imported."""

from convenios.exigencias.layouts import autorizacoes, procedimentos

__all__ = ["autorizacoes", "procedimentos"]
