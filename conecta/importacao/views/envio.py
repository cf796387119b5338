"""Bringing a file: the page of a layout, its model files, and the file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from conecta.importacao import modelos_de_arquivo, recepcao, transicoes
from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.layout import Layout
from conecta.importacao.portas import layout_pedido
from conecta.importacao.recepcao import NoDisco
from conecta.respostas import CSV, XLSX, anexo


# The token is in the body: reading it reads the file, so the upload handler has to be in place before. That is why the
# check is not the middleware's but that of the inner function.
@csrf_exempt
@exige(Permissao.IMPORTAR)
@require_http_methods(["GET", "HEAD", "POST"])
def nova(request: Requisicao, slug: str, layout: str) -> HttpResponse:
    """The page that takes a file of this kind, and the file."""
    manipulador = NoDisco(request)
    request.upload_handlers = [manipulador]
    return _nova(request, manipulador, layout_pedido(request, layout))


@csrf_protect
def _nova(request: Requisicao, manipulador: NoDisco, layout: Layout) -> HttpResponse:
    if request.method != "POST":
        return _pagina(request, layout, _formulario(layout, None, request))
    formulario = _formulario(layout, request.POST, request)
    try:
        arquivo = recepcao.receber(request, manipulador)
    except ArquivoRecusado as recusado:
        return _pagina(request, layout, formulario, recusado.frase)
    if not formulario.is_valid():
        return _pagina(request, layout, formulario)
    importacao = transicoes.incluir(
        organizacao=request.organizacao,
        layout=layout,
        opcoes=formulario.cleaned_data,
        nome=arquivo.name or "",
        tamanho=arquivo.size or 0,
        arquivo=arquivo,
        por=request.user,
    )
    return redirect("importacao:importacao", slug=request.organizacao.slug, pk=importacao.pk)


@exige(Permissao.IMPORTAR)
@require_GET
def modelo_xlsx(request: Requisicao, slug: str, layout: str) -> HttpResponse | FileResponse:
    """The model file as a workbook."""
    este = layout_pedido(request, layout)
    return anexo(modelos_de_arquivo.em_xlsx(este), f"modelo-{este.id}.xlsx", XLSX)


@exige(Permissao.IMPORTAR)
@require_GET
def modelo_csv(request: Requisicao, slug: str, layout: str) -> HttpResponse | FileResponse:
    """The model file as CSV."""
    este = layout_pedido(request, layout)
    return anexo(modelos_de_arquivo.em_csv(este), f"modelo-{este.id}.csv", CSV)


def _formulario(layout: Layout, dados: Any, request: Requisicao) -> forms.Form:
    """What is asked of a file; the address may begin it (`?tabela=7`)."""
    if layout.opcoes is None:
        return forms.Form(dados)
    return layout.opcoes(  # type: ignore[call-arg]
        dados, organizacao_id=request.organizacao.pk, initial=request.GET.dict()
    )


def _pagina(request: Requisicao, layout: Layout, formulario: forms.Form, recusa: str = "") -> HttpResponse:
    contexto = {"layout": layout, "form": formulario, "recusa": recusa, "limite": settings.LIMITE_DA_IMPORTACAO}
    return render(request, "importacao/nova.html", contexto, status=422 if recusa or formulario.errors else 200)
