"""A message open for correction: read with its comments and indentation, written back in its own encoding."""

from __future__ import annotations

import codecs
import re
from typing import Final, cast

from lxml import etree

from tiss_schemas.codificacao import codificacao_declarada
from tiss_schemas.inspecao import recusa_doctype
from tiss_schemas.recusas import recusa

_DECLARACAO: Final = re.compile(rb"<\?xml\s[^>]*\?>\s*")


class Rascunho:
    """The tree of a file that `leitura.ler` accepts; `raiz` may be changed, `escrever` gives the bytes.

    Raises ArquivoRecusado where the file cannot be read.
    """

    def __init__(self, conteudo: bytes) -> None:
        self._codificacao = codificacao_declarada(conteudo)
        recusa_doctype(conteudo, self._codificacao)
        self._marca = codecs.BOM_UTF8 if conteudo.startswith(codecs.BOM_UTF8) else b""
        declaracao = _DECLARACAO.match(conteudo, len(self._marca))
        self._declaracao = declaracao[0] if declaracao else b""
        self._fim_de_linha = b"\r\n" if b"\r\n" in conteudo else b"\n"
        self._fim = conteudo[len(conteudo.rstrip()) :]
        self.raiz = _arvore(conteudo, self._codificacao)

    def escrever(self) -> bytes:
        """The file with its declaration, byte order mark, encoding and line ends as they came."""
        arvore = self.raiz.getroottree()
        corpo = cast("bytes", etree.tostring(arvore, encoding=self._codificacao, xml_declaration=False))
        if self._fim_de_linha != b"\n":
            corpo = corpo.replace(b"\n", self._fim_de_linha)
        return self._marca + self._declaracao + corpo + self._fim


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
