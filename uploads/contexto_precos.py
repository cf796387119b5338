"""Loading what prices the lines of a file: at most seven queries, two where nothing is priced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convenios.precos.carga import carregar_precos
from convenios.precos.conhecidos import Item
from tiss_schemas.lote_lido import LoteLido
from uploads.regras.contexto import Contexto
from uploads.regras.precificacao import PrecosDoLote, item_de


def com_precos(contexto: Contexto, lote: LoteLido | None, prestador_id: int, operadora_id: int) -> Contexto:
    """The context with what prices the lines of the lot, by the convênio of each guide."""
    if lote is None or not contexto.convenios:
        return contexto
    precos = carregar_precos(
        set(_itens(lote, contexto)),
        operadora_id=operadora_id,
        prestador_id=prestador_id,
        regras={convenio.id: convenio.regras for convenio in contexto.convenios.values()},
    )
    return replace(contexto, precos=PrecosDoLote(precos))


def _itens(lote: LoteLido, contexto: Contexto) -> Iterator[Item]:
    """What the lines charge, each combination once."""
    for guia in lote.guias:
        convenio = contexto.convenio_da(guia)
        if convenio is None:
            continue
        for codigo in guia.codigos:
            item = item_de(guia, *codigo, convenio.id)
            if item is not None:
                yield item
