"""Payments of either side: the list, and the list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from demonstrativos.pagamentos.consultas import (
    ORDENS,
    listar_pagamentos,
    ordenar,
    pagamentos_filtrados,
    por_mes,
    previstos,
)
from demonstrativos.pagamentos.forms import FiltrosDePagamentos
from demonstrativos.pagamentos.models import Pagamento

COLUNAS = (
    Coluna("Pagamento"),
    Coluna("Operadora", 24),
    Coluna("Prestador", 34),
    Coluna("CNPJ do prestador", 18),
    Coluna("Data de pagamento"),
    Coluna("Competência"),
    Coluna("Situação", 20),
    Coluna("Vlr. Informado"),
    Coluna("Vlr. Processado"),
    Coluna("Vlr. Glosado"),
    Coluna("Vlr. Liberado"),
    Coluna("Débitos"),
    Coluna("Créditos"),
    Coluna("Valor líquido"),
    Coluna("Pago em"),
)


@require_GET
@exige(Permissao.PAGAMENTO_VER)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """Payments, newest date first; above them, for a prestador, what is still to come, by month."""
    filtros, achados = _filtrados(request)
    achada = listar_pagamentos(achados, request.GET.get("ordem", ""), request.GET.get("pagina"))
    contexto = {
        "filtros": filtros,
        "lista": achada,
        "ordem": achada.ordem,
        "pode_mudar": request.vinculo.pode(Permissao.PAGAMENTO_MUDAR),
        "meses": por_mes(previstos(request.organizacao)) if request.organizacao.e_prestador else [],
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"pagamentos/lista.html{parte}", contexto)


@require_GET
@exige(Permissao.PAGAMENTO_VER)
def lista_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The whole result of the filters as a spreadsheet."""
    _, achados = _filtrados(request)
    ordenados, _ = ordenar(achados, request.GET.get("ordem", ""), ORDENS, "-data")
    arquivo = planilha.escrever("Pagamentos", COLUNAS, _linhas(ordenados))
    return anexo(arquivo, f"pagamentos-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


def _filtrados(request: Requisicao) -> tuple[FiltrosDePagamentos, QuerySet[Pagamento]]:
    """The form and what it leaves: nothing, while a filter is wrong."""
    filtros = FiltrosDePagamentos(request.GET, request.organizacao)
    if not filtros.is_valid():
        return filtros, Pagamento.objects.none()
    return filtros, pagamentos_filtrados(request.organizacao, filtros.cleaned_data)


def _linhas(achados: QuerySet[Pagamento]) -> Iterator[tuple[Any, ...]]:
    for p in achados.iterator(chunk_size=2_000):
        yield (
            p.numero,
            p.operadora.sigla,
            p.prestador.sigla,
            p.prestador.documento,
            p.data_de_pagamento,
            p.competencia_por_extenso,
            p.get_situacao_display(),
            p.valor_informado,
            p.valor_processado,
            p.valor_glosado,
            p.valor_liberado,
            p.debitos,
            p.creditos,
            p.valor_liquido,
            p.pago_em,
        )
