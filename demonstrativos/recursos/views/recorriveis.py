"""The prestador's first page of appeals: everything that can be appealed against."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import inteiro
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from demonstrativos.analise.models import Glosa
from demonstrativos.recursos import preparo
from demonstrativos.recursos.consultas import (
    ORDENS_DAS_GLOSAS,
    glosas_filtradas,
    listar_glosas,
    ordenar,
)
from demonstrativos.recursos.enderecos import que_nomeia
from demonstrativos.recursos.forms import FiltrosDeGlosas
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.palavras import descricoes_de
from demonstrativos.recursos.portas import ids_de
from demonstrativos.recursos.prazos import prazo_ate
from demonstrativos.recursos.preparo import Pedido
from demonstrativos.recursos.recorriveis import recorriveis

PRESTADOR = Organizacao.Tipo.PRESTADOR
MAIS_DE_UMA_VEZ = 5_000
"""Glosas that are put into drafts at once."""
COLUNAS = (
    Coluna("Nº da glosa", 12),
    Coluna("Operadora", 24),
    Coluna("Protocolo", 14),
    Coluna("Lote do prestador", 18),
    Coluna("Guia do prestador", 22),
    Coluna("Carteira", 22),
    Coluna("Data", 12),
    Coluna("Item", 7),
    Coluna("Tabela", 8),
    Coluna("Procedimento", 14),
    Coluna("Descrição", 44),
    Coluna("Código da glosa", 10),
    Coluna("Descrição da glosa", 44),
    Coluna("Motivo da operadora", 44),
    Coluna("Valor da glosa"),
    Coluna("Recorrer até", 13),
    Coluna("Valor recursado", 16),
    Coluna("Justificativa", 60),
)
"""The headings that the import reads back: the first and the last two; the others are for people."""


@require_GET
@exige(Permissao.RECURSO_VER, de=PRESTADOR)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """Glosas by the end of their term, to be chosen and appealed against."""
    filtros, glosas = _filtradas(request, request.GET)
    achadas = listar_glosas(glosas, request.GET.get("ordem", ""), request.GET.get("pagina"))
    linhas = list(achadas.pagina)
    contexto = {
        "filtros": filtros,
        "lista": achadas,
        "linhas": [(glosa, prazo_ate(glosa.limite)) for glosa in linhas],
        "descricoes": descricoes_de(glosa.codigo for glosa in linhas),
        "ordem": achadas.ordem,
        "pode_fazer": request.vinculo.pode(Permissao.RECURSO_FAZER),
        "mais_de_uma_vez": MAIS_DE_UMA_VEZ,
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"recursos/recorriveis.html{parte}", contexto)


@require_GET
@exige(Permissao.RECURSO_VER, de=PRESTADOR)
def em_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The whole result as a spreadsheet, to be filled in and brought back."""
    _, glosas = _filtradas(request, request.GET)
    ordenadas, _ = ordenar(glosas, ORDENS_DAS_GLOSAS, request.GET.get("ordem", ""), "prazo")
    registrar_acesso(request, "glosa", 0, "exportar lista")
    arquivo = planilha.escrever("Glosas a recorrer", COLUNAS, _linhas(ordenadas))
    return anexo(arquivo, f"glosas-a-recorrer-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


@require_POST
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def incluir(request: Requisicao, slug: str) -> HttpResponse:
    """Put the chosen glosas, or all that the filters leave, into drafts: one a protocol."""
    escolhidas = _escolhidas(request)
    if not escolhidas:
        messages.warning(request, "Nenhuma glosa foi escolhida. Marque ao menos uma na lista.")
        return redirect("recursos:lista", slug=slug)
    if len(escolhidas) > MAIS_DE_UMA_VEZ:
        messages.error(
            request,
            f"São {inteiro(len(escolhidas))} glosas, e de uma vez cabem {inteiro(MAIS_DE_UMA_VEZ)}. "
            "Filtre por operadora ou código e inclua por partes.",
        )
        return redirect("recursos:lista", slug=slug)
    try:
        recursos = preparo.incluir(
            prestador=request.organizacao, pedidos=dict.fromkeys(escolhidas, Pedido()), por=request.user
        )
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
        return redirect("recursos:lista", slug=slug)
    return _ir_a(request, recursos, len(escolhidas))


def _ir_a(request: Requisicao, recursos: list[Recurso], glosas: int) -> HttpResponse:
    slug = request.organizacao.slug
    quantas = "1 glosa incluída" if glosas == 1 else f"{inteiro(glosas)} glosas incluídas"
    if len(recursos) == 1:
        messages.success(request, f"{quantas} no recurso {recursos[0].numero_do_prestador}. Falta justificar e enviar.")
        return redirect("recursos:recurso", slug=slug, pk=recursos[0].pk)
    messages.success(request, f"{quantas} em {len(recursos)} recursos, um por protocolo. Falta justificar e enviar.")
    todas = reverse("recursos:justificativas", args=[slug])
    return redirect(que_nomeia("recursos:justificativas", slug, recursos, se_muitos=todas))


def _escolhidas(request: Requisicao) -> set[int]:
    if not request.POST.get("todas"):
        return ids_de(request.POST.getlist("glosa"))
    filtros, glosas = _filtradas(request, QueryDict(request.POST.get("filtros", "")))
    if not filtros.is_valid():
        return set()
    return set(glosas.order_by().values_list("pk", flat=True)[: MAIS_DE_UMA_VEZ + 1])


def _filtradas(request: Requisicao, endereco: QueryDict) -> tuple[FiltrosDeGlosas, QuerySet[Glosa]]:
    """The form and what it leaves: nothing, while a filter is wrong."""
    filtros = FiltrosDeGlosas(endereco, request.organizacao)
    if not filtros.is_valid():
        return filtros, recorriveis(request.organizacao).none()
    return filtros, glosas_filtradas(request.organizacao, filtros.cleaned_data)


def _linhas(glosas: QuerySet[Glosa]) -> Iterator[tuple[Any, ...]]:
    descricoes = descricoes_de(glosas.order_by().values_list("codigo", flat=True).distinct())
    for glosa in glosas.iterator(chunk_size=2_000):
        protocolo, guia, item = glosa.analise.protocolo, glosa.guia.guia, glosa.item.item
        yield (
            glosa.pk,
            glosa.operadora.rotulo,
            protocolo.numero,
            protocolo.lote.numero_do_prestador,
            guia.numero_do_prestador,
            guia.numero_carteira,
            item.data,
            item.posicao,
            item.tabela,
            item.codigo,
            item.descricao,
            glosa.codigo,
            descricoes.get(glosa.codigo, ""),
            glosa.motivo,
            glosa.recorrivel,  # type: ignore[attr-defined]
            glosa.limite,  # type: ignore[attr-defined]
            None,
            None,
        )
