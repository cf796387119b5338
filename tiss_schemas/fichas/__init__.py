"""The printed form of each guide as data: blocks, cells and grids, made of the XSD of a version and our own table.

A `Ficha` drives the typing form and the PDF of a guide. What stands where on paper is in the tables of this package;
names, types, lengths and lists come from `tiss_schemas.campos`. A field that a version has and no table places is put
after the one that precedes it in the XSD, so that a new version needs new data, never new code.
"""

from tiss_schemas.fichas.ficha import Bloco, Celula, Ficha, Grade, ficha_de

__all__ = ["Bloco", "Celula", "Ficha", "Grade", "ficha_de"]
