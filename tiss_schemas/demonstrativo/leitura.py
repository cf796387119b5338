"""Statements out of messages: what others call."""

from __future__ import annotations

from tiss_schemas.demonstrativo.leitura_analise import ler_analise
from tiss_schemas.demonstrativo.leitura_odonto import ler_odonto
from tiss_schemas.demonstrativo.leitura_pagamento import ler_pagamento
from tiss_schemas.leitura import ArquivoRecusado
from tiss_schemas.mensagens.leitura import MensagemInvalida

__all__ = ["ArquivoRecusado", "MensagemInvalida", "ler_analise", "ler_odonto", "ler_pagamento"]
