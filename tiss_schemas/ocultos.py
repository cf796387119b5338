"""Errors that libxml2 keeps to itself.

After a child that is missing or out of place it checks no later child of the same parent, so that a biller who corrects
one thing would be shown the next, and the next. Each such error is mended in a copy, which is then validated again.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Final

from lxml import etree

from tiss_schemas.achados import Tipo
from tiss_schemas.conteudo import Diagnostico, diagnosticar
from tiss_schemas.leitura import Documento
from tiss_schemas.modelo import Filho, Modelo
from tiss_schemas.traducao import CONTEUDO, Erro

RODADAS: Final = 6
"""Mendings one after the other, in one parent: what is still wrong then is said when these are corrected."""

Validador = Callable[[etree._Element], list[Erro]]


def com_ocultos(documento: Documento, erros: list[Erro], modelo: Modelo, validar: Validador) -> list[Erro]:
    """`erros`, and those that come to light when the errors of content are mended, at elements of the document.

    `validar` gives the errors of a tree. The document itself is not touched.
    """
    copia = deepcopy(documento.raiz)
    original_de = dict(zip(copia.iter(etree.Element), documento.raiz.iter(etree.Element), strict=True))
    copia_de = {original: copiado for copiado, original in original_de.items()}
    vistos = {(erro.elemento, erro.tipo, erro.mensagem) for erro in erros}
    todos = [_diagnosticado(erro, modelo) for erro in erros]
    novos = [replace(erro, elemento=copia_de[erro.elemento]) for erro in erros]
    for _ in range(RODADAS):
        if not _consertar(novos, modelo):
            break
        novos = [
            erro
            for erro in validar(copia)
            if erro.elemento in original_de and (original_de[erro.elemento], erro.tipo, erro.mensagem) not in vistos
        ]
        vistos.update((original_de[erro.elemento], erro.tipo, erro.mensagem) for erro in novos)
        todos += [_no_original(_diagnosticado(erro, modelo), original_de) for erro in novos]
    return sorted(todos, key=lambda erro: documento.deslocamento(erro.lugar))


def _diagnosticado(erro: Erro, modelo: Modelo) -> Erro:
    if erro.tipo != CONTEUDO:
        return erro
    return replace(erro, diagnostico=diagnosticar(erro.elemento, erro.mensagem, modelo))


def _no_original(erro: Erro, original_de: dict[etree._Element, etree._Element]) -> Erro:
    elemento = original_de[erro.elemento]
    if erro.diagnostico is None:
        return replace(erro, elemento=elemento)
    lugar = original_de.get(erro.diagnostico.elemento, elemento)
    return replace(erro, elemento=elemento, diagnostico=replace(erro.diagnostico, elemento=lugar))


def _consertar(erros: list[Erro], modelo: Modelo) -> bool:
    """Mend what can be mended; whether anything was."""
    consertados = [
        _conserta(erro.elemento, diagnosticar(erro.elemento, erro.mensagem, modelo), modelo)
        for erro in erros
        if erro.tipo == CONTEUDO
    ]
    return any(consertados)


def _conserta(elemento: etree._Element, diagnostico: Diagnostico, modelo: Modelo) -> bool:
    """One change to the copy. An empty group is left alone: that it is empty says all."""
    if diagnostico.tipo is Tipo.FALTANDO:
        return _completa(elemento, diagnostico)
    if diagnostico.tipo is Tipo.INESPERADO and diagnostico.tags:
        elemento.tag = diagnostico.tags[0]
        return True
    pai = elemento.getparent()
    if pai is None:
        return False
    for sobra in _sobras(elemento, diagnostico, modelo.filhos(pai)):
        pai.remove(sobra)
    if diagnostico.tipo is Tipo.FORA_DE_ORDEM:
        _poe_em_ordem(elemento, pai, modelo)
    return True


def _sobras(elemento: etree._Element, diagnostico: Diagnostico, filhos: tuple[Filho, ...]) -> list[etree._Element]:
    """Where a known element stands once too often, all of its name that follow do too."""
    if diagnostico.tipo is Tipo.INESPERADO and any(filho.tag == elemento.tag for filho in filhos):
        return [elemento, *elemento.itersiblings(elemento.tag)]
    return [elemento]


def _completa(elemento: etree._Element, diagnostico: Diagnostico) -> bool:
    pai = diagnostico.elemento
    if not diagnostico.tags or len(pai) == 0:
        return False
    lugar = len(pai) if pai is elemento else pai.index(elemento)
    pai.insert(lugar, etree.Element(diagnostico.tags[0]))
    return True


def _poe_em_ordem(elemento: etree._Element, pai: etree._Element, modelo: Modelo) -> None:
    ordem = {filho.tag: posicao for posicao, filho in enumerate(modelo.filhos(pai))}
    minha = ordem.get(elemento.tag, len(ordem))
    seguinte = next((irmao for irmao in pai if ordem.get(irmao.tag, -1) > minha), None)
    pai.insert(len(pai) if seguinte is None else pai.index(seguinte), elemento)
