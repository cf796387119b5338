"""Statements that were issued: their list, and their files."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.respostas import CSV, XLSX, XML, anexo
from demonstrativos.emissao import arquivos, nomes
from demonstrativos.emissao.congelado import descongelar
from demonstrativos.emissao.consultas import andamento_de, filtrar_demonstrativos
from demonstrativos.emissao.forms import FiltrosDeEmitidos, NomeForm
from demonstrativos.emissao.models import Demonstrativo
from demonstrativos.emissao.pacote import COLUNAS, MAIS_DOCUMENTOS, com_arquivo, em_zip
from demonstrativos.emissao.portas import demonstrativo_de, demonstrativos_da, pedido_de

PDF = "application/pdf"
ZIP = "application/zip"
POR_PAGINA = 50
FORMATOS = ("pdf", "xml", "xlsx", "csv")


@require_GET
@exige(Permissao.DEMONSTRATIVO_VER)
def emitidos(request: Requisicao, slug: str) -> HttpResponse:
    """The list, newest first."""
    return _lista(request, NomeForm(initial={"padrao": nomes.padrao_de(request.organizacao, request.user)}))


def _lista(request: Requisicao, form: NomeForm) -> HttpResponse:
    filtros, achados = _filtrados(request)
    pagina = Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina"))
    padrao = nomes.padrao_de(request.organizacao, request.user)
    contexto = {"filtros": filtros, "pagina": pagina, "form_do_nome": form, "exemplo": nomes.exemplo(padrao)}
    return render(request, "emissao/emitidos.html", contexto)


def _filtrados(request: Requisicao) -> tuple[FiltrosDeEmitidos, QuerySet[Demonstrativo]]:
    """The form and what it leaves: nothing, while a filter is wrong."""
    filtros = FiltrosDeEmitidos(request.GET, request.organizacao)
    if not filtros.is_valid():
        return filtros, Demonstrativo.objects.none()
    return filtros, filtrar_demonstrativos(demonstrativos_da(request), filtros.cleaned_data).order_by(
        "-emitido_em", "-id"
    )


@require_POST
@exige(Permissao.DEMONSTRATIVO_VER)
def nomear(request: Requisicao, slug: str) -> HttpResponse:
    """Choose how downloaded files are called, for this person in this organisation."""
    form = NomeForm(request.POST)
    if not form.is_valid():
        return _lista(request, form)
    nomes.guardar_padrao(organizacao=request.organizacao, usuario=request.user, padrao=form.cleaned_data["padrao"])
    messages.success(
        request, f"Nome guardado. Um arquivo seu vai se chamar {nomes.exemplo(form.cleaned_data['padrao'])}."
    )
    return redirect("emissao:emitidos", slug=slug)


@require_GET
@exige(Permissao.DEMONSTRATIVO_VER)
def arquivo(request: Requisicao, slug: str, pk: int, formato: str) -> HttpResponseBase:
    """A statement as pdf, xml, xlsx or csv."""
    if formato not in FORMATOS:
        raise Http404(formato)
    demonstrativo = demonstrativo_de(request, pk)
    nome = nomes.nome_de(demonstrativo, nomes.padrao_de(request.organizacao, request.user), formato)
    registrar_acesso(request, "demonstrativo", demonstrativo.pk, f"baixar {formato}")
    if formato in COLUNAS:
        return _guardado(demonstrativo, formato, nome)
    valores = descongelar(bytes(demonstrativo.valores))
    if formato == "csv":
        return anexo(arquivos.em_csv(valores), nome, CSV)
    return anexo(arquivos.em_xlsx(demonstrativo, valores), nome, XLSX)


def _guardado(demonstrativo: Demonstrativo, formato: str, nome: str) -> HttpResponseBase:
    conteudo_id = getattr(demonstrativo, COLUNAS[formato])
    if conteudo_id is None:
        raise Http404(formato)
    return anexo(cofre.abrir(conteudo_id), nome, PDF if formato == "pdf" else XML)


@require_GET
@exige(Permissao.DEMONSTRATIVO_VER)
def baixar_emitidos(request: Requisicao, slug: str, formato: str) -> HttpResponseBase:
    """*Baixar todos*: what the filters of the list leave, as a ZIP."""
    _, achados = _filtrados(request)
    # One more than there may be, so that the refusal is told from a list cut short.
    return _em_zip(request, list(achados[: MAIS_DOCUMENTOS + 1]), formato, "emissao:emitidos", [slug])


@require_GET
@exige(Permissao.DEMONSTRATIVO_VER)
def baixar_pedido(request: Requisicao, slug: str, pk: int, formato: str) -> HttpResponseBase:
    """*Baixar todos*: the statements of a request, as a ZIP."""
    pedido = pedido_de(request, pk)
    return _em_zip(request, andamento_de(pedido).prontos, formato, "emissao:pedido", [slug, pk])


def _em_zip(
    request: Requisicao, todos: Sequence[Demonstrativo], formato: str, rota: str, partes: Sequence[object]
) -> HttpResponse | FileResponse:
    if formato not in COLUNAS:
        raise Http404(formato)
    try:
        dados = em_zip(todos, formato, nomes.padrao_de(request.organizacao, request.user))
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
        return redirect(f"{reverse(rota, args=partes)}?{request.GET.urlencode()}")
    for um in com_arquivo(todos, formato):
        registrar_acesso(request, "demonstrativo", um.pk, f"baixar {formato} em ZIP")
    return anexo(dados, f"demonstrativos-{formato}.zip", ZIP)
