"""A message ENVIO_LOTE_GUIAS made of guides: header, lot, epilogue with its hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from tiss_schemas.espacos import ANS, TAG_ANS
from tiss_schemas.mensagens.cabecalho import (
    CODIFICACAO,
    Cabecalho,
    Parte,
    TipoDeParte,
    Transacao,
    escrever_mensagem,
    folha,
    grupo,
)
from tiss_schemas.mensagens.molde import PRESTADOR_PARA_OPERADORA

__all__ = ["CODIFICACAO", "ORIGENS", "CabecalhoDoLote", "escrever_lote"]

ORIGENS: Final = ("CNPJ", "CPF", "codigoPrestadorNaOperadora")
"""Elements by which a prestador says who it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CabecalhoDoLote:
    """What the message says of itself. `origem` is one of `ORIGENS`, `identificacao` its value; `momento` is local."""

    versao: str
    numero_lote: str
    sequencial: str
    momento: datetime
    origem: str
    identificacao: str
    registro_ans: str


def escrever_lote(cabecalho: CabecalhoDoLote, guias: Iterable[etree._Element]) -> bytes:
    """The bytes of the message, in ISO-8859-1, with the MD5 of its fields in the epilogue.

    Takes the elements of the guides into its own tree. A text with a character that ISO-8859-1 does not have raises
    UnicodeEncodeError: the hash is defined over that encoding only.
    """
    lote = etree.Element(f"{TAG_ANS}loteGuias", nsmap={"ans": ANS})
    folha(lote, "numeroLote", cabecalho.numero_lote)
    grupo(lote, "guiasTISS").extend(list(guias))
    return escrever_mensagem(_cabecalho(cabecalho), PRESTADOR_PARA_OPERADORA, [lote])


def _cabecalho(de: CabecalhoDoLote) -> Cabecalho:
    return Cabecalho(
        tipo="ENVIO_LOTE_GUIAS",
        versao=de.versao,
        transacao=Transacao(sequencial=de.sequencial, momento=de.momento),
        origem=Parte(tipo=TipoDeParte(de.origem), valor=de.identificacao),
        destino=Parte(tipo=TipoDeParte.REGISTRO_ANS, valor=de.registro_ans),
    )
