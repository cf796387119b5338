"""Files that fill the register. Each module registers its layouts when it is imported."""

from convenios.layouts import planos, terminologia

__all__ = ["planos", "terminologia"]
