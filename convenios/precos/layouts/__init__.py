"""Files that fill the price register. Each module registers its layouts when it is imported."""

from convenios.precos.layouts import produtos, referencias, tabelas

__all__ = ["produtos", "referencias", "tabelas"]
