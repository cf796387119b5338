"""The automatic pass over a protocol: what a worker does, and asking for it again.

One transaction: the queue's, in the operadora's scope. Whatever dies in the midst has changed nothing, and once it has
ended it does nothing more.
"""

from __future__ import annotations

from django.db import transaction

from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from demonstrativos.analise.conferencia_carga import carregar_caso
from demonstrativos.analise.conferencia_decisao import ajustados_de, decidir
from demonstrativos.analise.conferencia_fila import chamar, chamar_a_proxima
from demonstrativos.analise.conferencia_gravacao import gravar
from demonstrativos.analise.estados import Conferencia
from demonstrativos.analise.models import Acao, Analise, GuiaAnalisada
from demonstrativos.analise.trabalho import nome_de, travar_analise
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo

_P = SituacaoDoProtocolo
_ABERTAS = frozenset({_P.EM_ANALISE, _P.AGUARDANDO_INFORMACAO})


class ConferenciaEmAndamento(ErroDeNegocio):
    """The pass is due or running already."""


def conferir(analise_id: int) -> None:
    """Make the pass that is due over one analysis, and call the next. Does nothing where none is due any more."""
    analise = Analise.objects.select_related("protocolo__prestador", "protocolo__operadora").get(pk=analise_id)
    if analise.conferencia == Conferencia.PENDENTE:
        _conferir(analise)
    chamar_a_proxima(analise.operadora_id)


def _conferir(analise: Analise) -> None:
    caso = carregar_caso(analise)
    decisoes = decidir(caso, ajustados_de(analise.protocolo.operadora))
    protocolo = Protocolo.objects.select_for_update(of=("self",)).get(pk=analise.protocolo_id)
    if protocolo.situacao not in _ABERTAS:
        # Somebody ended it meanwhile: there is nothing to refuse any more.
        Analise.objects.filter(pk=analise.pk).update(conferencia=Conferencia.DISPENSADA)
        return
    list(GuiaAnalisada.objects.select_for_update(of=("self",)).filter(analise=analise).order_by("pk"))
    gravar(analise, caso, decisoes)


def falhar(analise_id: int) -> None:
    """Say on the analysis that its pass was set aside, and call the next."""
    Analise.objects.filter(pk=analise_id, conferencia=Conferencia.PENDENTE).update(conferencia=Conferencia.FALHOU)
    chamar_a_proxima(Analise.objects.values_list("operadora_id", flat=True).get(pk=analise_id))


@transaction.atomic
def conferir_de_novo(*, analise: Analise, por: Usuario) -> Analise:
    """Ask for another pass: it replaces what the last one proposed and nobody confirmed.

    Raises `AnaliseFechada` where the protocol is not *Em análise*, `ConferenciaEmAndamento` where one is due already.
    """
    atual = travar_analise(analise)
    if atual.conferencia == Conferencia.PENDENTE:
        raise ConferenciaEmAndamento(
            f"A conferência automática do protocolo {atual.protocolo.numero} já está em andamento. Aguarde alguns "
            "instantes e recarregue a página.",
            atual,
        )
    Analise.objects.filter(pk=atual.pk).update(conferencia=Conferencia.PENDENTE)
    Acao.objects.create(
        prestador_id=atual.prestador_id,
        operadora_id=atual.operadora_id,
        analise=atual,
        por=por,
        por_nome=nome_de(por),
        titulo="Pedida outra conferência automática",
        antes={},
        depois={},
    )
    chamar(atual.pk)
    atual.conferencia = Conferencia.PENDENTE
    return atual
