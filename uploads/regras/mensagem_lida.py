"""A message as the rules on envelope and header see it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from tiss_schemas import assinatura as assinaturas
from tiss_schemas import hash as epilogo
from tiss_schemas.espacos import NS, nome_local
from tiss_schemas.leitura import Documento
from tiss_schemas.lote_lido import Cabecalho, LoteLido, ler_cabecalho

_CORPOS = ("prestadorParaOperadora", "operadoraParaPrestador")


@dataclass(frozen=True)
class Mensagem:
    """The document, and the lot in it if there is one."""

    documento: Documento
    lote: LoteLido | None

    @cached_property
    def cabecalho(self) -> Cabecalho:
        """The header; its fields are None where the file has none."""
        return self.lote.cabecalho if self.lote is not None else ler_cabecalho(self.documento)

    @cached_property
    def conferencia(self) -> epilogo.Conferencia:
        """The declared hash beside the computed ones."""
        return epilogo.conferir(self.documento)

    @cached_property
    def assinatura(self) -> assinaturas.Assinatura | None:
        """The digital signature of the message and what it is worth; None where there is none."""
        return assinaturas.conferir(self.documento)

    @cached_property
    def corpo(self) -> etree._Element | None:
        """The body, whichever direction it has."""
        for nome in _CORPOS:
            achado = self.documento.raiz.find(f"ans:{nome}", NS)
            if achado is not None:
                return achado
        return None

    @cached_property
    def transacao(self) -> etree._Element | None:
        """The element inside the body, `loteGuias` for a lot."""
        return None if self.corpo is None else next(self.corpo.iterchildren(etree.Element), None)

    @property
    def nome_do_corpo(self) -> str:
        """Name of the body; empty where there is none."""
        return "" if self.corpo is None else nome_local(self.corpo.tag)

    @property
    def nome_da_transacao(self) -> str:
        """Name of the element inside the body; empty where there is none."""
        return "" if self.transacao is None else nome_local(self.transacao.tag)

    def no(self, caminho: str) -> etree._Element | None:
        """The element at a path below the root ("epilogo/hash"), or None."""
        return self.documento.raiz.find("/".join(f"ans:{passo}" for passo in caminho.split("/")), NS)
