"""What follows a released analysis: payments are the sums of their lines, appeals of their items, and statements add
up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from conecta.contas.models import Organizacao
from demonstrativos.emissao.congelado import ValoresEstragados, descongelar
from demonstrativos.emissao.models import Demonstrativo
from demonstrativos.pagamentos.estados import Indicador
from demonstrativos.pagamentos.models import DebitoOuCredito, GuiaPaga, Pagamento, PagamentoDoProtocolo
from demonstrativos.recursos.models import ItemDoRecurso, Recurso, RespostaDoItem
from tiss_schemas.demonstrativo.contas import divergencias

_ZERO = Decimal(0)


def pagamentos(operadora: Organizacao) -> Iterator[str]:
    """A payment, its lines, its debits and credits, and what remains."""
    linhas = PagamentoDoProtocolo.objects.filter(pagamento=OuterRef("pk"))
    lancados = DebitoOuCredito.objects.filter(pagamento=OuterRef("pk"))
    somas = {
        "informado_das_linhas": _soma(linhas, "valor_informado"),
        "processado_das_linhas": _soma(linhas, "valor_processado"),
        "glosado_das_linhas": _soma(linhas, "valor_glosado"),
        "soma_dos_debitos": _soma(lancados.filter(indicador=Indicador.DEBITO), "valor"),
        "soma_dos_creditos": _soma(lancados.filter(indicador=Indicador.CREDITO), "valor"),
    }
    certos = Q(
        valor_informado=F("informado_das_linhas"),
        valor_processado=F("processado_das_linhas"),
        valor_glosado=F("glosado_das_linhas"),
        debitos=F("soma_dos_debitos"),
        creditos=F("soma_dos_creditos"),
        valor_liquido=F("valor_liberado") - F("soma_dos_debitos") + F("soma_dos_creditos"),
    )
    errados = Pagamento.objects.filter(operadora=operadora).annotate(**somas).exclude(certos)
    for numero in errados.values_list("numero", flat=True).iterator():
        yield f"pagamento {numero}: os valores não são a soma das linhas e dos lançamentos"


def linhas_pagas(operadora: Organizacao) -> Iterator[str]:
    """A protocol in a payment that was closed, and its guides."""
    guias = GuiaPaga.objects.filter(linha=OuterRef("pk"))
    valores = ("valor_informado", "valor_processado", "valor_glosado")
    fechadas = PagamentoDoProtocolo.objects.filter(operadora=operadora, fechado_em__isnull=False)
    com_somas = fechadas.annotate(**{f"soma_{valor}": _soma(guias, valor) for valor in valores})
    erradas = com_somas.exclude(**{valor: F(f"soma_{valor}") for valor in valores})
    for pagamento, protocolo in erradas.values_list("pagamento__numero", "protocolo__numero").iterator():
        yield f"pagamento {pagamento}, protocolo {protocolo}: os valores não são a soma das guias"


def recursos(operadora: Organizacao) -> Iterator[str]:
    """A sent appeal, its items and their answers."""
    itens = ItemDoRecurso.objects.filter(recurso=OuterRef("pk"))
    respostas = RespostaDoItem.objects.filter(recurso=OuterRef("pk"))
    somas = {"soma_recursada": _soma(itens, "valor_recursado"), "soma_acatada": _soma(respostas, "valor_acatado")}
    enviados = Recurso.objects.filter(operadora=operadora, enviado_em__isnull=False).annotate(**somas)
    sem_soma = enviados.exclude(valor_recursado=F("soma_recursada"))
    respondidos = enviados.filter(respondido_em__isnull=False).exclude(valor_acatado=F("soma_acatada"))
    for linhas, o_que in ((sem_soma, "o valor recursado"), (respondidos, "o valor acatado")):
        for numero in linhas.values_list("numero", flat=True).iterator():
            yield f"recurso {numero}: {o_que} não é a soma dos itens"


def demonstrativos(operadora: Organizacao) -> Iterator[str]:
    """A statement that was issued: what is frozen can be read, and its totals are the sums of its parts."""
    emitidos = Demonstrativo.objects.filter(operadora=operadora)
    for numero, valores in emitidos.values_list("numero", "valores").iterator(chunk_size=20):
        try:
            congelado = descongelar(bytes(valores))
        except ValoresEstragados:
            yield f"demonstrativo {numero}: os valores congelados não podem ser lidos"
            continue
        quantas = len(divergencias(congelado))
        if quantas:
            yield f"demonstrativo {numero}: {quantas} totais não são a soma das partes"


def _soma(linhas: QuerySet[Any], campo: str) -> Any:
    return Coalesce(Subquery(linhas.order_by().values("operadora").annotate(soma=Sum(campo)).values("soma")), _ZERO)
