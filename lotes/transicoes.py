"""What may happen to a lot, and who did it. Only this module assigns its state.

Each function locks the row, refuses by name what the table of `estados` does not allow, changes, and writes the line of
the timeline in the same transaction.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Usuario
from convenios.calendario.palavras import da_proxima
from convenios.models import Credenciamento
from lotes import canais
from lotes.acontecimentos import contar
from lotes.estados import MUDANCAS_DO_LOTE, SituacaoDoLote
from lotes.models import Lote, Protocolo
from lotes.numeracao import proximo_protocolo
from lotes.prazos import prazo_do, ultimo_dia
from lotes.recusas import EnvioRecusado, MudancaNaoPermitida

_S = SituacaoDoLote
_VERBOS = {_S.FECHADO: "fechado", _S.ABERTO: "reaberto", _S.EXCLUIDO: "excluído", _S.ENVIADO: "enviado"}


@transaction.atomic
def fechar(*, lote: Lote, por: Usuario) -> Lote:
    """Aberto → Fechado: ready to be sent. Raises `MudancaNaoPermitida`, and what the lot's channel refuses."""
    lote, agora = _travar(lote, _S.FECHADO), timezone.now()
    lote.fechado_em, lote.fechado_por = agora, por
    canais.antes_de(lote, _S.FECHADO, por)
    _mudar(lote, _S.FECHADO, "fechado_em", "fechado_por")
    contar(lote, por, "fechado", "Lote fechado", quando=agora)
    return lote


@transaction.atomic
def reabrir(*, lote: Lote, por: Usuario) -> Lote:
    """Fechado → Aberto. Raises `MudancaNaoPermitida`. The channel may drop the XML, which it writes anew."""
    lote, agora = _travar(lote, _S.ABERTO), timezone.now()
    lote.fechado_em = lote.fechado_por = None
    canais.antes_de(lote, _S.ABERTO, por)
    _mudar(lote, _S.ABERTO, "fechado_em", "fechado_por", "conteudo")
    contar(lote, por, "reaberto", "Lote reaberto", quando=agora)
    return lote


@transaction.atomic
def excluir(*, lote: Lote, por: Usuario) -> Lote:
    """Aberto or Fechado → Excluído. Raises `MudancaNaoPermitida`.

    The row stays, and so does the file that it came from: the history still shows both. The prestador's own lot number
    is free again, so that the mended file can come in under it.
    """
    lote, agora = _travar(lote, _S.EXCLUIDO), timezone.now()
    canais.antes_de(lote, _S.EXCLUIDO, por)
    lote.excluido_em, lote.excluido_por = agora, por
    _mudar(lote, _S.EXCLUIDO, "excluido_em", "excluido_por")
    contar(lote, por, "excluido", "Lote excluído", "Nenhuma guia dele chegou à operadora.", quando=agora)
    return lote


@transaction.atomic
def enviar(*, lote: Lote, por: Usuario) -> Protocolo:
    """Fechado → Enviado: freeze the XML as it is, take the operadora's next protocol number, let the operadora see it.

    Pressing twice is safe: for a lot that is already sent the protocol it has is given back, and nothing changes.
    Raises `MudancaNaoPermitida`, and `EnvioRecusado` when the operadora cannot receive it.
    """
    try:
        lote = _travar(lote, _S.ENVIADO)
    except MudancaNaoPermitida:
        if (dado := Protocolo.objects.filter(lote_id=lote.pk).first()) is not None:
            return dado
        raise
    agora = timezone.now()
    _conferir_destino(lote, agora)
    lote.enviar_ate = _conferir_prazo(lote, agora)
    conteudo = _entregar_conteudo(lote, agora)
    protocolo = _protocolar(lote, conteudo, agora)
    lote.enviado_em, lote.enviado_por = agora, por
    # A trigger copies the date down to guides, items and ignored críticas.
    _mudar(lote, _S.ENVIADO, "enviado_em", "enviado_por", "enviar_ate")
    congelado = f"Protocolo (PEG) {protocolo.numero}. XML congelado, {conteudo.sha256[:12]}… (SHA-256)."
    contar(lote, por, "enviado", "Enviado à operadora", congelado, publico=True, quando=agora)
    return protocolo


def _travar(lote: Lote, para: SituacaoDoLote) -> Lote:
    """The row as it is now, locked. A sent lot cannot be locked any more, hence the second look without the lock."""
    travado = Lote.objects.select_for_update(of=("self",)).select_related("prestador", "operadora").filter(pk=lote.pk)
    atual = travado.first()
    if atual is not None and para in MUDANCAS_DO_LOTE[SituacaoDoLote(atual.situacao)]:
        return atual
    atual = Lote.objects.get(pk=lote.pk)
    raise MudancaNaoPermitida(
        f"O lote {atual.numero} não foi {_VERBOS[para]}: a situação dele é “{atual.get_situacao_display()}”. "
        "Recarregue a página para ver o que mudou.",
        atual,
    )


def _mudar(lote: Lote, para: SituacaoDoLote, *campos: str) -> None:
    lote.situacao = para
    lote.save(update_fields=["situacao", *campos])


def _conferir_destino(lote: Lote, agora: datetime) -> None:
    operadora = lote.operadora
    if not operadora.ativa:
        raise EnvioRecusado(
            f"O lote {lote.numero} não foi enviado: a {operadora.rotulo} não recebe lotes pelo Conecta no momento. "
            "O lote continua fechado; fale com a operadora.",
            lote,
        )
    contrato = Credenciamento.objects.filter(prestador_id=lote.prestador_id, operadora_id=lote.operadora_id)
    if not contrato.vigentes_em(timezone.localdate(agora)).exists():
        raise EnvioRecusado(
            f"O lote {lote.numero} não foi enviado: o seu credenciamento com a {operadora.rotulo} não está vigente "
            "hoje. O lote continua fechado; fale com a operadora.",
            lote,
        )


def _conferir_prazo(lote: Lote, agora: datetime) -> date | None:
    """The last day of the window in which the lot is sent; None where the operadora has no calendar for it."""
    prazo = prazo_do(lote, agora)
    if prazo is None:
        return None
    if prazo.aberta is None:
        raise EnvioRecusado(
            f"O lote {lote.numero} não foi enviado: o prazo de entrega da {lote.operadora.rotulo} está encerrado. "
            f"{da_proxima(prazo.proxima)} O lote continua fechado, pronto para ser enviado.",
            lote,
        )
    return ultimo_dia(prazo.aberta)


def _entregar_conteudo(lote: Lote, agora: datetime) -> Conteudo:
    """Let the operadora read the exact bytes. The columns are the only ones that a prestador may change there."""
    conteudos = Conteudo.objects.filter(pk__in=[lote.conteudo_id])
    conteudos.filter(enviado_em__isnull=True).update(operadora_id=lote.operadora_id, enviado_em=agora)
    return conteudos.defer("comprimido").get()


def _protocolar(lote: Lote, conteudo: Conteudo, agora: datetime) -> Protocolo:
    return Protocolo.objects.create(
        prestador_id=lote.prestador_id,
        operadora_id=lote.operadora_id,
        lote=lote,
        # Last, so that others wait for the number as briefly as can be.
        numero=proximo_protocolo(lote.operadora),
        enviado_em=agora,
        situacao_em=agora,
        conteudo=conteudo,
        sha256=conteudo.sha256,
        valor_informado=lote.valor_informado,
    )
