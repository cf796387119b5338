"""An operadora's own codes: the list, a new one, and one that is there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.texto import para_busca
from convenios.models import TermoProprio
from convenios.terminologia_forms import FiltroDeProprios, TermoProprioForm
from convenios.terminologia_propria import criar_termo, mudar_termo, ultimo_periodo

OPERADORA = Organizacao.Tipo.OPERADORA
_POR_PAGINA = 50


@require_GET
@exige(Permissao.TERMINOLOGIA_VER, de=OPERADORA)
def proprios(request: Requisicao, slug: str) -> HttpResponse:
    """The operadora's own codes, as far as the filter leaves them."""
    filtro = FiltroDeProprios(request.GET)
    todos = TermoProprio.objects.filter(operadora=request.organizacao)
    achados = _filtrados(todos, filtro.cleaned_data) if filtro.is_valid() else todos.none()
    contexto = {
        "filtro": filtro,
        "pagina": Paginator(achados, _POR_PAGINA).get_page(request.GET.get("pagina")),
        "filtrou": any(request.GET.get(nome) for nome in filtro.fields),
        "hoje": timezone.localdate(),
        "muda": request.vinculo.pode(Permissao.TERMINOLOGIA_MUDAR),
        "importa": request.vinculo.pode(Permissao.IMPORTAR),
    }
    return render(request, "convenios/terminologia/proprios.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.TERMINOLOGIA_MUDAR, de=OPERADORA)
def novo(request: Requisicao, slug: str) -> HttpResponse:
    """Register a code, or a further period of one."""
    form = TermoProprioForm(request.POST or None, initial={"vigencia_inicio": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            criado = criar_termo(operadora=request.organizacao, valores=form.cleaned_data, por=request.user)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Código {criado.codigo} da tabela {criado.tabela} cadastrado.")
            return redirect("terminologia:proprios", slug=slug)
    return _pagina(request, {"form": form, "termo": None})


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.TERMINOLOGIA_MUDAR, de=OPERADORA)
def proprio(request: Requisicao, slug: str, tabela: str, termo: str) -> HttpResponse:
    """Change the latest period of a code."""
    atual = ultimo_periodo(request.organizacao, tabela, termo)
    if atual is None:
        raise Http404("termo próprio")
    form = TermoProprioForm(request.POST or None, instance=atual)
    if request.method == "POST" and form.is_valid():
        try:
            mudar_termo(termo=atual, valores=form.cleaned_data, por=request.user)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Código {termo} da tabela {tabela} salvo. Vale para os próximos arquivos.")
            return redirect("terminologia:proprios", slug=slug)
    return _pagina(request, {"form": form, "termo": atual})


def _pagina(request: Requisicao, contexto: dict[str, Any]) -> HttpResponse:
    situacao = 422 if contexto["form"].errors else 200
    return render(request, "convenios/terminologia/proprio.html", contexto, status=situacao)


def _filtrados(todos: QuerySet[TermoProprio], criterios: dict[str, Any]) -> QuerySet[TermoProprio]:
    if criterios["tabela"]:
        todos = todos.filter(tabela=criterios["tabela"])
    if procurado := criterios["q"].strip():
        palavras = Q()
        for palavra in para_busca(procurado).split():
            palavras &= Q(descricao_busca__contains=palavra)
        todos = todos.filter(palavras | Q(codigo__istartswith=procurado))
    return todos.order_by("tabela", "codigo", "-vigencia_inicio")
