"""How much each criterion refuses of an item: to the cent, in order of precedence, never more than what is left."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from demonstrativos.analise.criterios.registro import AlemDe, Excesso, Quanto
from tiss_schemas.itens_lidos import ItemLido

_ZERO: Final = Decimal(0)
_CENTAVO: Final = Decimal("0.01")


@dataclass(slots=True)
class Saldo:
    """What is left of an item while criteria take their parts: in reais and, of what was billed, in quantity.

    `item` and `guia` are ids of the analysis; `processado` is the base of the item in reais.
    """

    item: int
    guia: int
    processado: Decimal
    resta: Decimal
    cobrada: Decimal
    quantidade: Decimal
    unitario: Decimal | None

    @classmethod
    def de(
        cls, item: int, guia: int, lido: ItemLido, informado: Decimal, processado: Decimal, glosado: Decimal
    ) -> Saldo:
        """Before the criteria; `glosado` is what people refused already. Of an item that they repriced a quantity costs
        its part of the new base, as at the desk (`partes.valor_da_quantidade`)."""
        cobrada = lido.quantidade if lido.quantidade is not None and lido.quantidade > _ZERO else Decimal(1)
        unitario = lido.unitario if processado == informado else None
        if unitario is not None and lido.fator is not None:
            unitario *= lido.fator
        return cls(item, guia, processado, processado - glosado, cobrada, cobrada, unitario)

    def tirar(self, quanto: Quanto, tolerancia: Decimal = _ZERO) -> tuple[Decimal, Decimal | None]:
        """Take a part: its amount in reais, 0 where nothing is left or it is within `tolerancia`, and its quantity."""
        match quanto:
            case Excesso(quantidade):
                return self._tirar_quantidade(min(quantidade, self.quantidade))
            case AlemDe(certo):
                # Of quantities that were refused already no price is compared any more.
                devido = (certo * self.quantidade / self.cobrada).quantize(_CENTAVO, ROUND_HALF_UP)
                valor = self.resta - devido
                return (self._tirar(valor), None) if valor > tolerancia else (_ZERO, None)
            case _:
                return self._tirar(self.resta), None

    def _tirar_quantidade(self, quantidade: Decimal) -> tuple[Decimal, Decimal | None]:
        preco = self.processado / self.cobrada if self.unitario is None else self.unitario
        valor = self.resta if quantidade == self.quantidade else (preco * quantidade).quantize(_CENTAVO, ROUND_HALF_UP)
        self.quantidade -= quantidade
        return self._tirar(valor), quantidade

    def _tirar(self, valor: Decimal) -> Decimal:
        tirado = max(min(valor, self.resta), _ZERO)
        self.resta -= tirado
        return tirado
