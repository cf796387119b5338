"""Loading what prices the lines of a file: at most seven queries, two where nothing is priced."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convenios.precos.carga import carregar_precos
from convenios.precos.conhecidos import Item
from tiss_schemas.lote_lido import LoteLido
from uploads.regras.contexto import Contexto
from uploads.regras.precificacao import PrecosDoLote


def com_precos(
    contexto: Contexto, lote: LoteLido | None, prestador_id: int, operadora_id: int, *, com_custos: bool = True
) -> Contexto:
    """The context with what prices the lines of the lot, by the convênio of each guide.

    `com_custos`: what depends on what the prestador's products cost it, too; only the prestador sees that.
    """
    if lote is None or not contexto.convenios:
        return contexto
    do_lote = PrecosDoLote()
    precos = carregar_precos(
        _itens(lote, contexto, do_lote),
        operadora_id=operadora_id,
        prestador_id=prestador_id,
        regras={convenio.id: convenio.regras for convenio in contexto.convenios.values()},
        com_custos=com_custos,
    )
    return replace(contexto, precos=replace(do_lote, precos=precos))


def _itens(lote: LoteLido, contexto: Contexto, do_lote: PrecosDoLote) -> Iterator[Item]:
    """What the lines charge."""
    for guia in lote.guias:
        convenio = contexto.convenio_da(guia)
        if convenio is not None:
            yield from do_lote.itens_da(guia, convenio.id).values()
