"""Price tables of the operadora: the list, each with its prices and portes, and its spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from convenios.precos.consultas import precos_filtrados, tabelas_filtradas
from convenios.precos.forms import FiltroDePrecos, FiltroDeTabelas, PorteForm, PrecoForm, TabelaForm
from convenios.precos.models import Preco, TabelaDePreco
from convenios.precos.portas import tabela_de
from convenios.precos.transicoes import gravar_porte, gravar_tabela, mudar_preco
from convenios.precos.views.comum import OPERADORA, filtros_de, muda, pagina_de

COLUNAS = (
    Coluna("Tabela TISS", 12),
    Coluna("Código"),
    Coluna("Descrição", 50),
    Coluna("Valor"),
    Coluna("Porte", 8),
    Coluna("Fração do porte"),
    Coluna("Custo operacional", 18),
    Coluna("Filme (m²)"),
    Coluna("Auxiliares"),
    Coluna("Porte anestésico", 18),
    Coluna("Início"),
    Coluna("Fim"),
)
"""Those of the file by which prices are imported: what is exported can be changed and brought back."""


@require_GET
@exige(Permissao.PRECO_VER, de=OPERADORA)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """Every table, as far as the filter leaves them."""
    filtro = FiltroDeTabelas(request.GET)
    tabelas = tabelas_filtradas(request.organizacao, filtros_de(filtro))
    contexto = {"filtro": filtro, "pagina": pagina_de(request, tabelas, filtro), "muda": muda(request)}
    return render(request, "convenios/precos/tabelas.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def nova(request: Requisicao, slug: str) -> HttpResponse:
    """Register a table."""
    return _formulario(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def mudar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change what a table is called, what it is worth in UCO, and when it holds."""
    return _formulario(request, tabela_de(request, pk))


@require_GET
@exige(Permissao.PRECO_VER, de=OPERADORA)
def tabela(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One table with its prices, and its portes where it has them."""
    return _pagina(request, tabela_de(request, pk), PorteForm())


@require_POST
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def porte(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Say what a porte is worth."""
    desta = tabela_de(request, pk)
    form = PorteForm(request.POST)
    if form.is_valid():
        try:
            gravado = gravar_porte(tabela=desta, por=request.user, **form.cleaned_data)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Porte {gravado.porte} salvo.")
            return redirect("precos:tabela", slug=slug, pk=pk)
    return _pagina(request, desta, form)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def preco(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """What a code costs from a day on (`?tabela_tiss=22&codigo=…`), with what it cost until then."""
    desta = tabela_de(request, pk)
    tabela_tiss, codigo = request.GET.get("tabela_tiss", "")[:2], request.GET.get("codigo", "")[:10]
    historia = _historia(desta, tabela_tiss, codigo)
    form = PrecoForm(request.POST or None, desta, initial=_de_partida(historia, tabela_tiss, codigo))
    if request.method == "POST" and form.is_valid():
        try:
            gravado = mudar_preco(tabela=desta, novos=form.cleaned_data, por=request.user)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Preço do código {gravado.codigo} salvo, a partir de {gravado.inicio:%d/%m/%Y}.")
            return redirect("precos:tabela", slug=slug, pk=pk)
    contexto = {"tabela": desta, "form": form, "historia": historia, "codigo": codigo}
    return render(request, "convenios/precos/preco.html", contexto, status=422 if form.errors else 200)


@require_GET
@exige(Permissao.PRECO_VER, de=OPERADORA)
def precos_xlsx(request: Requisicao, slug: str, pk: int) -> FileResponse | HttpResponse:
    """The prices that the filter leaves, as a spreadsheet that can be imported again."""
    desta = tabela_de(request, pk)
    precos = precos_filtrados(desta, filtros_de(FiltroDePrecos(request.GET)))
    arquivo = planilha.escrever("Preços", COLUNAS, _linhas(precos.iterator(chunk_size=2_000)))
    nome = f"precos-{slugify(str(desta))}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return anexo(arquivo, nome, XLSX)


def _formulario(request: Requisicao, desta: TabelaDePreco | None) -> HttpResponse:
    form = TabelaForm(request.POST or None, request.organizacao, instance=desta)
    if request.method == "POST" and form.is_valid():
        try:
            gravada = gravar_tabela(
                operadora=request.organizacao, tabela=desta, novos=form.cleaned_data, por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, "Tabela salva.")
            return redirect("precos:tabela", slug=request.organizacao.slug, pk=gravada.pk)
    contexto: dict[str, Any] = {"form": form, "tabela": desta}
    return render(request, "convenios/precos/tabela_form.html", contexto, status=422 if form.errors else 200)


def _pagina(request: Requisicao, desta: TabelaDePreco, form: forms.Form) -> HttpResponse:
    filtro = FiltroDePrecos(request.GET)
    de_portes = desta.tipo == TabelaDePreco.Tipo.PORTES
    contexto = {
        "tabela": desta,
        "filtro": filtro,
        "pagina": pagina_de(request, precos_filtrados(desta, filtros_de(filtro)), filtro),
        "de_portes": de_portes,
        "portes": desta.portes.all() if de_portes else (),
        "usada": desta.vinculos.exists(),
        "form": form,
        "muda": muda(request),
    }
    return render(request, "convenios/precos/tabela.html", contexto, status=422 if form.errors else 200)


def _historia(desta: TabelaDePreco, tabela_tiss: str, codigo: str) -> list[Preco]:
    if not codigo.isprintable() or not tabela_tiss.isprintable():
        return []
    return list(Preco.objects.filter(tabela=desta, tabela_tiss=tabela_tiss, codigo=codigo).order_by("-inicio"))


def _de_partida(historia: list[Preco], tabela_tiss: str, codigo: str) -> dict[str, Any]:
    """What the form begins with: the latest price of the code, from today on."""
    partida: dict[str, Any] = {"tabela_tiss": tabela_tiss, "codigo": codigo}
    if historia:
        campos = [nome for nome in PrecoForm.Meta.fields if nome not in ("inicio", "fim")]
        partida |= {nome: getattr(historia[0], nome) for nome in campos}
    return partida


def _linhas(precos: Iterator[Preco]) -> Iterator[tuple[Any, ...]]:
    for linha in precos:
        yield (
            linha.tabela_tiss,
            linha.codigo,
            linha.descricao,
            linha.valor,
            linha.porte,
            linha.fracao_do_porte if linha.porte else None,
            linha.custo_operacional or None,
            linha.filme_m2 or None,
            linha.numero_de_auxiliares,
            linha.porte_anestesico,
            linha.inicio,
            linha.fim,
        )
