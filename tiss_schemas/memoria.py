"""Memory that was freed and that the C library keeps."""

from __future__ import annotations

import ctypes
from typing import Any, Final

_APARAR: Final[Any] = getattr(ctypes.CDLL(None), "malloc_trim", None)
"""Of glibc; other C libraries have no such function, and no such habit."""


def devolver_memoria() -> None:
    """Give freed memory back to the system.

    A log of a hundred thousand errors is freed in small pieces, which Python's own memory cannot use again: without
    this, the findings made of it came on top of it.
    """
    if _APARAR is not None:
        _APARAR(0)
