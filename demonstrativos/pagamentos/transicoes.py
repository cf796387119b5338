"""What may happen to a payment, and who did it. Only this module assigns its state.

Protocols are always locked before payments: whoever advances protocols and whoever closes their payment wait for
each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from conecta.contas.models import Organizacao, Usuario
from conecta.interface.formatos import data as dia
from conecta.interface.formatos import reais
from demonstrativos.pagamentos.composicao import guardar_guias
from demonstrativos.pagamentos.erros import PagamentoMudou, PagamentoNaoPermite, PagamentoRecusado
from demonstrativos.pagamentos.estados import MUDANCAS_DO_PAGAMENTO, SituacaoDoPagamento, TipoDeLinha
from demonstrativos.pagamentos.models import ContaBancaria, Pagamento, PagamentoDoProtocolo
from demonstrativos.pagamentos.recursos import devolver_recursos, pagar_recursos
from demonstrativos.pagamentos.travas import contar, travar, travar_protocolos
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from lotes.numeracao import proximo_da_serie

SERIE = "pagamento"
_MAIS_LONGE = timedelta(days=2 * 365)
_S = SituacaoDoPagamento
_P = SituacaoDoProtocolo


@transaction.atomic
def abrir(
    *, operadora: Organizacao, prestador: Organizacao, data_de_pagamento: date, por: Usuario, competencia: str = ""
) -> Pagamento:
    """Begin a payment to that prestador. `competencia` AAAAMM: the month of its date when left out."""
    _conferir_data(data_de_pagamento)
    return criar(operadora, prestador, data_de_pagamento, por, competencia)


def criar(
    operadora: Organizacao, prestador: Organizacao, data_de_pagamento: date, por: Usuario, competencia: str = ""
) -> Pagamento:
    """A new payment, in the caller's transaction, of a day that may be over."""
    pagamento = Pagamento.objects.create(
        operadora=operadora,
        prestador=prestador,
        numero=proximo_da_serie(operadora, SERIE),
        data_de_pagamento=data_de_pagamento,
        competencia=competencia or f"{data_de_pagamento:%Y%m}",
        criado_por=por,
    )
    contar(pagamento, por, "Pagamento aberto", f"Para {dia(data_de_pagamento)}.")
    return pagamento


@transaction.atomic
def mudar(
    *, pagamento: Pagamento, por: Usuario, data_de_pagamento: date, competencia: str, observacao: str
) -> Pagamento:
    """Change the date, the competência (AAAAMM) and the note of an open payment."""
    atual = travar(pagamento, _S.ABERTO)
    _conferir_data(data_de_pagamento)
    antes = atual.data_de_pagamento
    atual.data_de_pagamento, atual.competencia, atual.observacao = data_de_pagamento, competencia, observacao
    atual.save(update_fields=["data_de_pagamento", "competencia", "observacao"])
    if antes != data_de_pagamento:
        contar(atual, por, "Data mudada", f"De {dia(antes)} para {dia(data_de_pagamento)}.")
    return atual


@transaction.atomic
def fechar(*, pagamento: Pagamento, por: Usuario, visto: Decimal | None = None) -> Pagamento:
    """Freeze it, show it to the prestador and take its protocols to *Faturado*.

    `visto` is the net amount that the person saw: raises `PagamentoMudou` where it is another by now.
    """
    protocolos = travar_iniciais(pagamento)
    atual = travar(pagamento, _S.ABERTO)
    if visto is not None and visto != atual.valor_liquido:
        raise PagamentoMudou(
            f"O pagamento {atual.numero} não foi fechado: você o viu com {reais(visto)} líquidos, e agora ele tem "
            f"{reais(atual.valor_liquido)}, porque outra pessoa o mudou. Confira e feche de novo.",
            atual,
        )
    _exigir_os_mesmos(atual, protocolos)
    _conferir_data(atual.data_de_pagamento)
    fechado = congelar(atual, por)
    avanco.avancar_varios(
        protocolos=[protocolo for protocolo in protocolos if protocolo.situacao == _P.LIBERADO],
        para=_P.FATURADO,
        por=por,
        nota=f"Pagamento {atual.numero}.",
        data_de_pagamento=atual.data_de_pagamento,
    )
    return fechado


def congelar(pagamento: Pagamento, por: Usuario) -> Pagamento:
    """Close an open payment whose row is locked, and leave its protocols where they are."""
    if not pagamento.linhas.exists():
        raise PagamentoRecusado(
            f"O pagamento {pagamento.numero} não foi fechado: ele está vazio. Inclua ao menos um protocolo liberado.",
            pagamento,
        )
    guardar_guias(pagamento)
    conta = ContaBancaria.objects.filter(operadora=pagamento.operadora_id, prestador=pagamento.prestador_id).first()
    if conta is not None:
        pagamento.forma, pagamento.banco = conta.forma, conta.banco
        pagamento.agencia, pagamento.conta = conta.agencia, conta.conta
    pagamento.situacao, pagamento.fechado_em = _S.FECHADO, timezone.now()
    pagamento.save(update_fields=["forma", "banco", "agencia", "conta", "situacao", "fechado_em"])
    pagamento.refresh_from_db()
    detalhe = f"{reais(pagamento.valor_liquido)} líquidos, para {dia(pagamento.data_de_pagamento)}."
    contar(pagamento, por, "Pagamento fechado", detalhe, publico=True)
    return pagamento


@transaction.atomic
def cancelar(*, pagamento: Pagamento, motivo: str, por: Usuario) -> Pagamento:
    """Undo an open or a closed payment, with a reason; what was closed gives its protocols back to *Liberado*."""
    motivo = motivo.strip()
    if not motivo:
        raise PagamentoRecusado("O pagamento não foi cancelado: falta o motivo. Escreva-o, o prestador o lê.")
    protocolos = travar_iniciais(pagamento)
    atual = travar(pagamento, _S.ABERTO, _S.FECHADO)
    _recusar_pagos(atual, protocolos)
    marcar_cancelado(atual, motivo, por)
    avanco.desfazer(
        protocolos=[protocolo for protocolo in protocolos if protocolo.situacao == _P.FATURADO],
        para=_P.LIBERADO,
        por=por,
        motivo=f"Pagamento {atual.numero} cancelado: {motivo}"[:500],
    )
    return atual


def marcar_cancelado(pagamento: Pagamento, motivo: str, por: Usuario) -> None:
    """Cancel a payment whose row is locked, and leave its protocols where they are."""
    _exigir_mudanca(pagamento, _S.CANCELADO)
    pagamento.situacao, pagamento.cancelado_em, pagamento.motivo = _S.CANCELADO, timezone.now(), motivo[:500]
    pagamento.save(update_fields=["situacao", "cancelado_em", "motivo"])
    devolver_recursos(list(pagamento.linhas.all()), por)
    contar(pagamento, por, "Pagamento cancelado", motivo, publico=pagamento.fechado_em is not None)


def marcar_pago(*, pagamento: Pagamento, data: date, por: Usuario, nota: str = "") -> Pagamento:
    """The money left on `data` (not ahead, not before the closing): its protocols go to *Pago*."""
    (pago,) = marcar_pagos(pagamentos=[pagamento], data=data, por=por, nota=nota)
    return pago


@transaction.atomic
def marcar_pagos(*, pagamentos: Sequence[Pagamento], data: date, por: Usuario, nota: str = "") -> list[Pagamento]:
    """`marcar_pago` for many of one day, all or none."""
    protocolos = travar_iniciais(*pagamentos)
    pagos = []
    for pagamento in sorted(pagamentos, key=lambda cada: cada.pk):
        atual = travar(pagamento, _S.FECHADO)
        conferir_dia_do_banco(atual, data)
        registrar_pago(atual, data, por, nota)
        pagos.append(atual)
    avanco.avancar_varios(
        protocolos=[protocolo for protocolo in protocolos if protocolo.situacao == _P.FATURADO],
        para=_P.PAGO,
        por=por,
        data=data,
        nota=nota,
    )
    return pagos


def registrar_pago(pagamento: Pagamento, data: date, por: Usuario, nota: str = "") -> None:
    """Mark a payment whose row is locked as paid, and leave its protocols where they are."""
    _exigir_mudanca(pagamento, _S.PAGO)
    pagamento.situacao, pagamento.pago_em = _S.PAGO, data
    pagamento.devolvido_em, pagamento.devolucao = None, ""
    pagamento.save(update_fields=["situacao", "pago_em", "devolvido_em", "devolucao"])
    pagar_recursos(pagamento, data, por)
    contar(pagamento, por, "Pago", f"Em {dia(data)}. {nota}".strip(), publico=True)


@transaction.atomic
def devolver(*, pagamento: Pagamento, data: date, motivo: str, por: Usuario) -> bool:
    """The bank gave the money back: the payment stays closed and says so. False where that was known already."""
    atual = travar(pagamento, _S.FECHADO)
    motivo = motivo.strip()[:200] or "O banco não disse o motivo."
    if (atual.devolvido_em, atual.devolucao) == (data, motivo):
        return False
    conferir_dia_do_banco(atual, data)
    atual.devolvido_em, atual.devolucao = data, motivo
    atual.save(update_fields=["devolvido_em", "devolucao"])
    contar(atual, por, "Devolvido pelo banco", f"Em {dia(data)}: {motivo}", publico=True)
    return True


def conferir_dia_do_banco(pagamento: Pagamento, data: date) -> None:
    """Raise `PagamentoRecusado` for a day on which the bank cannot have paid it."""
    if data > timezone.localdate():
        raise PagamentoRecusado(f"O dia {dia(data)} ainda não chegou. Informe hoje ou um dia anterior.", pagamento)
    assert pagamento.fechado_em is not None
    fechado = timezone.localdate(pagamento.fechado_em)
    if data < fechado:
        raise PagamentoRecusado(
            f"O dia {dia(data)} é anterior a {dia(fechado)}, em que o pagamento {pagamento.numero} foi fechado. "
            "Confira a data.",
            pagamento,
        )


def travar_iniciais(*pagamentos: Pagamento) -> Sequence[Protocolo]:
    """The protocols that they pay for the first time, locked."""
    linhas = PagamentoDoProtocolo.objects.filter(pagamento__in=pagamentos, tipo=TipoDeLinha.INICIAL)
    return travar_protocolos(linhas.values_list("protocolo_id", flat=True))


def _exigir_os_mesmos(pagamento: Pagamento, travados: Sequence[Protocolo]) -> None:
    """Refuse where a protocol got in or out between the locks: it would not be billed with its payment."""
    linhas = pagamento.linhas.filter(tipo=TipoDeLinha.INICIAL)
    if set(linhas.values_list("protocolo_id", flat=True)) != {protocolo.pk for protocolo in travados}:
        raise PagamentoMudou(
            f"O pagamento {pagamento.numero} não foi fechado: outra pessoa mudou os protocolos dele neste instante. "
            "Recarregue a página, confira e feche de novo.",
            pagamento,
        )


def _exigir_mudanca(pagamento: Pagamento, para: SituacaoDoPagamento) -> None:
    if para not in MUDANCAS_DO_PAGAMENTO[SituacaoDoPagamento(pagamento.situacao)]:
        raise PagamentoNaoPermite(
            f"O pagamento {pagamento.numero} está “{pagamento.get_situacao_display()}” e não passa a “{para.label}”.",
            pagamento,
        )


def _recusar_pagos(pagamento: Pagamento, protocolos: Sequence[Protocolo]) -> None:
    pago = next((protocolo for protocolo in protocolos if protocolo.situacao == _P.PAGO), None)
    if pago is not None:
        raise PagamentoRecusado(
            f"O pagamento {pagamento.numero} não foi cancelado: o protocolo {pago.numero} já consta como pago. "
            "Acerte a diferença por um débito ou crédito no próximo pagamento.",
            pagamento,
        )


def _conferir_data(data_de_pagamento: date) -> None:
    hoje = timezone.localdate()
    if data_de_pagamento < hoje:
        raise PagamentoRecusado(
            f"A data de pagamento {dia(data_de_pagamento)} já passou. Informe hoje, {dia(hoje)}, ou um dia depois."
        )
    if data_de_pagamento > hoje + _MAIS_LONGE:
        raise PagamentoRecusado(
            f"A data de pagamento {dia(data_de_pagamento)} fica a mais de dois anos. Confira o ano."
        )
