"""Pages of lists whose size is known already: no second count."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

POR_PAGINA = 50


class PaginadorContado(Paginator):
    """A paginator that is told how many there are."""

    def __init__(self, objetos: Any, quantos: int, por_pagina: int = POR_PAGINA) -> None:
        super().__init__(objetos, por_pagina)
        self.quantos = quantos

    @cached_property
    def count(self) -> int:
        return self.quantos


def pagina_de(objetos: Any, quantos: int, numero: str | None) -> Page[Any]:
    """The page asked for; the first or the last when there is no such page."""
    return PaginadorContado(objetos, quantos).get_page(numero)
