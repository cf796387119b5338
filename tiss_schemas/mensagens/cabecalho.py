"""What all messages have in common: who writes to whom, when and in which version, and the hash of the epilogue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from io import BytesIO
from typing import Any, Final

from lxml import etree

from tiss_schemas import hash as resumo
from tiss_schemas.espacos import ANS, TAG_ANS

CODIFICACAO: Final = "ISO-8859-1"
"""Of the file and of its hash, as ANS says."""


class TipoDeParte(StrEnum):
    """By which element an origem or destino is named; a prestador has three."""

    REGISTRO_ANS = "registroANS"
    CNPJ = "CNPJ"
    CPF = "CPF"
    CODIGO = "codigoPrestadorNaOperadora"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parte:
    """One of the two sides of a message."""

    tipo: TipoDeParte
    valor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transacao:
    """The sender's running number of the message (at most 12 digits) and when it is written, in local time."""

    sequencial: str
    momento: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Cabecalho:
    """What a message says of itself; `tipo` is one of the standard's, as ENVIO_LOTE_GUIAS."""

    tipo: str
    versao: str
    transacao: Transacao
    origem: Parte
    destino: Parte


def escrever_mensagem(cabecalho: Cabecalho, sentido: str, corpo: Iterable[etree._Element]) -> bytes:
    """The bytes of a message, in ISO-8859-1, with the MD5 of its fields in the epilogue.

    `sentido` is the element around the body ("operadoraParaPrestador" or "prestadorParaOperadora"); the elements of
    `corpo` are taken into the message. A text with a character that ISO-8859-1 does not have raises
    UnicodeEncodeError: the hash is defined over that encoding only.
    """
    mensagem = etree.Element(f"{TAG_ANS}mensagemTISS", nsmap={"ans": ANS})
    _escrever(grupo(mensagem, "cabecalho"), arvore_do_cabecalho(cabecalho))
    grupo(mensagem, sentido).extend(list(corpo))
    epilogo = grupo(mensagem, "epilogo")
    folha(epilogo, "hash", resumo.calcular_sem_mistura(mensagem))
    escrita = BytesIO()
    etree.ElementTree(mensagem).write(escrita, encoding=CODIFICACAO, xml_declaration=True)
    return escrita.getvalue()


def grupo(pai: etree._Element, nome: str) -> etree._Element:
    """A new element of ANS at the end of `pai`."""
    return etree.SubElement(pai, TAG_ANS + nome)


def folha(pai: etree._Element, nome: str, texto: str) -> None:
    """A new element of ANS with that text at the end of `pai`."""
    grupo(pai, nome).text = texto


def arvore_do_cabecalho(de: Cabecalho) -> dict[str, Any]:
    """The header as names of elements and what they hold, in the order of the XSD."""
    return {
        "identificacaoTransacao": {
            "tipoTransacao": de.tipo,
            "sequencialTransacao": de.transacao.sequencial,
            "dataRegistroTransacao": de.transacao.momento.date().isoformat(),
            "horaRegistroTransacao": de.transacao.momento.time().isoformat("seconds"),
        },
        "origem": _parte(de.origem),
        "destino": _parte(de.destino),
        "Padrao": de.versao,
    }


def _parte(parte: Parte) -> dict[str, Any]:
    folha_da_parte = {parte.tipo.value: parte.valor}
    return folha_da_parte if parte.tipo is TipoDeParte.REGISTRO_ANS else {"identificacaoPrestador": folha_da_parte}


def _escrever(pai: etree._Element, arvore: dict[str, Any]) -> None:
    for nome, conteudo in arvore.items():
        if isinstance(conteudo, dict):
            _escrever(grupo(pai, nome), conteudo)
        else:
            folha(pai, nome, conteudo)
