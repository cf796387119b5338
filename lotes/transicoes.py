"""What may happen to a lot and to its protocol, and who did it. Only this module assigns their states.

Each function locks the row, refuses by name what the table of `estados` does not allow, changes, and writes the line of
the timeline in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from conecta.arquivos.models import Conteudo
from conecta.contas.models import Usuario
from conecta.erros import ErroDeNegocio
from convenios.calendario.palavras import da_proxima
from convenios.models import Credenciamento
from lotes import canais
from lotes.acontecimentos import contar
from lotes.estados import MUDANCAS_DO_LOTE, MUDANCAS_DO_PROTOCOLO, SituacaoDoLote, SituacaoDoProtocolo
from lotes.models import Acontecimento, Lote, MudancaDeSituacao, Protocolo
from lotes.numeracao import proximo_protocolo
from lotes.prazos import prazo_do, ultimo_dia

_S = SituacaoDoLote
_P = SituacaoDoProtocolo
_VERBOS = {_S.FECHADO: "fechado", _S.ABERTO: "reaberto", _S.EXCLUIDO: "excluído", _S.ENVIADO: "enviado"}


class MudancaNaoPermitida(ErroDeNegocio):
    """The lot is in a state from which it cannot get there."""


class EnvioRecusado(ErroDeNegocio):
    """The operadora cannot receive this lot now."""


class OutraPessoaMudou(ErroDeNegocio):
    """The protocol is no longer in the state that the person saw."""


class DataRecusada(ErroDeNegocio):
    """A date that cannot be: of the change, or of the payment."""


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


@transaction.atomic
def avancar(
    *,
    protocolo: Protocolo,
    para: SituacaoDoProtocolo,
    por: Usuario,
    data: date | None = None,
    nota: str = "",
    data_de_pagamento: date | None = None,
    visto: SituacaoDoProtocolo | None = None,
) -> Protocolo:
    """Move a protocol to `para`, on `data` (today when left out; never ahead, never before the last change).

    `visto` is the state the person saw: when somebody else moved it meanwhile, `OutraPessoaMudou` says who and to what.
    `data_de_pagamento` is a must at *Faturado* and belongs nowhere else. Raises also `MudancaNaoPermitida` and
    `DataRecusada`.
    """
    protocolo, de = _travar_protocolo(protocolo, para, visto)
    agora = timezone.now()
    quando = _instante(protocolo, data, agora)
    _conferir_pagamento(protocolo, para, data_de_pagamento, quando)
    campos = _assinalar(protocolo, para, quando, data_de_pagamento)
    # Only these columns are the operadora's to change.
    Protocolo.objects.filter(pk=protocolo.pk).update(**campos)
    MudancaDeSituacao.objects.create(
        prestador_id=protocolo.prestador_id,
        operadora_id=protocolo.operadora_id,
        protocolo=protocolo,
        de=de,
        para=para,
        quando=quando,
        por=por,
        por_nome=por.nome or por.email,
        nota=nota,
    )
    Acontecimento.objects.create(
        prestador_id=protocolo.prestador_id,
        operadora_id=protocolo.operadora_id,
        lote_id=protocolo.lote_id,
        quando=agora,
        tipo=f"protocolo-{int(para)}",
        titulo=para.label,
        detalhe=_detalhe(protocolo, quando, agora, nota),
        por_nome=por.nome or por.email,
        por_organizacao=protocolo.operadora.sigla,
        publico=True,
    )
    return protocolo


@transaction.atomic
def avancar_varios(
    *,
    protocolos: Sequence[Protocolo],
    para: SituacaoDoProtocolo,
    por: Usuario,
    data: date | None = None,
    nota: str = "",
    data_de_pagamento: date | None = None,
    vistos: dict[int, SituacaoDoProtocolo] | None = None,
) -> list[Protocolo]:
    """`avancar` for many, all or none. `vistos` maps a protocol's id to the state the person saw."""
    vistos = vistos or {}
    # Locked in one order, so that two selections that overlap wait for each other instead of dead-locking.
    return [
        avancar(
            protocolo=protocolo,
            para=para,
            por=por,
            data=data,
            nota=nota,
            data_de_pagamento=data_de_pagamento,
            visto=vistos.get(protocolo.pk),
        )
        for protocolo in sorted(protocolos, key=lambda p: p.pk)
    ]


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


def _travar_protocolo(
    protocolo: Protocolo, para: SituacaoDoProtocolo, visto: SituacaoDoProtocolo | None
) -> tuple[Protocolo, SituacaoDoProtocolo]:
    atual = Protocolo.objects.select_for_update(of=("self",)).select_related("operadora").get(pk=protocolo.pk)
    de = SituacaoDoProtocolo(atual.situacao)
    if visto is not None and de != visto:
        raise OutraPessoaMudou(_quem_mudou(atual, visto), atual)
    if para not in MUDANCAS_DO_PROTOCOLO[de]:
        raise MudancaNaoPermitida(
            f"O protocolo {atual.numero} não avançou: de “{de.label}” não se passa a “{para.label}”. "
            "Escolha uma das situações que a tela oferece.",
            atual,
        )
    return atual, de


def _quem_mudou(protocolo: Protocolo, visto: SituacaoDoProtocolo) -> str:
    ultima = protocolo.mudancas.order_by("-id").first()
    quem = f" por {ultima.por_nome}" if ultima else ""
    return (
        f"O protocolo {protocolo.numero} não avançou: você o viu em “{visto.label}”, mas ele já foi passado a "
        f"“{protocolo.get_situacao_display()}”{quem}. Recarregue a página e decida a partir daí."
    )


def _instante(protocolo: Protocolo, data: date | None, agora: datetime) -> datetime:
    """When the change counts from: now for today, else the beginning of that day, never before the last change."""
    hoje = timezone.localdate(agora)
    if data is None or data == hoje:
        return agora
    if data > hoje:
        raise DataRecusada(f"A data {data:%d/%m/%Y} ainda não chegou. Informe hoje ou um dia anterior.", protocolo)
    ultima = timezone.localdate(protocolo.situacao_em)
    if data < ultima:
        raise DataRecusada(
            f"A data {data:%d/%m/%Y} é anterior à situação atual do protocolo {protocolo.numero}, "
            f"que vale desde {ultima:%d/%m/%Y}. Informe um dia a partir desse.",
            protocolo,
        )
    return max(timezone.make_aware(datetime.combine(data, time.min)), protocolo.situacao_em)


def _conferir_pagamento(
    protocolo: Protocolo, para: SituacaoDoProtocolo, pagamento: date | None, quando: datetime
) -> None:
    if para != _P.FATURADO:
        if pagamento is not None:
            raise DataRecusada("A data de pagamento só se informa ao passar o protocolo a “Faturado”.", protocolo)
        return
    if pagamento is None:
        raise DataRecusada(
            f"Falta a data de pagamento do protocolo {protocolo.numero}: sem ela ele não passa a “Faturado”.", protocolo
        )
    dia = timezone.localdate(quando)
    if pagamento < dia:
        raise DataRecusada(
            f"A data de pagamento {pagamento:%d/%m/%Y} é anterior ao dia em que o protocolo {protocolo.numero} "
            f"é faturado, {dia:%d/%m/%Y}. Confira as duas datas.",
            protocolo,
        )


def _assinalar(
    protocolo: Protocolo, para: SituacaoDoProtocolo, quando: datetime, pagamento: date | None
) -> dict[str, object]:
    """Set the new values on the object and name them for the update."""
    campos: dict[str, object] = {"situacao": para, "situacao_em": quando}
    if para == _P.FATURADO:
        campos["data_de_pagamento"] = pagamento
    if para == _P.EM_ANALISE:
        # Back from a court's block: what was going to be paid, and when, is open again.
        campos["data_de_pagamento"] = None
    if para == _P.LIBERADO and not protocolo.valor_processado:
        # Released without anything refused: accepted as billed.
        campos["valor_processado"] = protocolo.valor_informado
        campos["valor_liberado"] = protocolo.valor_informado - protocolo.valor_glosado
    for campo, valor in campos.items():
        setattr(protocolo, campo, valor)
    return campos


def _detalhe(protocolo: Protocolo, quando: datetime, agora: datetime, nota: str) -> str:
    dia = timezone.localdate(quando)
    partes = [nota]
    if protocolo.situacao == _P.FATURADO:
        partes.append(f"Pagamento em {protocolo.data_de_pagamento:%d/%m/%Y}.")
    if dia != timezone.localdate(agora):
        partes.append(f"Vale desde {dia:%d/%m/%Y}.")
    return " ".join(filter(None, partes))
