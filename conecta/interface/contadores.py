"""Counters of the menu. An app registers how to count for an item's id; nothing registered, nothing asked.

# uploads/apps.py
def ready(self):
    registrar("arquivos", contar_invalidos)     # (request) -> int, one query; zero shows no counter
"""

from collections.abc import Callable

from django.http import HttpRequest

Contador = Callable[[HttpRequest], int]

_contadores: dict[str, Contador] = {}


def registrar(item: str, contador: Contador) -> None:
    """Registers the counter of a menu item. Two counters for one item are a mistake (ValueError)."""
    if _contadores.setdefault(item, contador) is not contador:
        raise ValueError(f"menu item {item!r} already has a counter")


def contar(item: str, request: HttpRequest) -> int:
    """How many wait at this item; 0 when nobody counts."""
    contador = _contadores.get(item)
    return contador(request) if contador else 0
