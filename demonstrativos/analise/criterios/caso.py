"""What criteria may know of one protocol: its lot as it was sent, the register, and what was billed before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from lxml import etree

from convenios.exigencias.regras import Chave
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import GuiaLida, LoteLido
from uploads.regras import Apontamento
from uploads.regras.contexto import Contexto

Lugar = tuple[GuiaLida | None, ItemLido | None]
"""Of a line, of a guide, or of neither: of the lot as a whole."""
Feito = tuple[str, str, str, date]
"""What of whom was done when: number of the card, table, code and day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Anterior:
    """A guide of an earlier protocol; `do_mesmo`: of the same prestador."""

    protocolo: int
    guia: str
    do_mesmo: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ignorada:
    """A finding that the prestador ignored, with what it wrote."""

    regra: str
    codigo: str
    caminho: str
    guia: str
    mensagem: str
    justificativa: str


@dataclass(eq=False, kw_only=True)
class Caso:
    """One protocol before the criteria.

    `apresentadas`: by number, guides of the prestador that an earlier protocol bills. `feitos`: what earlier protocols
    of the operadora bill of the same. `gastos`: by senha or number of the operadora, how much of each code earlier
    protocols bill. `observadas`: numbers of the rules of the verdict that the operadora only observes.
    """

    lote: LoteLido
    documento: Documento
    contexto: Contexto
    apresentadas: Mapping[str, Anterior] = field(default_factory=dict)
    feitos: Mapping[Feito, Anterior] = field(default_factory=dict)
    gastos: Mapping[str, Mapping[Chave, Decimal]] = field(default_factory=dict)
    ignoradas: tuple[Ignorada, ...] = ()
    observadas: frozenset[str] = frozenset()

    def achados(self, funcao: Callable[[GuiaLida, Contexto], Iterator[Apontamento]]) -> Iterator[Achado]:
        """What a rule of the verdict finds in the guides, each with its guide, and its line if it is about one."""
        for guia in self.lote.guias:
            for apontamento in funcao(guia, self.contexto):
                yield guia, self.lugar(apontamento.no)[1], apontamento

    def lugar(self, no: etree._Element | None) -> Lugar:
        """The guide and the line in which a node of the file stands."""
        while no is not None:
            if (achado := self._lugares.get(no)) is not None:
                return achado
            no = no.getparent()
        return None, None

    @cached_property
    def _lugares(self) -> dict[etree._Element, Lugar]:
        """Worked out only where something was found. Of a consulta the line is the guide's own group."""
        lugares: dict[etree._Element, Lugar] = {}
        for guia in self.lote.guias:
            lugares[guia.elemento] = guia, None
            lugares.update({item.elemento: (guia, item) for item in guia.itens})
        return lugares


Achado = tuple[GuiaLida, ItemLido | None, Apontamento]


def dia_do(item: ItemLido, guia: GuiaLida) -> date | None:
    """When a line was done: its day, else the guide's."""
    return item.data or guia.data_atendimento
