"""*Pesquisar Lotes*: the list, its spreadsheet, and the shortcut of the top band."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from lotes.atalho import destinos
from lotes.consultas import listar_lotes, lotes_filtrados, ordenar_lotes
from lotes.estados import POR_ENVIAR
from lotes.forms import FiltrosDeLotes
from lotes.models import Lote
from lotes.planos_de_contas import PlanosDeContas
from lotes.prazos import prazos_dos
from lotes.telas import protocolo_do

COLUNAS = (
    Coluna("Data Inclusão"),
    Coluna("Nº Lote"),
    Coluna("Lote do prestador", 18),
    Coluna("Situação Lote", 24),
    Coluna("Data Envio", 17),
    Coluna("Protocolo"),
    Coluna("Situação Protocolo", 34),
    Coluna("Data Pagamento"),
    Coluna("Tipo de Guia", 24),
    Coluna("Operadora", 28),
    Coluna("Convênio", 24),
    Coluna("Plano de contas", 24),
    Coluna("Guias", 8),
    Coluna("Vlr. Informado"),
    Coluna("Vlr. Processado"),
    Coluna("Vlr. Glosado"),
    Coluna("Vlr. Liberado"),
)


@require_GET
@exige(Permissao.LOTE_VER, de=Organizacao.Tipo.PRESTADOR)
def pesquisa(request: Requisicao, slug: str) -> HttpResponse:
    """The list. `?q=` is a number of any kind: one hit goes straight to it."""
    achados = None
    if procurado := request.GET.get("q", "").strip():
        todos = destinos(request.organizacao, procurado)
        achados = [achado for achado in todos if not achado.permissao or request.vinculo.pode(achado.permissao)]
        if len(achados) == 1:
            return redirect(achados[0].rota, slug=slug, pk=achados[0].pk)
    filtros, lotes = _filtrados(request)
    contexto: dict[str, Any] = {
        "filtros": filtros,
        "lista": listar_lotes(lotes, request.GET.get("ordem", ""), request.GET.get("pagina")),
        "procurado": procurado,
        "achados": achados,
        "pode_mudar": request.vinculo.pode(Permissao.LOTE_MUDAR),
        "pode_enviar": request.vinculo.pode(Permissao.LOTE_ENVIAR),
    }
    contexto["ordem"] = contexto["lista"].ordem
    _juntar_prazos(contexto["lista"].pagina)
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"lotes/pesquisa.html{parte}", contexto)


@require_GET
@exige(Permissao.LOTE_VER, de=Organizacao.Tipo.PRESTADOR)
def pesquisa_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The whole result of the filters as a spreadsheet."""
    _, lotes = _filtrados(request)
    ordenados, _ = ordenar_lotes(lotes, request.GET.get("ordem", ""))
    registrar_acesso(request, "lote", 0, "exportar lista")
    arquivo = planilha.escrever("Lotes", COLUNAS, _linhas(ordenados))
    return anexo(arquivo, f"lotes-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


def _juntar_prazos(lotes: Iterable[Lote]) -> None:
    """Give each lot that waits to be sent its `prazo`, if its operadora has a calendar."""
    por_enviar = [lote for lote in lotes if lote.situacao in POR_ENVIAR]
    prazos = prazos_dos(por_enviar, timezone.now())
    for lote in por_enviar:
        lote.prazo = prazos.get(lote.pk)  # type: ignore[attr-defined]


def _filtrados(request: Requisicao) -> tuple[FiltrosDeLotes, QuerySet[Lote]]:
    """The form and what it leaves: nothing, while a filter is wrong."""
    filtros = FiltrosDeLotes(request.GET, request.organizacao)
    if not filtros.is_valid():
        return filtros, Lote.objects.none()
    return filtros, lotes_filtrados(request.organizacao, filtros.cleaned_data)


def _linhas(lotes: QuerySet[Lote]) -> Iterator[tuple[Any, ...]]:
    contas = PlanosDeContas()
    for lote in lotes.iterator(chunk_size=2_000):
        protocolo = protocolo_do(lote)
        yield (
            timezone.localdate(lote.criado_em),
            lote.numero,
            lote.numero_do_prestador,
            lote.get_situacao_display(),
            lote.enviado_em,
            protocolo and protocolo.numero,
            protocolo.get_situacao_display() if protocolo else "Lote não enviado",
            protocolo and protocolo.data_de_pagamento,
            lote.get_tipo_de_guia_display(),
            lote.operadora.rotulo,
            *contas.nome_e_conta(lote),
            lote.quantidade_de_guias,
            lote.valor_informado,
            protocolo and protocolo.valor_processado,
            protocolo and protocolo.valor_glosado,
            protocolo and protocolo.valor_liberado,
        )
