"""Telling field by field what a guide lacks: to the schema a group without anything in it is one thing missing."""

from __future__ import annotations

from lxml import etree

from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.espacos import TAG_ANS
from tiss_schemas.fragmento import descrever_guia, repete


def marcar_faltas(elemento: etree._Element, versao: str, tipo: str) -> None:
    """Put an empty element into the guide for each field that its groups cannot be without, so that each is missed at
    its own place. Of a choice it is the first; of lines, which are missing as a whole, none; of those inside a line, as
    its team, the first."""
    _marcar(elemento, descrever_guia(versao, tipo), na_linha=False)


def _marcar(pai: etree._Element, campo: Campo, *, na_linha: bool) -> None:
    presentes: dict[str, list[etree._Element]] = {}
    for no in pai:
        presentes.setdefault(str(no.tag).removeprefix(TAG_ANS), []).append(no)
    lugar = 0
    for filho in campo.filhos:
        nos = presentes.get(filho.nome_xml, [])
        if not nos and _falta(filho, presentes, na_linha):
            nos = [etree.Element(TAG_ANS + filho.nome_xml)]
            pai.insert(lugar, nos[0])
            presentes[filho.nome_xml] = nos
        lugar += len(nos)
        if filho.tipo is TipoDeCampo.GRUPO:
            for no in nos:
                _marcar(no, filho, na_linha=na_linha or repete(filho))


def _falta(campo: Campo, presentes: dict[str, list[etree._Element]], na_linha: bool) -> bool:
    if campo.alternativas:
        return not any(nome in presentes for nome in campo.alternativas)
    return campo.obrigatorio and (na_linha or not (campo.tipo is TipoDeCampo.GRUPO and repete(campo)))
