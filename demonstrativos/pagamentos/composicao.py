"""What goes into an open payment and out of it: protocols, debits and credits, retenções."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal

from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from conecta.contas.models import Usuario
from conecta.interface.formatos import dinheiro, reais
from demonstrativos.pagamentos.erros import PagamentoMudou, PagamentoRecusado
from demonstrativos.pagamentos.estados import Indicador, SituacaoDoPagamento, TipoDeLancamento, TipoDeLinha
from demonstrativos.pagamentos.models import DebitoOuCredito, Pagamento, PagamentoDoProtocolo, Retencao
from demonstrativos.pagamentos.recursos import acrescentar_recursos, devolver_recursos, guardar_guias_dos_recursos
from demonstrativos.pagamentos.travas import contar, travar, travar_protocolos
from demonstrativos.recursos.a_pagar import AcatadoAPagar
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo

MAIOR_LANCAMENTO = Decimal("99999999.99")
"""What the standard's field holds."""
_CENTAVO = Decimal("0.01")
_DE_UMA_VEZ = 500
_GUIAS = """
insert into pagamentos_guiapaga (prestador_id, operadora_id, pagamento_id, linha_id, protocolo_id, guia_id, posicao,
    valor_informado, valor_processado, valor_glosado)
select l.prestador_id, l.operadora_id, l.pagamento_id, l.id, l.protocolo_id, g.guia_id, g.posicao, 0, 0, 0
from pagamentos_pagamentodoprotocolo l
join analise_analise a on a.protocolo_id = l.protocolo_id
join analise_guiaanalisada g on g.analise_id = a.id
where l.pagamento_id = %s and l.tipo = '1'
"""


@transaction.atomic
def incluir(*, pagamento: Pagamento, protocolos: Sequence[Protocolo], por: Usuario) -> list[PagamentoDoProtocolo]:
    """Put released protocols of its prestador into an open payment, all or none. Raises `PagamentoRecusado`.

    A fixed number of statements by the hundred; retenções are worked out anew.
    """
    travados = travar_protocolos(protocolo.pk for protocolo in protocolos)
    atual = travar(pagamento, SituacaoDoPagamento.ABERTO)
    _recusar_alheios(atual, travados)
    _recusar_nao_liberados(travados)
    _recusar_em_outro(travados)
    linhas = acrescentar(atual, travados)
    aplicar_retencoes(atual, por)
    contar(atual, por, "Protocolos incluídos", numeros_de(travados))
    return linhas


@transaction.atomic
def incluir_recursos(
    *, pagamento: Pagamento, acatados: Sequence[AcatadoAPagar], por: Usuario
) -> list[PagamentoDoProtocolo]:
    """Put what appeals of its prestador got back into an open payment, all or none; retenções are worked out anew.

    Raises `PagamentoRecusado`, and what `recursos.a_pagar` refuses.
    """
    travados = travar_protocolos(acatado.protocolo.pk for acatado in acatados)
    atual = travar(pagamento, SituacaoDoPagamento.ABERTO)
    _recusar_alheios(atual, travados)
    linhas = acrescentar_recursos(atual, acatados, por)
    aplicar_retencoes(atual, por)
    contar(atual, por, "Recursos incluídos", numeros_de(travados))
    return linhas


def acrescentar(pagamento: Pagamento, protocolos: Sequence[Protocolo]) -> list[PagamentoDoProtocolo]:
    """Lines of a first payment; their amounts are the database's to copy."""
    return PagamentoDoProtocolo.objects.bulk_create(
        [
            PagamentoDoProtocolo(
                prestador_id=pagamento.prestador_id,
                operadora_id=pagamento.operadora_id,
                pagamento=pagamento,
                protocolo=protocolo,
                tipo=TipoDeLinha.INICIAL,
            )
            for protocolo in protocolos
        ],
        batch_size=_DE_UMA_VEZ,
    )


@transaction.atomic
def retirar(*, linha: PagamentoDoProtocolo, por: Usuario) -> None:
    """Take a line out of an open payment. Raises `PagamentoRecusado` where the rest would not bear the debits, and
    `PagamentoMudou` where somebody took it out before."""
    travar_protocolos([linha.protocolo_id])
    atual = travar(linha.pagamento, SituacaoDoPagamento.ABERTO)
    linhas = list(atual.linhas.filter(pk=linha.pk).select_related("protocolo"))
    if not linhas:
        raise _ja_saiu(f"O protocolo {linha.protocolo.numero}", atual)
    tirar(atual, linhas, por)


def tirar(pagamento: Pagamento, linhas: Sequence[PagamentoDoProtocolo], por: Usuario) -> None:
    """Take lines out of an open payment whose row is locked; appeals among them wait for the next payment."""
    with _liquido_possivel(pagamento):
        pagamento.lancamentos.filter(automatico=True).delete()
        PagamentoDoProtocolo.objects.filter(pk__in=[linha.pk for linha in linhas]).delete()
        aplicar_retencoes(pagamento, por)
    devolver_recursos(linhas, por)
    contar(pagamento, por, "Protocolos retirados", numeros_de([linha.protocolo for linha in linhas]))


@transaction.atomic
def lancar(
    *, pagamento: Pagamento, indicador: Indicador, tipo: TipoDeLancamento, descricao: str, valor: Decimal, por: Usuario
) -> DebitoOuCredito:
    """Add a debit or a credit to an open payment; `valor` above zero, `descricao` up to 40 characters."""
    atual = travar(pagamento, SituacaoDoPagamento.ABERTO)
    if not 0 < valor <= MAIOR_LANCAMENTO:
        raise PagamentoRecusado(f"O valor {dinheiro(valor)} não serve: informe de 0,01 a {dinheiro(MAIOR_LANCAMENTO)}.")
    with _liquido_possivel(atual):
        lancamento = _lancamento(atual, por, indicador, tipo, descricao.strip()[:40], valor, automatico=False)
        lancamento.save()
    contar(atual, por, f"{indicador.label} lançado", f"{tipo.label}: {lancamento.descricao}, {reais(valor)}.")
    return lancamento


@transaction.atomic
def retirar_lancamento(*, lancamento: DebitoOuCredito, por: Usuario) -> None:
    """Take a debit or a credit out of an open payment; a retenção is withheld of it no more, whatever gets in or out.

    Raises `PagamentoMudou` where somebody took it out before, or the retenções were worked out anew.
    """
    atual = travar(lancamento.pagamento, SituacaoDoPagamento.ABERTO)
    if not atual.lancamentos.filter(pk=lancamento.pk).exists():
        raise _ja_saiu(f"O lançamento {lancamento.descricao}", atual)
    with _liquido_possivel(atual):
        lancamento.delete()
    detalhe = f"{lancamento.get_tipo_display()}: {lancamento.descricao}, {reais(lancamento.valor)}."
    if lancamento.automatico:
        atual.retencoes_retiradas = [*atual.retencoes_retiradas, lancamento.tipo]
        atual.save(update_fields=["retencoes_retiradas"])
        detalhe += " Não volta quando os protocolos mudam."
    contar(atual, por, f"{lancamento.get_indicador_display()} retirado", detalhe)


def aplicar_retencoes(pagamento: Pagamento, por: Usuario) -> None:
    """Work out anew what is withheld of an open payment: each percentage of liberado, from its minimum base on. What a
    person took out stays out."""
    pagamento.lancamentos.filter(automatico=True).delete()
    pagamento.refresh_from_db()
    base = pagamento.valor_liberado
    with _liquido_possivel(pagamento):
        DebitoOuCredito.objects.bulk_create(
            _lancamento(
                pagamento,
                por,
                Indicador.DEBITO,
                TipoDeLancamento(retencao.tipo),
                f"{retencao.get_tipo_display()} {dinheiro(retencao.percentual)}%",
                valor,
                automatico=True,
            )
            for retencao in _retencoes(pagamento)
            if base >= retencao.base_minima and (valor := retido(base, retencao.percentual))
        )
    pagamento.refresh_from_db()


def _retencoes(pagamento: Pagamento) -> QuerySet[Retencao]:
    do_contrato = Retencao.objects.filter(operadora=pagamento.operadora_id, prestador=pagamento.prestador_id)
    return do_contrato.exclude(tipo__in=pagamento.retencoes_retiradas)


def retido(base: Decimal, percentual: Decimal) -> Decimal:
    """That percentage of an amount in reais, to the cent, halves upwards."""
    return (base * percentual / 100).quantize(_CENTAVO, ROUND_HALF_UP)


def guardar_guias(pagamento: Pagamento) -> None:
    """Copy the amounts of each guide: what was released, or what appeals got back. A fixed number of statements."""
    with connection.cursor() as cursor:
        cursor.execute(_GUIAS, [pagamento.pk])
    guardar_guias_dos_recursos(pagamento)


def _lancamento(
    pagamento: Pagamento,
    por: Usuario,
    indicador: Indicador,
    tipo: TipoDeLancamento,
    descricao: str,
    valor: Decimal,
    *,
    automatico: bool,
) -> DebitoOuCredito:
    return DebitoOuCredito(
        prestador_id=pagamento.prestador_id,
        operadora_id=pagamento.operadora_id,
        pagamento=pagamento,
        indicador=indicador,
        tipo=tipo,
        descricao=descricao,
        valor=valor,
        automatico=automatico,
        por_nome=por.nome or por.email,
    )


@contextmanager
def _liquido_possivel(pagamento: Pagamento) -> Iterator[None]:
    """Name what the database refuses: a payment of less than nothing."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as erro:
        if "pagamento_liquido_nao_negativo" not in str(erro):
            raise
        raise PagamentoRecusado(
            f"Nada mudou no pagamento {pagamento.numero}: os débitos passariam do que ele tem a pagar. "
            "Diminua um débito, ou deixe-o para um pagamento maior.",
            pagamento,
        ) from erro


def _ja_saiu(o_que: str, pagamento: Pagamento) -> PagamentoMudou:
    return PagamentoMudou(
        f"{o_que} já não está no pagamento {pagamento.numero}: outra pessoa mudou o pagamento. Recarregue a página.",
        pagamento,
    )


def _recusar_alheios(pagamento: Pagamento, protocolos: Sequence[Protocolo]) -> None:
    alheio = next((p for p in protocolos if p.prestador_id != pagamento.prestador_id), None)
    if alheio is not None:
        raise PagamentoRecusado(
            f"O protocolo {alheio.numero} não entrou no pagamento {pagamento.numero}: ele é de outro prestador. "
            "Um pagamento é de um prestador só.",
            alheio,
        )


def _recusar_nao_liberados(protocolos: Sequence[Protocolo]) -> None:
    outro = next((p for p in protocolos if p.situacao != SituacaoDoProtocolo.LIBERADO), None)
    if outro is not None:
        raise PagamentoRecusado(
            f"O protocolo {outro.numero} não entrou no pagamento: está em “{outro.get_situacao_display()}”. "
            "Só entra o que está “Liberado para faturamento”.",
            outro,
        )


def _recusar_em_outro(protocolos: Sequence[Protocolo]) -> None:
    linha = (
        PagamentoDoProtocolo.objects.filter(protocolo__in=protocolos, tipo=TipoDeLinha.INICIAL, vigente=True)
        .select_related("pagamento", "protocolo")
        .first()
    )
    if linha is not None:
        raise PagamentoRecusado(
            f"O protocolo {linha.protocolo.numero} já está no pagamento {linha.pagamento.numero}. "
            "Retire-o de lá antes, ou escolha outros.",
            linha,
        )


def numeros_de(protocolos: Sequence[Protocolo]) -> str:
    """ "Protocolos 12, 13 e mais 4"."""
    numeros = [str(protocolo.numero) for protocolo in protocolos]
    mostrados = ", ".join(numeros[:10])
    resto = f" e mais {len(numeros) - 10}" if len(numeros) > 10 else ""
    return f"Protocolo{'' if len(numeros) == 1 else 's'} {mostrados}{resto}."
