"""Appeals, their receipts and their answers out of messages: what others call."""

from __future__ import annotations

from tiss_schemas.leitura import ArquivoRecusado
from tiss_schemas.mensagens.leitura import MensagemInvalida
from tiss_schemas.recurso.leitura_recurso import ler_recebimento, ler_recurso
from tiss_schemas.recurso.leitura_resposta import ler_resposta

__all__ = ["ArquivoRecusado", "MensagemInvalida", "ler_recebimento", "ler_recurso", "ler_resposta"]
