"""How rules speak of one line of a guide, and where its fields stand."""

from __future__ import annotations

from lxml import etree

from tiss_schemas.itens_lidos import ItemLido


def no_do_item(item: ItemLido, *nomes: str) -> etree._Element:
    """The first of these fields that the line has, else the line itself."""
    achados = (item.no(nome) for nome in nomes)
    return next((no for no in achados if no is not item.elemento), item.elemento)


def do_item(item: ItemLido, *, com_codigo: bool = True) -> str:
    """Which line it is, as people find it on the form: "do item 3, procedimento 40302040,", or only "do item 3"."""
    if item.sequencial is not None and not com_codigo:
        return f"do item {item.sequencial}"
    especie = f"{item.especie} {item.codigo}" if item.codigo and com_codigo else item.especie
    if item.sequencial is not None:
        return f"do item {item.sequencial}, {especie},"
    return f"{'da' if item.especie == 'despesa' else 'do'} {especie}"
