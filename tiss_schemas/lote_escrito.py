"""A message ENVIO_LOTE_GUIAS made of guides: header, lot, epilogue with its hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from lxml import etree

from tiss_schemas import hash as resumo
from tiss_schemas.espacos import ANS, TAG_ANS

CODIFICACAO: Final = "ISO-8859-1"
"""Of the file and of its hash, as ANS says."""
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
    mensagem = etree.Element(f"{TAG_ANS}mensagemTISS", nsmap={"ans": ANS})
    _cabecalho(mensagem, cabecalho)
    lote = _grupo(_grupo(mensagem, "prestadorParaOperadora"), "loteGuias")
    _folha(lote, "numeroLote", cabecalho.numero_lote)
    _grupo(lote, "guiasTISS").extend(list(guias))
    epilogo = _grupo(mensagem, "epilogo")
    _folha(epilogo, "hash", resumo.calcular(mensagem))
    escrita = BytesIO()
    etree.ElementTree(mensagem).write(escrita, encoding=CODIFICACAO, xml_declaration=True)
    return escrita.getvalue()


def _cabecalho(mensagem: etree._Element, de: CabecalhoDoLote) -> None:
    cabecalho = _grupo(mensagem, "cabecalho")
    transacao = _grupo(cabecalho, "identificacaoTransacao")
    _folha(transacao, "tipoTransacao", "ENVIO_LOTE_GUIAS")
    _folha(transacao, "sequencialTransacao", de.sequencial)
    _folha(transacao, "dataRegistroTransacao", de.momento.date().isoformat())
    _folha(transacao, "horaRegistroTransacao", de.momento.time().isoformat("seconds"))
    _folha(_grupo(_grupo(cabecalho, "origem"), "identificacaoPrestador"), de.origem, de.identificacao)
    _folha(_grupo(cabecalho, "destino"), "registroANS", de.registro_ans)
    _folha(cabecalho, "Padrao", de.versao)


def _grupo(pai: etree._Element, nome: str) -> etree._Element:
    return etree.SubElement(pai, TAG_ANS + nome)


def _folha(pai: etree._Element, nome: str, texto: str) -> None:
    _grupo(pai, nome).text = texto
