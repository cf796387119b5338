"""The answer to who asked for a statement that is not ready."""

from __future__ import annotations

from typing import Final

from tiss_schemas.demonstrativo import escrita_comum as comum
from tiss_schemas.demonstrativo.valores import SituacaoDoDemonstrativo, TipoDeDemonstrativo
from tiss_schemas.mensagens.cabecalho import Transacao
from tiss_schemas.mensagens.escrita import Arvore

TRANSACOES: Final = {
    TipoDeDemonstrativo.ANALISE: "DEMONSTRATIVO_ANALISE_CONTA",
    TipoDeDemonstrativo.PAGAMENTO: "DEMONSTRATIVO_PAGAMENTO",
    TipoDeDemonstrativo.ODONTO: "DEMONSTRATIVO_ODONTOLOGIA",
}
"""The transaction is that of the statement itself."""


def escrever_situacao_demonstrativo(situacao: SituacaoDoDemonstrativo, *, transacao: Transacao) -> bytes:
    """A message that says how far the protocol is. Raises NaoCabeNaVersao and VersaoIndisponivel."""
    return comum.mensagem(
        TRANSACOES[situacao.tipo],
        situacao.versao,
        transacao,
        situacao.registro_ans,
        situacao.contratado,
        {"situacaoDemonstrativoRetorno": _situacao(situacao)},
    )


def _situacao(de: SituacaoDoDemonstrativo) -> Arvore:
    return {
        "identificacaoOperadora": de.registro_ans,
        "dadosPrestador": comum.contratado(de.contratado),
        "numeroProtocolo": de.protocolo,
        "protocoloSolicitacaoDemonstrativo": de.solicitacao,
        "tipoDemonstrativo": de.tipo,
        "dataSituacaoDemonstrativo": de.data,
        "situacaoDemonstrativo": comum.situacao(de.situacao, de.versao),
    }
