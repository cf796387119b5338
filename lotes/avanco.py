"""What may happen to a protocol, and who did it. Only this module assigns its state.

Many change as one does: all are locked in one order, judged in memory, written by the hundred, all or none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Usuario
from lotes import passagens
from lotes.estados import DESFAZIMENTOS_DO_PROTOCOLO, MUDANCAS_DO_PROTOCOLO, SituacaoDoProtocolo
from lotes.models import Acontecimento, MudancaDeSituacao, Protocolo
from lotes.passagens import Mudanca
from lotes.recusas import DataRecusada, MudancaNaoPermitida, OutraPessoaMudou

_P = SituacaoDoProtocolo
_Tabela = Mapping[SituacaoDoProtocolo, frozenset[SituacaoDoProtocolo]]
_DE_UMA_VEZ = 500
"""Rows in one statement."""


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
    `data_de_pagamento` is a must at *Faturado* and belongs nowhere else. Raises also `MudancaNaoPermitida`,
    `DataRecusada`, and what apps above refuse.
    """
    (mudado,) = avancar_varios(
        protocolos=[protocolo],
        para=para,
        por=por,
        data=data,
        nota=nota,
        data_de_pagamento=data_de_pagamento,
        vistos={} if visto is None else {protocolo.pk: visto},
    )
    return mudado


@transaction.atomic
def avancar_varios(
    *,
    protocolos: Sequence[Protocolo],
    para: SituacaoDoProtocolo,
    por: Usuario,
    data: date | None = None,
    nota: str = "",
    data_de_pagamento: date | None = None,
    vistos: Mapping[int, SituacaoDoProtocolo] | None = None,
) -> list[Protocolo]:
    """`avancar` for many, all or none. `vistos` maps a protocol's id to the state the person saw."""
    travados = _travar(protocolos, para, vistos or {}, MUDANCAS_DO_PROTOCOLO)
    agora = timezone.now()
    instantes = [_instante(protocolo, data, agora) for protocolo in travados]
    for protocolo, quando in zip(travados, instantes, strict=True):
        _conferir_pagamento(protocolo, para, data_de_pagamento, quando)
    return _mudar(travados, instantes, para, por, nota, data_de_pagamento)


@transaction.atomic
def desfazer(
    *, protocolos: Sequence[Protocolo], para: SituacaoDoProtocolo, por: Usuario, motivo: str
) -> list[Protocolo]:
    """Take protocols one step back, by a right of its own and with its reason: a released analysis is opened again, a
    protocol leaves its payment. Raises `MudancaNaoPermitida` where the way back does not lead there."""
    travados = _travar(protocolos, para, {}, DESFAZIMENTOS_DO_PROTOCOLO)
    agora = timezone.now()
    return _mudar(travados, [agora] * len(travados), para, por, motivo, None)


def _mudar(
    travados: list[Protocolo],
    instantes: Sequence[datetime],
    para: SituacaoDoProtocolo,
    por: Usuario,
    nota: str,
    data_de_pagamento: date | None,
) -> list[Protocolo]:
    if not travados:
        return []
    mudancas = [
        Mudanca(
            protocolo=protocolo,
            de=SituacaoDoProtocolo(protocolo.situacao),
            para=para,
            quando=quando,
            por=por,
            nota=nota,
        )
        for protocolo, quando in zip(travados, instantes, strict=True)
    ]
    passagens.antes_de(mudancas)
    _gravar(mudancas, data_de_pagamento)
    _contar(mudancas)
    passagens.depois_de(mudancas)
    # The database may have written amounts meanwhile.
    return list(Protocolo.objects.select_related("operadora").filter(pk__in=[p.pk for p in travados]).order_by("pk"))


def _gravar(mudancas: Sequence[Mudanca], data_de_pagamento: date | None) -> None:
    # Only these columns are the operadora's to change; its amounts are copied from the analysis by the database.
    campos = ["situacao", "situacao_em"]
    para = mudancas[0].para
    for mudanca in mudancas:
        mudanca.protocolo.situacao, mudanca.protocolo.situacao_em = para, mudanca.quando
    if para in {_P.FATURADO, _P.LIBERADO, _P.EM_ANALISE, _P.ENCERRADO_SEM_PAGAMENTO}:
        # Back from a court's block or from a payment: what was going to be paid, and when, is open again, or never.
        campos.append("data_de_pagamento")
        for mudanca in mudancas:
            mudanca.protocolo.data_de_pagamento = data_de_pagamento
    protocolos = [mudanca.protocolo for mudanca in mudancas]
    Protocolo.objects.bulk_update(protocolos, campos, batch_size=_DE_UMA_VEZ)


def _contar(mudancas: Sequence[Mudanca]) -> None:
    agora = timezone.now()
    MudancaDeSituacao.objects.bulk_create(
        [
            MudancaDeSituacao(
                prestador_id=mudanca.protocolo.prestador_id,
                operadora_id=mudanca.protocolo.operadora_id,
                protocolo=mudanca.protocolo,
                de=mudanca.de,
                para=mudanca.para,
                quando=mudanca.quando,
                por=mudanca.por,
                por_nome=mudanca.por.nome or mudanca.por.email,
                nota=mudanca.nota,
            )
            for mudanca in mudancas
        ],
        batch_size=_DE_UMA_VEZ,
    )
    Acontecimento.objects.bulk_create(
        [
            Acontecimento(
                prestador_id=mudanca.protocolo.prestador_id,
                operadora_id=mudanca.protocolo.operadora_id,
                lote_id=mudanca.protocolo.lote_id,
                quando=agora,
                tipo=f"protocolo-{int(mudanca.para)}",
                titulo=mudanca.para.label,
                detalhe=_detalhe(mudanca, agora),
                por_nome=mudanca.por.nome or mudanca.por.email,
                por_organizacao=mudanca.protocolo.operadora.sigla,
                publico=True,
            )
            for mudanca in mudancas
        ],
        batch_size=_DE_UMA_VEZ,
    )


def _travar(
    protocolos: Sequence[Protocolo],
    para: SituacaoDoProtocolo,
    vistos: Mapping[int, SituacaoDoProtocolo],
    tabela: _Tabela,
) -> list[Protocolo]:
    """The rows as they are now, locked in one order, so that two selections that overlap wait for each other instead of
    dead-locking."""
    travados = list(
        Protocolo.objects.select_for_update(of=("self",))
        .select_related("operadora")
        .filter(pk__in={protocolo.pk for protocolo in protocolos})
        .order_by("pk")
    )
    for atual in travados:
        de = SituacaoDoProtocolo(atual.situacao)
        visto = vistos.get(atual.pk)
        if visto is not None and de != visto:
            raise OutraPessoaMudou(_quem_mudou(atual, visto), atual)
        if para not in tabela.get(de, frozenset()):
            raise MudancaNaoPermitida(
                f"O protocolo {atual.numero} não avançou: de “{de.label}” não se passa a “{para.label}”. "
                "Escolha uma das situações que a tela oferece.",
                atual,
            )
    return travados


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


def _detalhe(mudanca: Mudanca, agora: datetime) -> str:
    dia = timezone.localdate(mudanca.quando)
    partes = [mudanca.nota]
    if mudanca.para == _P.FATURADO:
        partes.append(f"Pagamento em {mudanca.protocolo.data_de_pagamento:%d/%m/%Y}.")
    if dia != timezone.localdate(agora):
        partes.append(f"Vale desde {dia:%d/%m/%Y}.")
    return " ".join(filter(None, partes))
