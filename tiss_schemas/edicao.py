"""Corrections of a message: from bytes to bytes, with everything that was not corrected left as it was.

The epilogue hash is renewed each time. Comments, indentation, encoding, declaration and line ends stay; what XML holds
for equal (quotes of attributes, the form of an empty element) may be written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from lxml import etree

from tiss_schemas import totais
from tiss_schemas.arvore import SemLugar, criar, recolocar, retirar
from tiss_schemas.espacos import NS, TAG_ANS, nome_local
from tiss_schemas.hash import calcular
from tiss_schemas.posicoes import Posicoes
from tiss_schemas.rascunho import Rascunho

_HASH: Final = f"{TAG_ANS}hash"


class ErroDeEdicao(Exception):
    """A correction that cannot be made: `caminho` says where, the text says why and what to do, in Portuguese."""

    def __init__(self, caminho: str, mensagem: str) -> None:
        super().__init__(mensagem)
        self.caminho = caminho
        self.mensagem = mensagem


class Motivo(StrEnum):
    """Why something changed."""

    EDICAO = "edicao"
    INCLUSAO = "inclusao"
    REMOCAO = "remocao"
    MOVIMENTO = "movimento"
    RECALCULO = "recalculo"
    HASH = "hash"


@dataclass(frozen=True, slots=True)
class Valor:
    """Put `valor` as the text of the field at `caminho`."""

    caminho: str
    valor: str


@dataclass(frozen=True, slots=True)
class Incluir:
    """Put a new field inside the group at `caminho_pai`, at the place that the XSD demands.

    `nome` may lead through groups ("dadosAutorizacao/senha"): those that are missing are made.
    """

    caminho_pai: str
    nome: str
    valor: str


@dataclass(frozen=True, slots=True)
class Remover:
    """Take the element at `caminho` out, with all that is in it."""

    caminho: str


@dataclass(frozen=True, slots=True)
class Mover:
    """Take the element at `caminho` to the place among its siblings that the XSD demands."""

    caminho: str


Edicao: TypeAlias = Valor | Incluir | Remover | Mover


@dataclass(frozen=True, slots=True)
class Mudanca:
    """One thing that is different now. `de` and `para` are texts of fields; None where there was, or is, no field.

    `caminho` is the path before the corrections for what was there, and after them for what is new or recalculated.
    """

    caminho: str
    de: str | None
    para: str | None
    motivo: Motivo


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
    rascunho = Rascunho(conteudo)
    mudancas = _editar(rascunho.raiz, edicoes)
    if recalcular:
        mudancas += _recalcular(rascunho.raiz)
    mudancas += _renovar_hash(rascunho.raiz)
    return Resultado(rascunho.escrever(), mudancas)


def previa_de_totais(conteudo: bytes, edicoes: Sequence[Edicao] = ()) -> list[Mudanca]:
    """What `aplicar` with `recalcular` would change in the totals, once `edicoes` are made. Raises as `aplicar`."""
    raiz = Rascunho(conteudo).raiz
    _editar(raiz, edicoes)
    return _recalcular(raiz)


def _editar(raiz: etree._Element, edicoes: Sequence[Edicao]) -> list[Mudanca]:
    posicoes = Posicoes(raiz, b"")
    alvos = [(edicao, _alvo(posicoes, edicao)) for edicao in edicoes]
    feitas = [_fazer(edicao, alvo) for edicao, alvo in alvos if alvo.tag != _HASH]
    depois = Posicoes(raiz, b"")
    return [mudanca for feita in feitas for mudanca in feita.mudancas(depois)]


@dataclass(frozen=True, slots=True)
class _Feita:
    """A correction made; `novo` is the element that came with it, whose path is known only when all are made."""

    caminho: str
    de: str | None
    para: str | None
    motivo: Motivo
    novo: etree._Element | None = None

    def mudancas(self, depois: Posicoes) -> list[Mudanca]:
        if self.motivo is Motivo.EDICAO and self.de == self.para:
            return []
        caminho = self.caminho if self.novo is None else depois.caminho(self.novo)
        return [Mudanca(caminho, self.de, self.para, self.motivo)]


def _alvo(posicoes: Posicoes, edicao: Edicao) -> etree._Element:
    caminho = edicao.caminho_pai if isinstance(edicao, Incluir) else edicao.caminho
    elemento = posicoes.no(caminho)
    if elemento is None:
        raise ErroDeEdicao(caminho, "Este campo não está mais no arquivo. Recarregue a página e corrija novamente.")
    return elemento


def _fazer(edicao: Edicao, alvo: etree._Element) -> _Feita:
    match edicao:
        case Valor():
            return _por_valor(edicao, alvo)
        case Incluir():
            return _incluir(edicao, alvo)
        case Remover():
            return _remover(edicao, alvo)
        case Mover():
            return _mover(edicao, alvo)


def _por_valor(edicao: Valor, alvo: etree._Element) -> _Feita:
    if next(alvo.iterchildren(etree.Element), None) is not None:
        raise ErroDeEdicao(edicao.caminho, f"“{nome_local(str(alvo.tag))}” é um grupo. Corrija os campos dentro dele.")
    de = _texto(alvo)
    _escrever_texto(edicao.caminho, alvo, edicao.valor)
    return _Feita(edicao.caminho, de, edicao.valor, Motivo.EDICAO)


def _incluir(edicao: Incluir, alvo: etree._Element) -> _Feita:
    *grupos, nome = edicao.nome.split("/")
    pai = alvo
    for grupo in grupos:
        existente = next((filho for filho in pai if filho.tag == f"{TAG_ANS}{grupo}"), None)
        pai = _novo(edicao.caminho_pai, pai, grupo) if existente is None else existente
    novo = _novo(edicao.caminho_pai, pai, nome)
    _escrever_texto(edicao.caminho_pai, novo, edicao.valor)
    return _Feita(edicao.caminho_pai, None, edicao.valor, Motivo.INCLUSAO, novo)


def _novo(caminho: str, pai: etree._Element, nome: str) -> etree._Element:
    try:
        return criar(pai, nome)
    except SemLugar as erro:
        raise ErroDeEdicao(caminho, str(erro)) from None


def _remover(edicao: Remover, alvo: etree._Element) -> _Feita:
    folha = next(alvo.iterchildren(etree.Element), None) is None
    de = _texto(alvo) if folha else ""
    try:
        retirar(alvo)
    except SemLugar as erro:
        raise ErroDeEdicao(edicao.caminho, str(erro)) from None
    return _Feita(edicao.caminho, de, None, Motivo.REMOCAO)


def _mover(edicao: Mover, alvo: etree._Element) -> _Feita:
    try:
        recolocar(alvo)
    except SemLugar as erro:
        raise ErroDeEdicao(edicao.caminho, str(erro)) from None
    return _Feita(edicao.caminho, None, None, Motivo.MOVIMENTO)


def _escrever_texto(caminho: str, elemento: etree._Element, texto: str) -> None:
    _conferir_caracteres(caminho, texto)
    for dentro in list(elemento):
        elemento.remove(dentro)
    try:
        elemento.text = texto
    except ValueError:
        raise ErroDeEdicao(
            caminho, "O texto tem um caractere de controle, que o XML não aceita. Digite-o novamente."
        ) from None


def _conferir_caracteres(caminho: str, texto: str) -> None:
    try:
        texto.encode("iso-8859-1")
    except UnicodeEncodeError as erro:
        raise ErroDeEdicao(
            caminho,
            f"O padrão TISS usa o conjunto de caracteres ISO-8859-1, que não tem “{texto[erro.start]}”. "
            "Troque esse caractere e salve novamente.",
        ) from None


def _texto(elemento: etree._Element) -> str:
    return "".join(str(parte) for parte in elemento.itertext(etree.Element))


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
            _conferir_caracteres(posicoes.caminho(elemento), elemento.text or "")
        raise
