"""Every total is the sum of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from conecta.contas.models import Organizacao
from demonstrativos.analise.models import Analise, GuiaAnalisada, ItemAnalisado
from lotes.models import Guia, Lote, Protocolo

_ZERO = Decimal(0)


def lotes(operadora: Organizacao) -> Iterator[str]:
    """A sent lot and its guides."""
    somas = {"guias_dele": Count("guias"), "soma": _soma("guias__valor_informado")}
    errados: QuerySet[Any] = (
        Lote.objects.filter(operadora=operadora, enviado_em__isnull=False)
        .annotate(**somas)
        .exclude(quantidade_de_guias=F("guias_dele"), valor_informado=F("soma"))
    )
    for lote in errados.iterator():
        yield (
            f"lote {lote.numero}: {lote.quantidade_de_guias} guias e {lote.valor_informado}, "
            f"mas as guias são {lote.guias_dele} e somam {lote.soma}"
        )


def guias(operadora: Organizacao) -> Iterator[str]:
    """A sent guide and the number of its items."""
    errados = (
        Guia.objects.filter(operadora=operadora, enviado_em__isnull=False)
        .annotate(itens_dela=Count("itens"))
        .exclude(quantidade_de_itens=F("itens_dela"))
    )
    for guia in errados.iterator():
        yield f"guia {guia.pk}: {guia.quantidade_de_itens} itens, mas tem {guia.itens_dela}"


def protocolos(operadora: Organizacao) -> Iterator[str]:
    """A protocol, its lot, and its analysis once that was released."""
    do_lote = Protocolo.objects.filter(operadora=operadora).exclude(valor_informado=F("lote__valor_informado"))
    for protocolo in do_lote.iterator():
        yield f"protocolo {protocolo.numero}: o valor informado não é o do lote"
    nomes = ("valor_processado", "valor_glosado", "valor_liberado", "guias_com_glosa", "itens_com_glosa")
    da_analise = {nome: F(f"analise__{nome}") for nome in nomes}
    liberados = Protocolo.objects.filter(operadora=operadora, analise__liberada_em__isnull=False)
    for protocolo in liberados.exclude(**da_analise).iterator():
        yield f"protocolo {protocolo.numero}: os valores não são os da análise liberada"
    for protocolo in Protocolo.objects.filter(_passou_sem_analise(), operadora=operadora).iterator():
        yield f"protocolo {protocolo.numero}: passou de “Liberado para faturamento” sem análise liberada"


def _passou_sem_analise() -> Q:
    return Q(situacao__in=[3, 5, 6], analise__liberada_em__isnull=True)


def itens_analisados(operadora: Organizacao) -> Iterator[str]:
    """An item, its glosas, and what the lot says was billed."""
    itens = ItemAnalisado.objects.filter(operadora=operadora)
    com_soma = itens.annotate(soma=_soma("glosas__valor")).exclude(valor_glosado=F("soma"))
    yield from _frases(com_soma, "item analisado", "o valor glosado não é a soma das glosas")
    diferentes = itens.exclude(valor_informado=F("item__valor_total"))
    yield from _frases(diferentes, "item analisado", "o valor informado não é o do lote")
    yield from _frases(_sem_identidade(itens), "item analisado", "liberado não é processado menos glosa")


def guias_analisadas(operadora: Organizacao) -> Iterator[str]:
    """A guide of an analysis and its items."""
    yield from _de_partes(GuiaAnalisada.objects.filter(operadora=operadora), "itens", "guia analisada", "dos itens")


def analises(operadora: Organizacao) -> Iterator[str]:
    """An analysis and its guides."""
    yield from _de_partes(Analise.objects.filter(operadora=operadora), "guias", "análise", "das guias")


def _de_partes(linhas: QuerySet[Any], partes: str, nome: str, de_que: str) -> Iterator[str]:
    valores = ("valor_informado", "valor_processado", "valor_glosado")
    somas = {f"soma_{valor}": _soma(f"{partes}__{valor}") for valor in valores}
    iguais = {valor: F(f"soma_{valor}") for valor in valores}
    yield from _frases(linhas.annotate(**somas).exclude(**iguais), nome, f"os valores não são a soma {de_que}")
    yield from _frases(_sem_identidade(linhas), nome, "liberado não é processado menos glosa")


def _sem_identidade(linhas: QuerySet[Any]) -> QuerySet[Any]:
    return linhas.exclude(valor_liberado=F("valor_processado") - F("valor_glosado"))


def _soma(campo: str) -> Any:
    return Coalesce(Sum(campo), _ZERO)


def _frases(linhas: QuerySet[Any], nome: str, o_que: str) -> Iterator[str]:
    for pk in linhas.values_list("pk", flat=True).iterator():
        yield f"{nome} {pk}: {o_que}"
