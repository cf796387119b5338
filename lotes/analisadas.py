"""What became of guides and items once the operadora released its analysis. The app that analyses registers here.

Nothing is known before the release; then both sides read the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lotes.models import Guia, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Decidido:
    """The amounts that were decided, in reais."""

    processado: Decimal
    glosado: Decimal
    liberado: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class GlosaDecidida:
    """What was refused of an item, and why. `descricao` is what the code of Tabela 38 means."""

    codigo: str
    descricao: str
    valor: Decimal
    motivo: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemDecidido:
    """An item with its glosas."""

    valores: Decidido
    glosas: Sequence[GlosaDecidida] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GuiaDecidida:
    """A guide: the code by which the whole was refused, if so, and the operadora's words for the prestador."""

    valores: Decidido
    codigo: str = ""
    descricao: str = ""
    motivo: str = ""
    observacao: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Analisadas:
    """Who knows: by the ids of guides, and by those of items. What was not released is left out."""

    das_guias: Callable[[Sequence[Guia]], Mapping[int, GuiaDecidida]]
    dos_itens: Callable[[Sequence[Item]], Mapping[int, ItemDecidido]]


@dataclass(slots=True)
class _Registro:
    quem: Analisadas | None = None


_registro = _Registro()


def registrar(quem: Analisadas) -> None:
    """Let that app say what was decided."""
    _registro.quem = quem


def das_guias(guias: Sequence[Guia]) -> Mapping[int, GuiaDecidida]:
    """What was decided of these guides, by id; empty for those that were not released."""
    return _registro.quem.das_guias(guias) if _registro.quem and guias else {}


def dos_itens(itens: Sequence[Item]) -> Mapping[int, ItemDecidido]:
    """What was decided of these items, by id; empty for those that were not released."""
    return _registro.quem.dos_itens(itens) if _registro.quem and itens else {}
