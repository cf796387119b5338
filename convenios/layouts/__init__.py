"""Files that fill the register. Each module registers its layouts when it is imported."""

from convenios.layouts import beneficiarios, coberturas, credenciamentos, planos, terminologia

__all__ = ["beneficiarios", "coberturas", "credenciamentos", "planos", "terminologia"]
