"""Imports: their list, and one of them from its check to its result."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.importacao import progresso, transicoes
from conecta.importacao.estados import CANCELAVEIS, RECONFERIVEIS, Modo, SituacaoDaImportacao
from conecta.importacao.layout import layout_de
from conecta.importacao.models import Importacao, LinhaRuim
from conecta.importacao.portas import importacao_de, layouts_de
from conecta.respostas import XLSX, anexo

POR_PAGINA: Final = 50
MAIOR_PLANILHA: Final = 50_000
"""Bad lines that one workbook takes: more of them are mended at their source, not by hand."""


@exige(Permissao.IMPORTAR)
@require_GET
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """What can be imported here, and what was."""
    layouts = layouts_de(request)
    titulos = {layout.id: layout.titulo for layout in layouts}
    passadas = Importacao.objects.filter(organizacao=request.organizacao, layout__in=titulos).defer("amostra")
    pagina = Paginator(passadas.order_by("-criada_em", "-id"), POR_PAGINA).get_page(request.GET.get("pagina"))
    return render(request, "importacao/lista.html", {"layouts": layouts, "titulos": titulos, "pagina": pagina})


@exige(Permissao.IMPORTAR)
@require_GET
def detalhe(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One import: its progress, then what was found, then its result."""
    importacao = importacao_de(request, pk)
    if importacao.em_andamento:
        modelo = "importacao/andamento.html#andamento" if _pergunta(request) else "importacao/andamento.html"
        return render(request, modelo, _andamento(importacao))
    if _pergunta(request):
        resposta = HttpResponse(status=286)  # the script stops asking, and shows the whole page
        resposta["HX-Refresh"] = "true"
        return resposta
    registrar_acesso(request, "importacao", importacao.pk, "ver")
    return _pagina(request, importacao)


@exige(Permissao.IMPORTAR)
@require_POST
def gravar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Have the rows written: all of them, or the good ones."""
    importacao = importacao_de(request, pk)
    modo = Modo.BOAS if request.POST.get("modo") == Modo.BOAS else Modo.TUDO
    try:
        transicoes.pedir_gravacao(importacao_id=importacao.pk, modo=modo, por=request.user)
    except ErroDeNegocio as erro:
        return _pagina(request, importacao_de(request, pk), aviso=erro.frase)
    return redirect("importacao:importacao", slug=slug, pk=pk)


@exige(Permissao.IMPORTAR)
@require_POST
def reconferir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Check the same file again."""
    importacao = importacao_de(request, pk)
    try:
        transicoes.reconferir(importacao_id=importacao.pk, por=request.user)
    except ErroDeNegocio as erro:
        return _pagina(request, importacao_de(request, pk), aviso=erro.frase)
    return redirect("importacao:importacao", slug=slug, pk=pk)


@exige(Permissao.IMPORTAR)
@require_POST
def cancelar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Give it up."""
    importacao = importacao_de(request, pk)
    try:
        transicoes.cancelar(importacao_id=importacao.pk, por=request.user)
    except ErroDeNegocio as erro:
        return _pagina(request, importacao_de(request, pk), aviso=erro.frase)
    messages.success(request, f"A importação de “{importacao.nome}” foi cancelada. Nada foi gravado.")
    return redirect("importacao:lista", slug=slug)


@exige(Permissao.IMPORTAR)
@require_GET
def ruins_xlsx(request: Requisicao, slug: str, pk: int) -> HttpResponse | FileResponse:
    """The bad lines as a workbook with the file's own headings, to correct and to send."""
    importacao = importacao_de(request, pk)
    registrar_acesso(request, "importacao", importacao.pk, "baixar")
    colunas = [planilha.Coluna(titulo, 20) for titulo in importacao.titulos]
    ultimas = (planilha.Coluna("Linha no arquivo", 16), planilha.Coluna("O que corrigir", 80))
    arquivo = planilha.escrever("Linhas com erro", [*colunas, *ultimas], _para_corrigir(importacao))
    return anexo(arquivo, f"linhas-com-erro-{pk}.xlsx", XLSX)


def _para_corrigir(importacao: Importacao) -> Iterator[list[Any]]:
    largura = len(importacao.titulos)
    linhas = LinhaRuim.objects.filter(importacao=importacao)[:MAIOR_PLANILHA]
    for linha in linhas.iterator(chunk_size=2_000):
        celulas = [*linha.celulas, *[""] * largura][:largura]
        yield [*celulas, linha.numero, "; ".join(_em_palavras(erro) for erro in linha.erros)]


def _em_palavras(erro: dict[str, str]) -> str:
    return f"{erro['coluna']}: {erro['frase']}" if erro["coluna"] else erro["frase"]


def _pergunta(request: Requisicao) -> bool:
    return bool(request.htmx.target == "andamento")


def _andamento(importacao: Importacao) -> dict[str, Any]:
    gravando = importacao.situacao == SituacaoDaImportacao.GRAVANDO
    return {
        "importacao": importacao,
        "layout": layout_de(importacao.layout),
        "gravando": gravando,
        "feitas": progresso.linhas_feitas(importacao.pk),
        "total": (importacao.boas or 0) + (importacao.ruins or 0) + (importacao.puladas or 0) if gravando else 0,
    }


def _pagina(request: Requisicao, importacao: Importacao, aviso: str = "") -> HttpResponse:
    contexto = {
        "importacao": importacao,
        "layout": layout_de(importacao.layout),
        "aviso": aviso,
        "ruins": _ruins(request, importacao),
        "maior_planilha": MAIOR_PLANILHA,
        "decide": importacao.situacao == SituacaoDaImportacao.CONFERIDA,
        "concluida": importacao.situacao == SituacaoDaImportacao.CONCLUIDA,
        "cancela": importacao.situacao in CANCELAVEIS,
        "reconfere": importacao.situacao in RECONFERIVEIS and not importacao.limpa_em,
    }
    return render(request, "importacao/importacao.html", contexto, status=409 if aviso else 200)


def _ruins(request: Requisicao, importacao: Importacao) -> Page[LinhaRuim]:
    linhas = LinhaRuim.objects.filter(importacao=importacao)
    return Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina"))
