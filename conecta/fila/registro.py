"""Which function does which kind of job. Apps register theirs in their `tarefas.py`, loaded when Django starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Fazer = Callable[[int], None]
Desistir = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class TipoDeTrabalho:
    """A kind of job: its queue, what does it, and what marks its target when it is set aside after three attempts."""

    nome: str
    fila: str
    fazer: Fazer
    desistir: Desistir


_tipos: dict[str, TipoDeTrabalho] = {}


def registrar(nome: str, *, fila: str, fazer: Fazer, desistir: Desistir) -> TipoDeTrabalho:
    """Register a kind of job; each name once."""
    if nome in _tipos:
        raise ValueError(f"job kind registered twice: {nome}")
    tipo = _tipos[nome] = TipoDeTrabalho(nome, fila, fazer, desistir)
    return tipo


def tipo_de(nome: str) -> TipoDeTrabalho:
    """The kind of that name. Raises KeyError for one that nobody registered."""
    return _tipos[nome]
