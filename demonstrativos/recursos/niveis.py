"""At which level each glosa of an appeal is appealed against: alone, as its whole guide, as the whole protocol.

ANS's message has one or the other: the protocol and nothing else, and of a guide the whole or its items. A level above
the item takes every glosa of it, in full, and justifies alike what has one code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from demonstrativos.analise.estados import Nivel


@dataclass(frozen=True, slots=True, kw_only=True)
class Recursada:
    """A glosa in an appeal: of which guide, refused at which level, and whether it is appealed for in full."""

    glosa: int
    guia: int
    nivel_da_glosa: str
    codigo: str
    valor: Decimal
    recursavel: Decimal

    @property
    def inteira(self) -> bool:
        """Whether nothing of it is left out."""
        return self.valor == self.recursavel


def niveis_de(
    recursadas: Sequence[Recursada],
    todas: Collection[tuple[int, int, str]],
    *,
    so_o_glosado_assim: bool = True,
) -> dict[int, Nivel]:
    """The level of each glosa of an appeal, by glosa: as it was refused where all of that is there, else by item.

    `todas` are the glosas of the protocol that can be in this appeal: (glosa, guide, level of the glosa). A guide may
    also be appealed for whole where its items were refused one by one, if that is wanted (`so_o_glosado_assim` False).
    """
    if _e_o_protocolo(recursadas, todas):
        return dict.fromkeys((recursada.glosa for recursada in recursadas), Nivel.PROTOCOLO)
    niveis: dict[int, Nivel] = {}
    for guia, delas in _por_guia(recursadas).items():
        da_guia = [glosa for glosa, desta, _ in todas if desta == guia]
        inteira = _e_a_guia(delas, da_guia) and (not so_o_glosado_assim or _glosada_inteira(delas))
        niveis |= dict.fromkeys((recursada.glosa for recursada in delas), Nivel.GUIA if inteira else Nivel.ITEM)
    return niveis


def _e_o_protocolo(recursadas: Sequence[Recursada], todas: Collection[tuple[int, int, str]]) -> bool:
    do_protocolo = {glosa for glosa, _, nivel in todas if nivel == Nivel.PROTOCOLO}
    return (
        bool(recursadas)
        and {recursada.glosa for recursada in recursadas} == do_protocolo
        and len({recursada.codigo for recursada in recursadas}) == 1
        and all(recursada.inteira for recursada in recursadas)
    )


def _e_a_guia(delas: Sequence[Recursada], todas: Collection[int]) -> bool:
    return {recursada.glosa for recursada in delas} == set(todas) and all(recursada.inteira for recursada in delas)


def _glosada_inteira(delas: Sequence[Recursada]) -> bool:
    return all(recursada.nivel_da_glosa == Nivel.GUIA for recursada in delas)


def _por_guia(recursadas: Iterable[Recursada]) -> dict[int, list[Recursada]]:
    por_guia: dict[int, list[Recursada]] = defaultdict(list)
    for recursada in recursadas:
        por_guia[recursada.guia].append(recursada)
    return por_guia
