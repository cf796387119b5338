"""Appeals, their receipts and their answers as messages: what others call."""

from __future__ import annotations

from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.folhas import NaoCabeNaVersao
from tiss_schemas.mensagens.molde import VersaoIndisponivel
from tiss_schemas.recurso.escrita_recebimento import escrever_recebimento, recebimento_de
from tiss_schemas.recurso.escrita_recurso import escrever_recurso
from tiss_schemas.recurso.escrita_resposta import escrever_resposta, escrever_situacao

__all__ = [
    "NaoCabeNaVersao",
    "Transacao",
    "VersaoIndisponivel",
    "escrever_recebimento",
    "escrever_recurso",
    "escrever_resposta",
    "escrever_situacao",
    "recebimento_de",
]
