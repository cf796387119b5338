"""Pausing Python's cycle collector while a file's tens of thousands of small objects are made."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def coletor_em_pausa() -> Iterator[None]:
    """Around the reading and judging of one file: nothing in it forms cycles, and each look for them costs 20 ms.

    The pause is for the whole process; nested pauses end with the outermost. What was made meanwhile is put among the
    old objects without a look, which else would be the first thing the collector does.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        gc.enable()
