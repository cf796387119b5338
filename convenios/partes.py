"""What other apps hang on a convênio and want to go along when it is copied, exported or imported."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from conecta.contas.models import Organizacao, Usuario
from convenios.models import Convenio


@dataclass(frozen=True, slots=True, kw_only=True)
class Parte:
    """One such part. `nome` is its key in the file, `rotulo` how people read it.

    `exportar` gives what JSON can hold. `conferir` says what is wrong in a value that came, without changing anything,
    whatever its type; only a value without problems is given to `importar`, in the transaction of the import.
    """

    nome: str
    rotulo: str
    exportar: Callable[[Convenio], Any]
    conferir: Callable[[Organizacao, Any], Sequence[str]]
    importar: Callable[[Convenio, Any, Usuario], None]


_PARTES: Final[dict[str, Parte]] = {}


def registrar_parte(parte: Parte) -> None:
    """Let the part go along from now on: called when its app is ready."""
    _PARTES[parte.nome] = parte


def partes() -> dict[str, Parte]:
    """Every part, by its name."""
    return dict(_PARTES)
