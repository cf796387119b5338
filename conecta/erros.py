"""What people did that cannot be done: one base class, whose children each carry their subject and a sentence."""

from __future__ import annotations

from typing import Any


class ErroDeNegocio(Exception):
    """A refusal. `frase` says in Portuguese what was refused and what to do; `assunto` is what it is about."""

    def __init__(self, frase: str, assunto: Any = None) -> None:
        super().__init__(frase)
        self.frase = frase
        self.assunto = assunto
