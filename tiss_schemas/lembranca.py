"""Results that are kept because they come back by the thousand in one file, and never those of a long text.

A cache of so many entries bounds the memory only where each entry is short: names and values come from files, and a
file may have thousands of names of fifty thousand characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from typing import Final, ParamSpec, TypeVar

P = ParamSpec("P")
Entrada = TypeVar("Entrada", bound="str | None")
Resultado = TypeVar("Resultado")

_MAIS_CARACTERES: Final = 2_000
"""In all arguments of one call: the trail of the deepest field of the standard has a third of it."""
_TEXTO_CURTO: Final = 64


def lembrar(guardados: int) -> Callable[[Callable[P, Resultado]], Callable[P, Resultado]]:
    """As `functools.lru_cache`, but for arguments whose texts, also those inside tuples, are long together."""

    def com_memoria(funcao: Callable[P, Resultado]) -> Callable[P, Resultado]:
        lembrada = lru_cache(maxsize=guardados)(funcao)

        @wraps(funcao)
        def escolher(*args: P.args, **kwargs: P.kwargs) -> Resultado:
            if _caracteres(args) + (_caracteres(kwargs.values()) if kwargs else 0) > _MAIS_CARACTERES:
                return funcao(*args, **kwargs)
            return lembrada(*args, **kwargs)  # type: ignore[arg-type]

        return escolher

    return com_memoria


def lembrar_curtos(guardados: int) -> Callable[[Callable[[Entrada], Resultado]], Callable[[Entrada], Resultado]]:
    """The same for a function of one text that is asked of every line of a file: numbers, dates, tags."""

    def com_memoria(funcao: Callable[[Entrada], Resultado]) -> Callable[[Entrada], Resultado]:
        lembrada = lru_cache(maxsize=guardados)(funcao)

        @wraps(funcao)
        def escolher(texto: Entrada) -> Resultado:
            return lembrada(texto) if texto is None or len(texto) <= _TEXTO_CURTO else funcao(texto)

        return escolher

    return com_memoria


def _caracteres(valores: Iterable[object]) -> int:
    """How long all texts are together; everything that is there counts for one more."""
    total = 0
    for valor in valores:  # asked of every finding: a loop takes a third of what a sum of a generator does
        total += 1
        if isinstance(valor, str):
            total += len(valor)
        elif isinstance(valor, tuple):
            total += _na_tupla(valor)
    return total


def _na_tupla(valores: tuple[object, ...]) -> int:
    """The same of a tuple; most are trails of tags, which are measured as one text."""
    try:
        return len(valores) + len("".join(valores))  # type: ignore[arg-type]
    except TypeError:
        return _caracteres(valores)
