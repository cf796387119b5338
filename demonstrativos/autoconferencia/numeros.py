"""Numbers that the portal gives have no gaps and are not given twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from conecta.contas.models import Organizacao
from conecta.tenancy.escopo import sistema
from demonstrativos.emissao.emissao import SERIE as DEMONSTRATIVO
from demonstrativos.emissao.models import Demonstrativo
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.pagamentos.transicoes import SERIE as PAGAMENTO
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.transicoes import RECURSO
from lotes.models import Numeracao, Protocolo
from lotes.numeracao import PROTOCOLO

_VEZES = 10
"""How often a series is counted that somebody is taking numbers of."""
SERIES: dict[str, Callable[[Organizacao], QuerySet[Any]]] = {
    PROTOCOLO: lambda operadora: Protocolo.objects.filter(operadora=operadora),
    DEMONSTRATIVO: lambda operadora: Demonstrativo.objects.filter(operadora=operadora),
    PAGAMENTO: lambda operadora: Pagamento.objects.filter(operadora=operadora),
    RECURSO: lambda operadora: Recurso.objects.filter(operadora=operadora, numero__isnull=False),
}
"""By the name of the series, the rows that carry its numbers in a column `numero`."""


def series(operadora: Organizacao) -> Iterator[str]:
    """From 1 to the last given, each once."""
    for serie, linhas in SERIES.items():
        dado, contas = _de_um_momento(operadora, serie, linhas(operadora))
        ultimo = contas["ultimo"] or 0
        if dado != ultimo:
            yield f"série {serie}: o último número dado é {dado}, mas o último usado é {ultimo}"
        if contas["diferentes"] != contas["quantos"]:
            yield f"série {serie}: {contas['quantos'] - contas['diferentes']} números repetidos"
        if contas["diferentes"] != ultimo or (ultimo and contas["primeiro"] != 1):
            yield f"série {serie}: faltam números entre 1 e {ultimo}: só {contas['diferentes']} foram usados"


def _de_um_momento(operadora: Organizacao, serie: str, linhas: QuerySet[Any]) -> tuple[int, dict[str, Any]]:
    """The last number given, and what the rows say that carry them. Two statements: counted again where somebody took a
    number between them."""
    dado = ultimo_dado(operadora, serie)
    for _ in range(_VEZES):
        contas = linhas.aggregate(
            quantos=Count("numero"),
            diferentes=Count("numero", distinct=True),
            primeiro=Min("numero"),
            ultimo=Max("numero"),
        )
        antes, dado = dado, ultimo_dado(operadora, serie)
        if antes == dado:
            break
    return dado, contas


def ultimo_dado(operadora: Organizacao, serie: str) -> int:
    """The last number of the series that the portal gave; 0 before the first."""
    with sistema():
        numeracao = Numeracao.objects.filter(organizacao_id=operadora.pk, serie=serie).first()
    return numeracao.ultimo if numeracao is not None else 0
