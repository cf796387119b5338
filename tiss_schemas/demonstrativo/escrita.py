"""Statements as messages: what others call."""

from __future__ import annotations

from tiss_schemas.demonstrativo.escrita_analise import MAIS_DEMONSTRATIVOS, escrever_analise
from tiss_schemas.demonstrativo.escrita_odonto import escrever_odonto
from tiss_schemas.demonstrativo.escrita_pagamento import escrever_pagamento
from tiss_schemas.demonstrativo.escrita_situacao import escrever_situacao_demonstrativo
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.folhas import NaoCabeNaVersao
from tiss_schemas.mensagens.molde import VersaoIndisponivel

__all__ = [
    "MAIS_DEMONSTRATIVOS",
    "NaoCabeNaVersao",
    "Transacao",
    "VersaoIndisponivel",
    "escrever_analise",
    "escrever_odonto",
    "escrever_pagamento",
    "escrever_situacao_demonstrativo",
]
