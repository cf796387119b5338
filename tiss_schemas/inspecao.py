"""Bounds on what a file may make the parser build, checked before a tree exists.

Byte counts that cost milliseconds clear an honest file: there is no element without a `<`, no attribute without an `=`.
Only a file that they do not clear is read by expat with a Python handler on each element, which counts exactly but
takes as long as parsing twice.
"""

from __future__ import annotations

import re
from typing import Final
from xml.parsers import expat

from tiss_schemas.recusas import ArquivoRecusado, recusa

LIMITE_ELEMENTOS: Final = 600_000
LIMITE_FILHOS: Final = 30_000
"""Children of one parent. libxml2 counts siblings for the path of each error: beyond this its report takes minutes."""
MUITOS_FILHOS: Final = 2_000
"""Children of one parent from which work that counts siblings begins to be felt."""
LIMITE_PROFUNDIDADE: Final = 256
"""The parser's own limit, which `leitura` relies on."""
LIMITE_ATRIBUTOS: Final = 60
LIMITE_ATRIBUTOS_NO_ARQUIVO: Final = 50_000
"""Of all elements together, each an error that takes memory: an honest file has those of its signatures."""
LIMITE_TEXTO: Final = 1_000_000
"""Bytes between two tags. A document in base64 (`identificadorBeneficiario`) is the longest honest one."""

FILHOS: Final = "elementos dentro de um mesmo elemento"
PROFUNDIDADE: Final = "elementos um dentro do outro"
CARACTERES: Final = "caracteres seguidos, entre texto, atributos, comentários e espaços, sem que comece outro elemento"

_ATRIBUTOS_SEM_SUSPEITA: Final = 5_000
_INTERROGACOES_DA_DECLARACAO: Final = 2
_PRIMEIRA_MARCA: Final = re.compile(rb"<[!?](?!xml\s)")


class _Visto(Exception):
    """Stops expat at the first element."""


def recusa_doctype(conteudo: bytes, codificacao: str) -> None:
    """Raise `ArquivoRecusado` F04 if the document has a DOCTYPE, the door of every entity attack.

    Reads only as far as the root's start tag. What is not well-formed before it is left to the parser.
    """
    leitor = expat.ParserCreate(codificacao)
    leitor.StartDoctypeDeclHandler = _doctype
    leitor.StartElementHandler = _primeiro_elemento
    try:
        leitor.Parse(conteudo[:65_536], False)
        leitor.Parse(conteudo[65_536:], True)
    except (_Visto, expat.ExpatError):
        return


def confere_limites(conteudo: bytes, codificacao: str, *, marcas: bool) -> None:
    """Raise `ArquivoRecusado` F03 where the document is out of all proportion for a TISS message.

    `marcas` is what `tem_marcas` said: they cut a text in pieces, so that the distance between tags says nothing.
    """
    if _tem_vao(conteudo):
        raise excesso(CARACTERES, LIMITE_TEXTO)
    if marcas or conteudo.count(b"<") > LIMITE_ELEMENTOS or conteudo.count(b"=") > _ATRIBUTOS_SEM_SUSPEITA:
        _Contagem(codificacao).confere(conteudo)


def excesso(o_que: str, limite: int, linha: int | None = None) -> ArquivoRecusado:
    """The refusal F03 of a document that has more than `limite` of something."""
    quantos = f"{limite:,}".replace(",", ".")
    return recusa(
        "F03",
        f"O arquivo tem mais de {quantos} {o_que}, o que nenhuma mensagem TISS tem. Confira o programa que o gerou.",
        linha=linha,
    )


def tem_marcas(conteudo: bytes) -> bool:
    """Whether comments, CDATA or processing instructions stand in the document."""
    if conteudo.count(b"!") == 0 and conteudo.count(b"?") <= _INTERROGACOES_DA_DECLARACAO:
        return False
    return _PRIMEIRA_MARCA.search(conteudo) is not None


def terminou_cedo(conteudo: bytes, codificacao: str) -> bool:
    """Whether all that is wrong with the document is that it ends too early.

    Expat, told that more is to come, complains of everything but the missing end; it does so even of prefixes that
    nobody declared, but only where it reads namespaces.
    """
    try:
        expat.ParserCreate(codificacao, " ").Parse(conteudo, False)
    except expat.ExpatError:
        return False
    return True


def _doctype(*_args: object) -> None:
    raise recusa(
        "F04",
        "O arquivo tem uma declaração DOCTYPE, que o padrão TISS não usa e que não é aceita por segurança. "
        "Gere o arquivo sem ela.",
    )


def _primeiro_elemento(*_args: object) -> None:
    raise _Visto


def _tem_vao(conteudo: bytes) -> bool:
    """Whether more than LIMITE_TEXTO bytes follow each other without a `<`: one look per stretch, from its end."""
    posicao = 0
    while len(conteudo) - posicao > LIMITE_TEXTO:
        seguinte = conteudo.rfind(b"<", posicao, posicao + LIMITE_TEXTO)
        if seguinte < 0:
            return True
        posicao = seguinte + 1
    return False


class _Contagem:
    """One expat pass that counts and refuses at the first limit crossed."""

    def __init__(self, codificacao: str) -> None:
        self._leitor = expat.ParserCreate(codificacao)
        self._leitor.ordered_attributes = True
        self._leitor.StartElementHandler = self._inicio
        self._leitor.EndElementHandler = self._fim
        self._leitor.CharacterDataHandler = self._texto
        self._leitor.CommentHandler = self._texto
        self._filhos = [0]
        self._elementos = 0
        self._atributos = 0
        self._caracteres = 0

    def confere(self, conteudo: bytes) -> None:
        try:
            self._leitor.Parse(conteudo, True)
        except expat.ExpatError:
            return

    def _inicio(self, _nome: str, atributos: list[str]) -> None:
        self._elementos += 1
        self._caracteres = 0
        self._filhos[-1] += 1
        if self._elementos > LIMITE_ELEMENTOS:
            raise self._excesso("elementos", LIMITE_ELEMENTOS)
        if self._filhos[-1] > LIMITE_FILHOS:
            raise self._excesso(FILHOS, LIMITE_FILHOS)
        if len(self._filhos) > LIMITE_PROFUNDIDADE:
            raise self._excesso(PROFUNDIDADE, LIMITE_PROFUNDIDADE)
        if len(atributos) > 2 * LIMITE_ATRIBUTOS:
            raise self._excesso("atributos em um elemento", LIMITE_ATRIBUTOS)
        self._atributos += len(atributos) // 2
        if self._atributos > LIMITE_ATRIBUTOS_NO_ARQUIVO:
            raise self._excesso("atributos", LIMITE_ATRIBUTOS_NO_ARQUIVO)
        self._filhos.append(0)

    def _fim(self, _nome: str) -> None:
        self._filhos.pop()
        self._caracteres = 0

    def _texto(self, texto: str) -> None:
        self._caracteres += len(texto)
        if self._caracteres > LIMITE_TEXTO:
            raise self._excesso(CARACTERES, LIMITE_TEXTO)

    def _excesso(self, o_que: str, limite: int) -> ArquivoRecusado:
        return excesso(o_que, limite, self._leitor.CurrentLineNumber)
