"""Which lines of a guide the operadora demands something of."""

from __future__ import annotations

from collections.abc import Iterator

from convenios.exigencias.regras import Exigencia
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida
from uploads.regras.contexto import Contexto

Exigido = tuple[ItemLido, Exigencia]
"""A line, and what decides about it."""


def exigidos(guia: GuiaLida, contexto: Contexto) -> tuple[Exigido, ...]:
    """The lines of which something is demanded, with what: worked out once for each guide."""
    exigencias = contexto.exigencias
    if not exigencias:
        return ()
    return exigencias.lembrar(guia, lambda: tuple(_exigidos(guia, contexto)))


def _exigidos(guia: GuiaLida, contexto: Contexto) -> Iterator[Exigido]:
    """Asked once of each combination of table, code and date that the guide has; without date, the guide's counts."""
    do_convenio = contexto.convenio_da(guia)
    convenio = None if do_convenio is None else do_convenio.id
    achadas = {}
    for tabela, codigo, _, data in guia.codigos:
        dia = data or guia.data_atendimento
        if tabela and codigo and dia is not None:
            exigencia = contexto.exigencias.do_item(tabela, codigo, dia, convenio)
            if exigencia is not None:
                achadas[tabela, codigo, data] = exigencia
    if not achadas:
        return
    for item in guia.itens:
        desta = achadas.get((item.tabela or "", item.codigo or "", item.data))
        if desta is not None:
            yield item, desta
