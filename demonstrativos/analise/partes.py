"""How much of an item is refused: an amount, a quantity, or what is left of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from conecta.interface.formatos import dinheiro, quantidade
from demonstrativos.analise.models import ItemAnalisado
from demonstrativos.analise.recusas import GlosaRecusada

_CENTAVO: Final = Decimal("0.01")
_MIL_AVOS: Final = Decimal("0.0001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parte:
    """What is refused of the item with that id: `valor` in reais, or else `quantidade`; neither: all that is left."""

    item: int
    valor: Decimal | None = None
    quantidade: Decimal | None = None


def resta(item: ItemAnalisado) -> Decimal:
    """What of the item is not refused yet, in reais."""
    return item.valor_processado - item.valor_glosado


def valor_da_quantidade(item: ItemAnalisado, quantas: Decimal) -> Decimal:
    """What so many of the item cost, to the cent, at most what is left of it.

    By the unit price with its factor; of the whole quantity, or where the base is not what was billed, in proportion.
    """
    do_item = item.item
    unitario = do_item.valor_unitario if item.valor_processado == item.valor_informado else None
    if unitario is not None and quantas < do_item.quantidade:
        preco = unitario if do_item.fator is None else unitario * do_item.fator
    else:
        preco = item.valor_processado / do_item.quantidade if do_item.quantidade else Decimal(0)
    return min((preco * quantas).quantize(_CENTAVO, ROUND_HALF_UP), resta(item))


def valor_da_parte(item: ItemAnalisado, parte: Parte) -> Decimal:
    """The amount that is refused, in reais. Raises `GlosaRecusada`."""
    if resta(item) <= 0:
        raise GlosaRecusada(f"Do item {item.posicao} não resta nada a glosar.", item)
    if parte.quantidade is not None:
        _conferir_quantidade(item, parte.quantidade)
    if parte.valor is not None:
        valor = parte.valor
    else:
        valor = resta(item) if parte.quantidade is None else valor_da_quantidade(item, parte.quantidade)
    if not 0 < valor <= resta(item) or valor != valor.quantize(_CENTAVO):
        raise GlosaRecusada(
            f"A glosa de {dinheiro(valor)} não cabe no item {item.posicao}: é mais que zero e no máximo "
            f"{dinheiro(resta(item))}, o que resta dele. Corrija o valor.",
            item,
        )
    return valor


def _conferir_quantidade(item: ItemAnalisado, quantas: Decimal) -> None:
    if not 0 < quantas <= item.item.quantidade or quantas != quantas.quantize(_MIL_AVOS):
        raise GlosaRecusada(
            f"A quantidade glosada do item {item.posicao} é mais que zero e no máximo "
            f"{quantidade(item.item.quantidade)}, a que foi cobrada. Corrija a quantidade.",
            item,
        )
