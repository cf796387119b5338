"""What payments do when a protocol passes to another state outside of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django.db.models import QuerySet
from django.utils import timezone

from conecta.contas.models import Usuario
from demonstrativos.pagamentos.composicao import acrescentar, aplicar_retencoes, tirar
from demonstrativos.pagamentos.erros import PagamentoRecusado
from demonstrativos.pagamentos.estados import SituacaoDoPagamento, TipoDeLinha
from demonstrativos.pagamentos.models import Pagamento, PagamentoDoProtocolo
from demonstrativos.pagamentos.transicoes import congelar, criar, marcar_cancelado, registrar_pago
from lotes import passagens
from lotes.estados import SituacaoDoProtocolo
from lotes.passagens import Mudanca

_P = SituacaoDoProtocolo
_S = SituacaoDoPagamento


def registrar() -> None:
    """Take part in the path of protocols."""
    passagens.registrar(_P.FATURADO, antes=[_recusar_em_aberto], depois=[_pagar_sem_pagamento])
    passagens.registrar(_P.PAGO, depois=[_marcar_pagos])
    passagens.registrar(_P.LIBERADO, antes=[_desfazer_fechados])
    passagens.registrar(_P.EM_ANALISE, antes=[_retirar_de_abertos])
    passagens.registrar(_P.ENCERRADO_SEM_PAGAMENTO, antes=[_retirar_de_abertos])
    passagens.registrar(_P.BLOQUEIO_JUDICIAL, antes=[_retirar_de_abertos, _desfazer_fechados])


def _recusar_em_aberto(mudancas: Sequence[Mudanca]) -> None:
    linha = _linhas(mudancas, _S.ABERTO).select_related("protocolo", "pagamento").first()
    if linha is not None:
        raise PagamentoRecusado(
            f"O protocolo {linha.protocolo.numero} não foi faturado: ele está no pagamento {linha.pagamento.numero}, "
            "em aberto. Feche o pagamento, e todos os protocolos dele passam a “Faturado”; ou retire-o de lá.",
            linha,
        )


def _pagar_sem_pagamento(mudancas: Sequence[Mudanca]) -> None:
    """A protocol that was given its date without a payment gets one, closed, with the others of its prestador."""
    com_pagamento = set(_linhas(mudancas).values_list("protocolo_id", flat=True))
    soltas = sorted((m for m in mudancas if m.protocolo.pk not in com_pagamento), key=_prestador_e_data)
    for (_, data), grupo in groupby(soltas, key=_prestador_e_data):
        juntas = list(grupo)
        _pagar(juntas, data, juntas[0].por)


def _prestador_e_data(mudanca: Mudanca) -> tuple[int, date]:
    data = mudanca.protocolo.data_de_pagamento
    assert data is not None, "billed without a date"
    return mudanca.protocolo.prestador_id, data


def _pagar(mudancas: Sequence[Mudanca], data: date, por: Usuario) -> None:
    protocolo = mudancas[0].protocolo
    pagamento = criar(protocolo.operadora, protocolo.prestador, data, por)
    acrescentar(pagamento, [mudanca.protocolo for mudanca in mudancas])
    aplicar_retencoes(pagamento, por)
    congelar(pagamento, por)


def _marcar_pagos(mudancas: Sequence[Mudanca]) -> None:
    """Once all that a payment pays for the first time is paid, it is."""
    for pagamento in _travados(_linhas(mudancas, _S.FECHADO)):
        iniciais = pagamento.linhas.filter(tipo=TipoDeLinha.INICIAL)
        if not iniciais.exclude(protocolo__situacao=_P.PAGO).exists():
            ultima = max(timezone.localdate(m.quando) for m in mudancas)
            registrar_pago(pagamento, ultima, mudancas[0].por, mudancas[0].nota)


def _retirar_de_abertos(mudancas: Sequence[Mudanca]) -> None:
    for pagamento in _travados(_linhas(mudancas, _S.ABERTO)):
        saem = _linhas(mudancas).filter(pagamento=pagamento).select_related("protocolo")
        tirar(pagamento, list(saem), mudancas[0].por)


def _desfazer_fechados(mudancas: Sequence[Mudanca]) -> None:
    """A closed payment cannot lose a protocol. Where it loses all it is cancelled, else the change is refused."""
    saem = {mudanca.protocolo.pk for mudanca in mudancas}
    for pagamento in _travados(_linhas([m for m in mudancas if m.de == _P.FATURADO], _S.FECHADO)):
        fica = pagamento.linhas.exclude(protocolo__in=saem, tipo=TipoDeLinha.INICIAL).exists()
        if fica:
            raise PagamentoRecusado(
                f"Nada mudou: o pagamento {pagamento.numero} está fechado e tem outros protocolos. Cancele o "
                "pagamento, com o motivo; os protocolos dele voltam a “Liberado para faturamento”.",
                pagamento,
            )
        marcar_cancelado(pagamento, _motivo(mudancas[0]), mudancas[0].por)


def _motivo(mudanca: Mudanca) -> str:
    return mudanca.nota or f"O protocolo {mudanca.protocolo.numero} passou a “{mudanca.para.label}”."


def _linhas(mudancas: Sequence[Mudanca], situacao: SituacaoDoPagamento | None = None) -> QuerySet[PagamentoDoProtocolo]:
    """Lines that pay these protocols for the first time, of payments that were not cancelled."""
    linhas = PagamentoDoProtocolo.objects.filter(protocolo__in=_pks(mudancas), tipo=TipoDeLinha.INICIAL, vigente=True)
    return linhas if situacao is None else linhas.filter(pagamento__situacao=situacao)


def _travados(linhas: QuerySet[PagamentoDoProtocolo]) -> Iterable[Pagamento]:
    pks = set(linhas.values_list("pagamento_id", flat=True))
    if not pks:
        return []
    travados = Pagamento.objects.select_for_update(of=("self",)).select_related("operadora", "prestador")
    return list(travados.filter(pk__in=pks).order_by("pk"))


def _pks(mudancas: Sequence[Mudanca]) -> list[int]:
    return [mudanca.protocolo.pk for mudanca in mudancas]
