"""The hash of the epilogue: MD5 over the text of all fields, by the rule of ANS.

The rule says ISO-8859-1 whatever the file's own encoding; some systems use UTF-8, and some trim the values.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from lxml import etree

from tiss_schemas.espacos import NS, TAG_ANS, TAG_DS
from tiss_schemas.leitura import Documento

_HASH: Final = f"{TAG_ANS}hash"
_EPILOGO: Final = f"{TAG_ANS}epilogo"
_ASSINATURA: Final = f"{TAG_DS}Signature"
_MISTURADA: Final = etree.XPath("boolean(//*[*]/text())")
"""Whether some container holds text of its own."""
_MD5: Final = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Conferencia:
    """What is declared (without outer blanks; None if there is no such element) and what was worked out.

    `iso` is None where the text has a character outside ISO-8859-1. `aparado` is the ISO-8859-1 digest of the trimmed
    values, worked out only where neither of the others matched.
    """

    declarado: str | None
    iso: str | None
    utf8: str
    aparado: str | None = None

    @property
    def bem_formado(self) -> bool:
        """Whether 32 hexadecimal digits are declared."""
        return self.declarado is not None and _MD5.fullmatch(self.declarado) is not None

    @property
    def confere_com(self) -> str | None:
        """Which digest the declared one equals: "iso-8859-1", "utf-8", "aparado", or None."""
        declarado = (self.declarado or "").lower()
        for nome, calculado in (("iso-8859-1", self.iso), ("utf-8", self.utf8), ("aparado", self.aparado)):
            if calculado is not None and calculado == declarado:
                return nome
        return None


def calcular(raiz: etree._Element, codificacao: str = "iso-8859-1") -> str:
    """MD5, 32 lower-case hex digits, of the texts of the leaves in document order, encoded in `codificacao`.

    Left out: `hash` itself and the message's own `ds:Signature`. Texts are taken as they are, blanks and all. Raises
    UnicodeEncodeError where a text cannot be written in `codificacao`.
    """
    return _md5("".join(_textos(raiz)), codificacao)


def calcular_sem_mistura(raiz: etree._Element) -> str:
    """The same, in ISO-8859-1, of a message made here, in which no container holds text: in one call to C."""
    return _md5(_texto_corrido(raiz), "iso-8859-1")


def conferir(documento: Documento) -> Conferencia:
    """Compare the declared hash with the digests that are met in the field."""
    raiz = documento.raiz
    declarado = raiz.findtext("ans:epilogo/ans:hash", namespaces=NS)
    declarado = None if declarado is None else declarado.strip()
    if documento.sem_recuo:
        conferencia = _conferencia(declarado, _texto_corrido(raiz))
        if conferencia.confere_com is not None:
            return conferencia
    textos = list(_textos_sem_mistura(raiz) if documento.sem_recuo and not _MISTURADA(raiz) else _textos(raiz))
    conferencia = _conferencia(declarado, "".join(textos))
    if conferencia.confere_com is not None:
        return conferencia
    aparado = _em_iso("".join([texto.strip() for texto in textos]))
    return Conferencia(declarado, conferencia.iso, conferencia.utf8, aparado)


def _conferencia(declarado: str | None, texto: str) -> Conferencia:
    return Conferencia(declarado, _em_iso(texto), _md5(texto, "utf-8"))


def _textos(raiz: etree._Element) -> Iterator[str]:
    for ramo in raiz.iterchildren(etree.Element):
        if ramo.tag != _ASSINATURA:
            yield from _textos_do_ramo(ramo)


def _textos_sem_mistura(raiz: etree._Element) -> Iterator[str]:
    """The same texts, where no container holds any: the tree is walked in C."""
    for ramo in raiz.iterchildren(etree.Element):
        if ramo.tag == _EPILOGO:
            yield from _textos_do_ramo(ramo)
        elif ramo.tag != _ASSINATURA:
            yield from cast("Iterator[str]", ramo.itertext(with_tail=False))


def _textos_do_ramo(ramo: etree._Element) -> Iterator[str]:
    for elemento in ramo.iter(etree.Element):
        if len(elemento) == 0:
            if elemento.tag != _HASH and elemento.text:
                yield elemento.text
        elif next(elemento.iterchildren(etree.Element), None) is None:
            yield (elemento.text or "") + "".join([no.tail or "" for no in elemento])


def _texto_corrido(raiz: etree._Element) -> str:
    """The same text in one call to C, right while containers hold no text, which the schema forbids."""
    return "".join(
        etree.tostring(ramo, method="text", encoding="unicode", with_tail=False)
        for ramo in raiz.iterchildren(etree.Element)
        if ramo.tag not in {_EPILOGO, _ASSINATURA}
    )


def _em_iso(texto: str) -> str | None:
    try:
        return _md5(texto, "iso-8859-1")
    except UnicodeEncodeError:
        return None


def _md5(texto: str, codificacao: str) -> str:
    return hashlib.md5(texto.encode(codificacao), usedforsecurity=False).hexdigest()
