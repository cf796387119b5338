"""How rules speak of one line of a guide, and where its fields stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from lxml import etree

from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida

GRAUS: Final = frozenset({f"{TAG_ANS}grauPart", f"{TAG_ANS}grauParticipacao"})
Condicao = Callable[[str | None, str | None, str | None, date | None], bool]
"""Asked of table, code, código da despesa and date of a line."""


def itens_com(guia: GuiaLida, condicao: Condicao) -> Iterator[ItemLido]:
    """The lines of the guide that meet the condition, which is asked once of what many lines have in common."""
    achados = {codigo for codigo in guia.codigos if condicao(*codigo)}
    if achados:
        for item in guia.itens:
            if (item.tabela, item.codigo, item.codigo_despesa, item.data) in achados:
                yield item


def no_do_item(item: ItemLido, *nomes: str) -> etree._Element:
    """The first of these fields that the line has, else the line itself."""
    achados = (item.no(nome) for nome in nomes)
    return next((no for no in achados if no is not item.elemento), item.elemento)


def graus_da_equipe(item: ItemLido) -> tuple[str, ...]:
    """The graus de participação of the line's team, in order: the lines of several professionals for one procedure,
    each with its own, do not charge it several times."""
    return tuple(sorted({no.text or "" for membro in item.equipe for no in membro if no.tag in GRAUS}))


def do_item(item: ItemLido, *, com_codigo: bool = True) -> str:
    """Which line it is, as people find it on the form: "do item 3, procedimento 40302040,", or only "do item 3"."""
    if item.sequencial is not None and not com_codigo:
        return f"do item {item.sequencial}"
    especie = f"{item.especie} {item.codigo}" if item.codigo and com_codigo else item.especie
    if item.sequencial is not None:
        return f"do item {item.sequencial}, {especie},"
    return f"{'da' if item.especie == 'despesa' else 'do'} {especie}"
