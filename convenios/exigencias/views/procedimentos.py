"""What is demanded of procedures: the list for both sides, and for the operadora its forms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.exigencias.consultas import exigencias_filtradas
from convenios.exigencias.forms import ExigenciaForm, FiltroDeExigencias
from convenios.exigencias.models import ExigenciaDoProcedimento
from convenios.exigencias.palavras import o_que_exige, onde_vale
from convenios.exigencias.portas import exigencia_de
from convenios.exigencias.transicoes import excluir_exigencia, gravar_exigencia

OPERADORA = Organizacao.Tipo.OPERADORA
POR_PAGINA = 50


@require_GET
@exige(Permissao.CADASTRO_VER)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """Every row, as far as the filter leaves them."""
    filtro = FiltroDeExigencias(request.GET, request.organizacao)
    certo = filtro.is_valid()
    exigencias = exigencias_filtradas(request.organizacao, filtro.cleaned_data if certo else {})
    pagina = Paginator(exigencias if certo else exigencias.none(), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "filtro": filtro,
        "pagina": pagina,
        "linhas": [(exigencia, onde_vale(exigencia), o_que_exige(exigencia)) for exigencia in pagina],
        "hoje": timezone.localdate(),
        "muda": _muda(request),
    }
    return render(request, "convenios/exigencias/procedimentos.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CADASTRO_MUDAR, de=OPERADORA)
def novo(request: Requisicao, slug: str) -> HttpResponse:
    """Demand something."""
    return _formulario(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CADASTRO_MUDAR, de=OPERADORA)
def mudar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change what is demanded."""
    return _formulario(request, exigencia_de(request, pk))


@require_POST
@exige(Permissao.CADASTRO_MUDAR, de=OPERADORA)
def excluir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take back what was demanded."""
    exigencia = exigencia_de(request, pk)
    excluir_exigencia(exigencia=exigencia, por=request.user)
    messages.success(request, f"Exigência para {onde_vale(exigencia)} da tabela {exigencia.tabela} excluída.")
    return redirect("exigencias:procedimentos", slug=slug)


def _formulario(request: Requisicao, exigencia: ExigenciaDoProcedimento | None) -> HttpResponse:
    form = ExigenciaForm(request.POST or None, request.organizacao, instance=exigencia)
    if request.method == "POST" and form.is_valid():
        try:
            gravada = gravar_exigencia(
                operadora=request.organizacao, exigencia=exigencia, novos=form.cleaned_data, por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Exigência salva. Vale para os itens a partir de {gravada.inicio:%d/%m/%Y}.")
            return redirect("exigencias:procedimentos", slug=request.organizacao.slug)
    contexto: dict[str, Any] = {"form": form, "exigencia": exigencia}
    return render(request, "convenios/exigencias/procedimento.html", contexto, status=422 if form.errors else 200)


def _muda(request: Requisicao) -> bool:
    return request.organizacao.tipo == OPERADORA and request.vinculo.pode(Permissao.CADASTRO_MUDAR)
