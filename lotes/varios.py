"""One action on many lots: each stands or falls by itself, and the person reads what became of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from conecta.contas.models import Usuario
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from lotes import transicoes
from lotes.estados import MUDANCAS_DO_LOTE, SituacaoDoLote
from lotes.models import Lote


@dataclass(frozen=True, slots=True, kw_only=True)
class Acao:
    """A verb of the lots: who may use it, where it leads, how it is said."""

    verbo: str
    titulo: str
    participio: str
    aviso: str
    permissao: Permissao
    para: SituacaoDoLote
    transicao: Callable[..., Any]

    def serve_a(self, lote: Lote) -> bool:
        """Whether the lot is in a state from which it can go there."""
        return self.para in MUDANCAS_DO_LOTE[SituacaoDoLote(lote.situacao)]


@dataclass(slots=True)
class Resultado:
    """What became of the lots: those that changed, and a sentence for each that did not."""

    feitos: list[Lote] = field(default_factory=list)
    recusas: list[str] = field(default_factory=list)


ACOES = {
    acao.verbo: acao
    for acao in (
        Acao(
            verbo="fechar",
            titulo="Fechar lotes",
            participio="fechado",
            aviso="Fechar ainda não entrega: falta enviar. Até lá, você pode reabri-los.",
            permissao=Permissao.LOTE_MUDAR,
            para=SituacaoDoLote.FECHADO,
            transicao=transicoes.fechar,
        ),
        Acao(
            verbo="enviar",
            titulo="Enviar lotes",
            participio="enviado",
            aviso="Depois de enviados, os lotes não podem mais ser alterados nem cancelados por você.",
            permissao=Permissao.LOTE_ENVIAR,
            para=SituacaoDoLote.ENVIADO,
            transicao=transicoes.enviar,
        ),
    )
}


def agir(*, acao: Acao, lotes: Sequence[Lote], por: Usuario) -> Resultado:
    """Do it to each, in the order of their ids. One that is refused does not hold up the others."""
    resultado = Resultado()
    for lote in sorted(lotes, key=lambda lote: lote.pk):
        try:
            acao.transicao(lote=lote, por=por)
        except ErroDeNegocio as erro:
            resultado.recusas.append(erro.frase)
        else:
            resultado.feitos.append(lote)
    return resultado
