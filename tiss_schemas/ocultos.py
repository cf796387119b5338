"""Errors that libxml2 keeps to itself.

After a child that is missing or out of place it checks no later child of the same parent, so that a biller who corrects
one thing would be shown the next, and the next. Each such error is mended in a copy, which is then validated again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from lxml import etree

from tiss_schemas.diagnostico import Caso, Clinica, Diagnostico, Passo
from tiss_schemas.leitura import Documento
from tiss_schemas.modelo import Modelo
from tiss_schemas.remendos import remendar
from tiss_schemas.traducao import CONTEUDO, Erro, inexplicado, pai_de

RODADAS: Final = 8
"""Mendings one after the other, each a level deeper: what is still hidden then is said when these are corrected."""

Validador: TypeAlias = Callable[[etree._Element], list[Erro]]


@dataclass(slots=True)
class Achados:
    """What was found at elements of the document: errors of values, and causes in the children of groups."""

    erros: list[Erro] = field(default_factory=list)
    diagnosticos: list[Diagnostico] = field(default_factory=list)


def sem_ocultos(erros: list[Erro], modelo: Modelo) -> Achados:
    """Only what the errors at hand tell."""
    return _Exame(modelo).examinar(erros)


def com_ocultos(documento: Documento, erros: list[Erro], modelo: Modelo, validar: Validador) -> Achados:
    """What `erros` tell, and what comes to light when their causes are mended.

    `validar` gives the errors of a tree. The document itself is not touched.
    """
    copia = deepcopy(documento.raiz)
    original_de = dict(zip(copia.iter(etree.Element), documento.raiz.iter(etree.Element), strict=True))
    copia_de = {original: copiado for copiado, original in original_de.items()}
    exame = _Exame(modelo)
    vistos = {(erro.elemento, erro.tipo, erro.mensagem) for erro in erros}
    novos = [replace(erro, elemento=copia_de[erro.elemento]) for erro in erros]
    todos = Achados()
    for _ in range(RODADAS):
        achados = exame.examinar(novos)
        todos.erros += [replace(erro, elemento=original_de[erro.elemento]) for erro in achados.erros]
        todos.diagnosticos += [_no_original(diagnostico, original_de) for diagnostico in achados.diagnosticos]
        if not exame.casos:
            break
        for caso in exame.casos:
            remendar(caso, modelo)
        novos = [
            erro
            for erro in validar(copia)
            if erro.elemento in original_de and (original_de[erro.elemento], erro.tipo, erro.mensagem) not in vistos
        ]
        vistos.update((original_de[erro.elemento], erro.tipo, erro.mensagem) for erro in novos)
    return todos


class _Exame:
    """Diagnoses each group once. `casos` are those of the last examination."""

    def __init__(self, modelo: Modelo) -> None:
        self._clinica = Clinica(modelo)
        self._vistos: set[etree._Element] = set()
        self.casos: list[Caso] = []

    def examinar(self, erros: list[Erro]) -> Achados:
        de_conteudo = [(pai_de(erro), erro) for erro in erros if erro.tipo == CONTEUDO]
        pais = {pai: erro for pai, erro in reversed(de_conteudo) if pai not in self._vistos}
        self._vistos.update(pais)
        self.casos = self._clinica.casos(reversed(pais))
        explicados = {caso.pai for caso in self.casos}
        diagnosticos = [self._clinica.diagnosticar(caso) for caso in self.casos]
        diagnosticos += [
            inexplicado(erro) for pai, erro in pais.items() if not (pai in explicados or self._clinica.espera(pai))
        ]
        return Achados([erro for erro in erros if erro.tipo != CONTEUDO], diagnosticos)


def _no_original(diagnostico: Diagnostico, original_de: Mapping[etree._Element, etree._Element]) -> Diagnostico:
    return replace(
        diagnostico,
        elemento=original_de[diagnostico.elemento],
        conserto=_passos(diagnostico.conserto, original_de),
    )


def _passos(conserto: Iterable[Passo], original_de: Mapping[etree._Element, etree._Element]) -> tuple[Passo, ...]:
    """The steps at elements of the document; none where one of them is only in the copy."""
    conserto = tuple(conserto)
    if any(not isinstance(alvo, str) and alvo not in original_de for passo in conserto for alvo in passo.argumentos):
        return ()
    return tuple(
        replace(passo, argumentos=tuple(a if isinstance(a, str) else original_de[a] for a in passo.argumentos))
        for passo in conserto
    )
