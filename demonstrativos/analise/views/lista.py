"""The work list, its spreadsheet, and the next protocol of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from demonstrativos.analise import fila
from demonstrativos.analise.consultas import MEUS, filtrados, listar, ordenar
from demonstrativos.analise.forms_da_fila import FiltrosDaFila
from demonstrativos.analise.models import Analise
from demonstrativos.analise.pessoas import analistas_de
from demonstrativos.analise.recusas import FilaVazia
from lotes.models import Protocolo

OPERADORA = Organizacao.Tipo.OPERADORA
COLUNAS: Final = (
    Coluna("Prioridade"),
    Coluna("Prazo"),
    Coluna("Protocolo"),
    Coluna("Data Envio", 17),
    Coluna("Nº Lote"),
    Coluna("Lote do prestador", 18),
    Coluna("Prestador", 34),
    Coluna("Tipo de Guia", 24),
    Coluna("Guias", 8),
    Coluna("Guias conferidas", 16),
    Coluna("Vlr. Informado"),
    Coluna("Vlr. Processado"),
    Coluna("Vlr. Glosado"),
    Coluna("Vlr. Liberado"),
    Coluna("Responsável", 28),
    Coluna("Situação", 34),
)


@require_GET
@exige(Permissao.ANALISE_VER, de=OPERADORA)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """What is to be analysed, most urgent first."""
    filtros, achados = procurados(request, request.GET)
    a_lista = listar(achados, request.GET.get("ordem", ""), request.GET.get("pagina"))
    contexto = {
        "filtros": filtros,
        "lista": a_lista,
        "ordem": a_lista.ordem,
        "hoje": timezone.localdate(),
        "pode_fazer": request.vinculo.pode(Permissao.ANALISE_FAZER),
        "pode_ajustar": request.vinculo.pode(Permissao.ANALISE_AJUSTAR),
        "pode_avancar": request.vinculo.pode(Permissao.PROTOCOLO_AVANCAR),
        "consulta": request.GET.urlencode(),
        "meus": MEUS,
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"analise/lista.html{parte}", contexto)


@require_GET
@exige(Permissao.ANALISE_VER, de=OPERADORA)
def lista_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The whole result of the filters as a spreadsheet."""
    _, achados = procurados(request, request.GET)
    ordenados, _ = ordenar(achados, request.GET.get("ordem", ""))
    registrar_acesso(request, "protocolo", 0, "exportar lista")
    arquivo = planilha.escrever("Análise de contas", COLUNAS, _linhas(ordenados))
    return anexo(arquivo, f"analise-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


@require_POST
@exige(Permissao.ANALISE_FAZER, de=OPERADORA)
def proximo(request: Requisicao, slug: str) -> HttpResponse:
    """*Analisar o próximo*: take it, and go to its desk."""
    try:
        analise = fila.assumir_proximo(operadora=request.organizacao, por=request.user)
    except FilaVazia as erro:
        messages.warning(request, erro.frase)
        return redirect("analise:lista", slug=slug)
    return redirect("analise:mesa", slug=slug, pk=analise.protocolo_id)


def procurados(request: Requisicao, endereco: QueryDict) -> tuple[FiltrosDaFila, QuerySet[Protocolo]]:
    """The form and what it leaves: nothing, while a filter is wrong."""
    filtros = FiltrosDaFila(endereco, request.organizacao, analistas_de(request.organizacao))
    if not filtros.is_valid():
        return filtros, Protocolo.objects.none()
    return filtros, filtrados(request.organizacao, filtros.cleaned_data, request.user.pk)


def _linhas(achados: QuerySet[Protocolo]) -> Iterator[tuple[Any, ...]]:
    for p in achados.iterator(chunk_size=2_000):
        analise: Analise | None = getattr(p, "analise", None)
        yield (
            analise and analise.get_prioridade_display(),
            analise and analise.prazo,
            p.numero,
            p.enviado_em,
            p.lote.numero,
            p.lote.numero_do_prestador,
            p.prestador.sigla,
            p.lote.get_tipo_de_guia_display(),
            p.lote.quantidade_de_guias,
            analise and analise.guias_conferidas,
            p.valor_informado,
            analise and analise.valor_processado,
            analise and analise.valor_glosado,
            analise and analise.valor_liberado,
            analise and analise.responsavel_nome,
            p.get_situacao_display(),
        )
