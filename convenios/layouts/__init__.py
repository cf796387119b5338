"""Files that fill the register. Each module registers its layouts when it is imported."""

from convenios.layouts import beneficiarios, coberturas, planos, terminologia

__all__ = ["beneficiarios", "coberturas", "planos", "terminologia"]
