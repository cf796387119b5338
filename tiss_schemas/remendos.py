"""A copy of the message mended just enough that the schema can say what is wrong beyond the causes found so far."""

from __future__ import annotations

from lxml import etree

from tiss_schemas.conteudo import Causa
from tiss_schemas.diagnostico import Caso
from tiss_schemas.modelo import Modelo, trilha_de


def remendar(caso: Caso, modelo: Modelo) -> None:
    """Take one cause out of the tree. An empty group is left alone: that it is empty says all."""
    envolvidos, tags = caso.envolvidos, caso.problema.tags
    match caso.problema.causa:
        case Causa.VAZIO:
            return
        case Causa.FALTA:
            _por(caso.pai, etree.Element(tags[0]), modelo)
        case Causa.SEM_GRUPO:
            grupo = etree.Element(tags[0])
            grupo.extend(envolvidos)
            _por(caso.pai, grupo, modelo)
        case Causa.EMBRULHADOS:
            for filho in list(envolvidos[0].iterchildren(etree.Element)):
                _por(caso.pai, filho, modelo)
            caso.pai.remove(envolvidos[0])
        case Causa.NOME:
            envolvidos[0].tag = tags[0]
            _por(caso.pai, envolvidos[0], modelo)
        case Causa.FORA_DE_ORDEM:
            _por(caso.pai, envolvidos[0], modelo)
        case _:
            _retirar(caso, modelo)


def _retirar(caso: Caso, modelo: Modelo) -> None:
    for sobra in caso.envolvidos:
        caso.pai.remove(sobra)
    if caso.destino is not None:
        _por(caso.destino, caso.envolvidos[0], modelo)


def _por(pai: etree._Element, elemento: etree._Element, modelo: Modelo) -> None:
    """Put the element inside `pai`, where the schema wants it among its siblings."""
    if elemento.getparent() is pai:
        pai.remove(elemento)
    ordem = modelo.ordem(trilha_de(pai))
    minha = ordem.get(elemento.tag, len(ordem))
    seguinte = next((irmao for irmao in pai if ordem.get(irmao.tag, -1) > minha), None)
    pai.insert(len(pai) if seguinte is None else pai.index(seguinte), elemento)
