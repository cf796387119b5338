"""What the operator reads while the supervisor works."""

import sys


def titulo(texto: str) -> None:
    """Say what begins, or where the portal is."""
    print(f"\n{texto}", flush=True)


def feito(texto: str) -> None:
    """Say that a step is done."""
    print(f"  ✓ {texto}", flush=True)


def texto(conteudo: str) -> None:
    """Show a text as it is."""
    print(f"\n{conteudo.rstrip()}", flush=True)


def avisar(frase: str) -> None:
    """Say what went wrong."""
    print(f"  ! {frase}", file=sys.stderr, flush=True)
