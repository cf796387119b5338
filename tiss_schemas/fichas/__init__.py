"""The printed form of each guide as data: blocks, cells and grids, made of the XSD of a version and our own table.

A `Ficha` drives the typing form and the PDF of a guide. What stands where on paper is in a table for each guide; names,
types, lengths and lists come from `tiss_schemas.campos`. A field that a version has and no table places is put after
the one that precedes it in the XSD, so that a new version needs new data, never new code.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from tiss_schemas.fichas import consulta, honorarios, internacao, odonto, sadt
from tiss_schemas.fichas.colocacao import blocos_de, de_papel
from tiss_schemas.fichas.ficha import Bloco, Celula, Ficha, Grade
from tiss_schemas.fragmento import descrever_guia
from tiss_schemas.lote_lido import TIPOS_DE_GUIA

__all__ = ["Bloco", "Celula", "Ficha", "Grade", "ficha_de"]

_MODELOS: Final = {
    "guiaConsulta": consulta.MODELO,
    "guiaSP-SADT": sadt.MODELO,
    "guiaResumoInternacao": internacao.MODELO,
    "guiaHonorarios": honorarios.MODELO,
    "guiaOdonto": odonto.MODELO,
}


@lru_cache(maxsize=64)
def ficha_de(versao: str, tipo: str) -> Ficha:
    """The form of that guide type. ValueError for a type or a version that is not at hand."""
    guia = descrever_guia(versao, tipo)
    modelo = _MODELOS[tipo]
    return Ficha(
        versao=versao,
        tipo=tipo,
        titulo=TIPOS_DE_GUIA[tipo],
        blocos=blocos_de(modelo, guia),
        titulo_impresso=modelo.titulo,
        assinaturas=de_papel(modelo.assinaturas),
        em_serie=de_papel(modelo.em_serie),
    )
