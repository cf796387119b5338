"""Corrections of a message: from bytes to bytes, with everything that was not corrected left as it was.

The epilogue hash is renewed each time. Comments, indentation, encoding, declaration and line ends stay; what XML holds
for equal (quotes of attributes, the form of an empty element) may be written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from lxml import etree

from tiss_schemas import totais
from tiss_schemas.arvore import SemLugar, criar
from tiss_schemas.edicoes import Edicao
from tiss_schemas.espacos import NS
from tiss_schemas.hash import calcular
from tiss_schemas.mudancas import ErroDeEdicao, Motivo, Mudanca
from tiss_schemas.obra import Copiadora, editar
from tiss_schemas.operacoes import conferir_caracteres
from tiss_schemas.posicoes import Posicoes
from tiss_schemas.rascunho import Rascunho

__all__ = [
    "ErroDeEdicao",
    "Motivo",
    "Mudanca",
    "Resultado",
    "aplicar",
    "aplicar_passos",
    "previa_de_totais",
    "rascunhar",
]


@dataclass(frozen=True, slots=True)
class Resultado:
    """The corrected file and the list of its changes, in the order in which they were made."""

    conteudo: bytes
    mudancas: list[Mudanca]


def aplicar(conteudo: bytes, edicoes: Sequence[Edicao], *, recalcular: bool = False) -> Resultado:
    """The file `conteudo` with the corrections made and the hash renewed; with `recalcular`, the totals too.

    All paths refer to the file as it was, as in `Achado.caminho`. Raises ErroDeEdicao for a path that leads nowhere, a
    field that the XSD has no place for, and a character that the standard's ISO-8859-1 does not have; ArquivoRecusado
    where `conteudo` cannot be read.
    """
    return aplicar_passos(conteudo, [edicoes], recalcular=recalcular)


def aplicar_passos(conteudo: bytes, passos: Iterable[Sequence[Edicao]], *, recalcular: bool = False) -> Resultado:
    """The file with lists of corrections made one after the other: the paths of each refer to what the one before left.

    Hash and totals are renewed once, at the end. Raises as `aplicar`.
    """
    return _corrigido(conteudo, passos, recalcular, _renovar_hash)


def rascunhar(conteudo: bytes, passos: Iterable[Sequence[Edicao]], *, recalcular: bool = False) -> Resultado:
    """As `aplicar_passos`, for looking at while one corrects: a character somewhere in the file that ISO-8859-1 does
    not have leaves the hash as it is and stops nothing.
    """
    return _corrigido(conteudo, passos, recalcular, _renovar_hash_se_der)


def previa_de_totais(conteudo: bytes, edicoes: Sequence[Edicao] = ()) -> list[Mudanca]:
    """What `aplicar` with `recalcular` would change in the totals, once `edicoes` are made. Raises as `aplicar`."""
    raiz = Rascunho(conteudo).raiz
    editar(raiz, edicoes)
    return _recalcular(raiz)


def _corrigido(
    conteudo: bytes,
    passos: Iterable[Sequence[Edicao]],
    recalcular: bool,
    renovar_hash: Callable[[etree._Element], list[Mudanca]],
) -> Resultado:
    rascunho = Rascunho(conteudo)
    mudancas = _mudar(rascunho, passos, recalcular=recalcular)
    mudancas += renovar_hash(rascunho.raiz)
    return Resultado(rascunho.escrever(), mudancas)


def _mudar(rascunho: Rascunho, passos: Iterable[Sequence[Edicao]], *, recalcular: bool) -> list[Mudanca]:
    """The changes of all steps. Opening a file is reading it anew already: of `Reler` only the trace is left."""
    mudancas = [Mudanca("/", None, None, Motivo.RELEITURA)] if rascunho.reparado else []
    copiadora = Copiadora()
    mudancas += [mudanca for edicoes in passos for mudanca in editar(rascunho.raiz, edicoes, copiadora)]
    return mudancas + _recalcular(rascunho.raiz) if recalcular else mudancas


def _recalcular(raiz: etree._Element) -> list[Mudanca]:
    ajustes = totais.recalcular(raiz)
    posicoes = Posicoes(raiz, b"")
    return [Mudanca(posicoes.caminho(a.elemento), a.de, a.para, Motivo.RECALCULO) for a in ajustes]


def _renovar_hash(raiz: etree._Element) -> list[Mudanca]:
    """Write the hash by the rule of ANS; a message without an epilogue gets one where its version is known."""
    elemento = raiz.find("ans:epilogo/ans:hash", NS)
    de = None if elemento is None else elemento.text
    novo = _hash(raiz)
    if de == novo:
        return []
    if elemento is None:
        elemento = _novo_hash(raiz)
        if elemento is None:
            return []
    elemento.text = novo
    return [Mudanca(Posicoes(raiz, b"").caminho(elemento), de, novo, Motivo.HASH)]


def _renovar_hash_se_der(raiz: etree._Element) -> list[Mudanca]:
    try:
        return _renovar_hash(raiz)
    except ErroDeEdicao:
        return []


def _novo_hash(raiz: etree._Element) -> etree._Element | None:
    epilogo = raiz.find("ans:epilogo", NS)
    try:
        return criar(criar(raiz, "epilogo") if epilogo is None else epilogo, "hash")
    except SemLugar:
        return None


def _hash(raiz: etree._Element) -> str:
    """The digest; ErroDeEdicao at the first field whose text cannot be written in ISO-8859-1."""
    try:
        return calcular(raiz)
    except UnicodeEncodeError:
        posicoes = Posicoes(raiz, b"")
        for elemento in raiz.iter(etree.Element):
            conferir_caracteres(posicoes.caminho(elemento), elemento.text or "")
        raise
