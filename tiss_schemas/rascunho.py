"""A message open for correction: read with its comments and indentation, written back in its own encoding.

A file that was understood in spite of what it declares is written as it was understood, in the standard's encoding.
"""

from __future__ import annotations

import re
from typing import Final, cast

from lxml import etree

from tiss_schemas.caracteres import SIMPLES
from tiss_schemas.codificacao import codificacao_de
from tiss_schemas.entendimento import entender
from tiss_schemas.espacos import ANS
from tiss_schemas.inspecao import recusa_doctype
from tiss_schemas.leitor import leitor_seguro
from tiss_schemas.recusas import recusa

_ANTES_DA_RAIZ: Final = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_DECLARACAO: Final = re.compile(r"\A\ufeff?\s*(?:<\?xml\s.*?\?>)?\s*", re.DOTALL)
_BRANCOS: Final = b" \t\r\n"
_MARCAS: Final = ((b"-->", b"<!--"), (b"?>", b"<?"))


class Rascunho:
    """The tree of a file that `leitura.ler` accepts; `raiz` may be changed, `escrever` gives the bytes.

    Raises ArquivoRecusado where the file cannot be read.
    """

    def __init__(self, conteudo: bytes) -> None:
        codificacao = codificacao_de(conteudo)
        self._codificacao = codificacao.nome
        recusa_doctype(conteudo, self._codificacao)
        self.raiz = _arvore(conteudo, self._codificacao)
        entendidos = entender(self.raiz, conteudo)
        self._antes = _antes_da_raiz(conteudo)
        self._depois = _depois_da_raiz(conteudo)
        self._fim_de_linha = b"\r\n" if b"\r\n" in conteudo else b"\n"
        if entendidos:
            self.raiz = _com_prefixo(self.raiz)
        self._reparar = bool(entendidos) or codificacao.mentira is not None
        if self._reparar:
            _simplificar(self.raiz)

    @property
    def reparado(self) -> bool:
        """Whether it is written otherwise than it came, because it declared what it was not."""
        return self._reparar

    def escrever(self) -> bytes:
        """The file with what stood around the message, and with its encoding and line ends, as they came.

        What was understood in spite of its declaration is written in ISO-8859-1, or in UTF-8 where that has not all its
        characters.
        """
        if self._reparar:
            return self._escrever_reparado()
        corpo = cast(
            "bytes", etree.tostring(self.raiz, encoding=self._codificacao, xml_declaration=False, with_tail=False)
        )
        return self._antes + self._com_fim_de_linha(corpo) + self._depois

    def _escrever_reparado(self) -> bytes:
        antes = _DECLARACAO.sub("", self._antes.decode(self._codificacao).translate(SIMPLES), count=1)
        depois = self._depois.decode(self._codificacao).translate(SIMPLES)
        corpo = etree.tostring(self.raiz, encoding="unicode", with_tail=False)
        texto = "".join([antes, corpo, depois])
        codificacao = "ISO-8859-1" if _cabe_em_iso(texto) else "UTF-8"
        declaracao = f'<?xml version="1.0" encoding="{codificacao}"?>\n'
        return self._com_fim_de_linha((declaracao + texto.replace("\r\n", "\n")).encode(codificacao))

    def _com_fim_de_linha(self, corpo: bytes) -> bytes:
        return corpo if self._fim_de_linha == b"\n" else corpo.replace(b"\n", self._fim_de_linha)


def _cabe_em_iso(texto: str) -> bool:
    try:
        texto.encode("iso-8859-1")
    except UnicodeEncodeError:
        return False
    return True


def _com_prefixo(raiz: etree._Element) -> etree._Element:
    """The message with the usual prefix for ANS's namespace, and without those that nothing uses."""
    outros = {
        prefixo: espaco for prefixo, espaco in raiz.nsmap.items() if prefixo not in (None, "ans") and espaco != ANS
    }
    nova = etree.Element(raiz.tag, nsmap={"ans": ANS, **outros})
    nova.attrib.update(raiz.attrib)
    nova.text = raiz.text
    nova.extend(list(raiz))
    etree.cleanup_namespaces(nova, top_nsmap={"ans": ANS})
    return nova


def _simplificar(raiz: etree._Element) -> None:
    """Put plain characters for the typographic ones, in texts and comments."""
    for no in raiz.iter():
        if no.text and not no.text.isascii():
            no.text = no.text.translate(SIMPLES)
        if no.tail and not no.tail.isascii():
            no.tail = no.tail.translate(SIMPLES)


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
    try:
        return etree.fromstring(conteudo, leitor_seguro(codificacao, so_dados=False))
    except etree.XMLSyntaxError as erro:
        linha, coluna = erro.position
        raise recusa("F03", f"O XML está mal formado na linha {linha}, coluna {coluna}.", linha=linha) from None
