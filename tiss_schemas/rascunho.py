"""A message open for correction: read with its comments and indentation, written back in its own encoding."""

from __future__ import annotations

import re
from typing import Final, cast

from lxml import etree

from tiss_schemas.codificacao import codificacao_declarada
from tiss_schemas.inspecao import recusa_doctype
from tiss_schemas.recusas import recusa

_ANTES_DA_RAIZ: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_BRANCOS: Final = b" \t\r\n"
_MARCAS: Final = ((b"-->", b"<!--"), (b"?>", b"<?"))


class Rascunho:
    """The tree of a file that `leitura.ler` accepts; `raiz` may be changed, `escrever` gives the bytes.

    Raises ArquivoRecusado where the file cannot be read.
    """

    def __init__(self, conteudo: bytes) -> None:
        self._codificacao = codificacao_declarada(conteudo)
        recusa_doctype(conteudo, self._codificacao)
        self.raiz = _arvore(conteudo, self._codificacao)
        self._antes = _antes_da_raiz(conteudo)
        self._depois = _depois_da_raiz(conteudo)
        self._fim_de_linha = b"\r\n" if b"\r\n" in conteudo else b"\n"

    def escrever(self) -> bytes:
        """The file with what stood around the message, and with its encoding and line ends, as they came."""
        corpo = cast(
            "bytes", etree.tostring(self.raiz, encoding=self._codificacao, xml_declaration=False, with_tail=False)
        )
        if self._fim_de_linha != b"\n":
            corpo = corpo.replace(b"\n", self._fim_de_linha)
        return self._antes + corpo + self._depois


def _antes_da_raiz(conteudo: bytes) -> bytes:
    achado = _ANTES_DA_RAIZ.match(conteudo)
    return achado[0] if achado else b""


def _depois_da_raiz(conteudo: bytes) -> bytes:
    """Blanks, comments and instructions after the end of the message, found from the end of the file."""
    fim = len(conteudo)
    while True:
        while fim and conteudo[fim - 1] in _BRANCOS:
            fim -= 1
        inicio = next((inicio for termo, inicio in _MARCAS if conteudo.endswith(termo, 0, fim)), None)
        if inicio is None:
            return conteudo[fim:]
        fim = conteudo.rfind(inicio, 0, fim)


def _arvore(conteudo: bytes, codificacao: str) -> etree._Element:
    leitor = etree.XMLParser(
        encoding=codificacao,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        strip_cdata=False,
        collect_ids=False,
    )
    try:
        return etree.fromstring(conteudo, leitor)
    except etree.XMLSyntaxError as erro:
        linha, coluna = erro.position
        raise recusa("F03", f"O XML está mal formado na linha {linha}, coluna {coluna}.", linha=linha) from None
