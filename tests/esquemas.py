"""Where ANS's files of older versions of the standard are, for the tests that try them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tiss_schemas import catalogo

_VIZINHA = Path(__file__).resolve().parents[1].parent / "shared" / "tiss" / "schemas"
AVULSAS = Path(os.environ.get("TISS_ESQUEMAS_TESTE") or _VIZINHA)
"""A folder for each version. Where it is not there, what needs it is left out."""
DO_PACOTE = ("4.02.00", "4.03.00")


def a_mao(*numeros: str) -> list[str]:
    """Those of the versions that can be tried: the package's own two, and older ones whose files are there."""
    return [numero for numero in numeros if numero in DO_PACOTE or (AVULSAS / numero).is_dir()]


@contextmanager
def instaladas(numeros: Iterable[str], pasta: Path) -> Iterator[None]:
    """Older versions among `numeros` installed in `pasta` meanwhile."""
    anterior = catalogo.pasta_instaladas()
    catalogo.usar_pasta(pasta)
    for numero in numeros:
        if numero not in DO_PACOTE:
            catalogo.instalar(AVULSAS / numero)
    try:
        yield
    finally:
        catalogo.usar_pasta(anterior)
