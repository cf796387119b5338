"""How prices are written on screens: with the places that they have, which may be more than two."""

from django import template

from convenios.precos.palavras import numero

register = template.Library()


@register.filter
def preco(valor: object) -> str:
    """Two to six places: 12.4 → "12,40", 4.712 → "4,712"; None → ""."""
    return "" if valor is None else numero(valor)  # type: ignore[arg-type]
