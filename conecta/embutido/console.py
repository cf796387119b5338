"""What the operator reads while the supervisor works."""

import sys
from typing import TextIO


def titulo(texto: str) -> None:
    """Say what begins, or where the portal is."""
    _escrever(sys.stdout, f"\n{texto}")


def feito(texto: str) -> None:
    """Say that a step is done."""
    _escrever(sys.stdout, f"  ✓ {texto}")


def texto(conteudo: str) -> None:
    """Show a text as it is."""
    _escrever(sys.stdout, f"\n{conteudo.rstrip()}")


def avisar(frase: str) -> None:
    """Say what went wrong."""
    _escrever(sys.stderr, f"  ! {frase}")


def _escrever(saida: TextIO, linha: str) -> None:
    saida.write(f"{linha}\n")
    saida.flush()
