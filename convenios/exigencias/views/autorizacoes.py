"""Authorisations: the list and the page of each for both sides, and for the operadora to give and to cancel them."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.exigencias.consultas import autorizacoes_filtradas
from convenios.exigencias.forms_das_autorizacoes import (
    AutorizacaoForm,
    CancelamentoForm,
    ConferenciaForm,
    FiltroDeAutorizacoes,
    ItensForm,
)
from convenios.exigencias.models import Autorizacao, ConferenciaDeAutorizacoes
from convenios.exigencias.portas import autorizacao_de
from convenios.exigencias.transicoes import autorizar, cancelar, conferir_desde

OPERADORA = Organizacao.Tipo.OPERADORA
POR_PAGINA = 50


@require_GET
@exige(Permissao.CADASTRO_VER)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """Every authorisation given or received, as far as the filter leaves them."""
    filtro = FiltroDeAutorizacoes(request.GET, request.organizacao)
    hoje = timezone.localdate()
    certo = filtro.is_valid()
    autorizacoes = autorizacoes_filtradas(request.organizacao, filtro.cleaned_data if certo else {}, hoje)
    pagina = Paginator(autorizacoes if certo else autorizacoes.none(), POR_PAGINA).get_page(request.GET.get("pagina"))
    muda = _muda(request)
    contexto = {
        "filtro": filtro,
        "pagina": pagina,
        "hoje": hoje,
        "muda": muda,
        "conferencia": ConferenciaForm(instance=_conferencia(request.organizacao)) if muda else None,
    }
    return render(request, "convenios/exigencias/autorizacoes.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CADASTRO_MUDAR, de=OPERADORA)
def nova(request: Requisicao, slug: str) -> HttpResponse:
    """Give an authorisation."""
    form = AutorizacaoForm(request.POST or None, request.organizacao)
    itens = ItensForm(request.POST or None, prefix="itens")
    if request.method == "POST" and form.is_valid() and itens.is_valid():
        try:
            autorizacao = autorizar(
                operadora=request.organizacao, dados=form.cleaned_data, itens=itens.itens, por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, "Autorização registrada.")
            return redirect("exigencias:autorizacao", slug=slug, pk=autorizacao.pk)
    contexto = {"form": form, "itens": itens}
    errada = request.method == "POST"
    return render(request, "convenios/exigencias/autorizacao_nova.html", contexto, status=422 if errada else 200)


@require_GET
@exige(Permissao.CADASTRO_VER)
def autorizacao(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One authorisation with its items."""
    return _pagina(request, autorizacao_de(request, pk), CancelamentoForm())


@require_POST
@exige(Permissao.CADASTRO_MUDAR, de=OPERADORA)
def cancelar_autorizacao(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take an authorisation back."""
    desta = autorizacao_de(request, pk)
    form = CancelamentoForm(request.POST)
    if form.is_valid():
        try:
            cancelar(autorizacao=desta, motivo=form.cleaned_data["motivo"], por=request.user)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, "Autorização cancelada. Guia com ela é criticada a partir de agora (A04).")
            return redirect("exigencias:autorizacao", slug=slug, pk=pk)
    return _pagina(request, desta, form)


@require_POST
@exige(Permissao.CADASTRO_MUDAR, de=OPERADORA)
def conferir(request: Requisicao, slug: str) -> HttpResponse:
    """Say since when all authorisations are registered."""
    form = ConferenciaForm(request.POST, instance=_conferencia(request.organizacao))
    if form.is_valid():
        desde = form.cleaned_data["desde"]
        conferir_desde(operadora=request.organizacao, desde=desde, por=request.user)
        quando = f"conferidos a partir de {desde:%d/%m/%Y}" if desde else "aceitos sem conferir se estão no registro"
        messages.success(request, f"Senhas e números de guia passam a ser {quando}.")
    else:
        messages.error(request, f"Nada mudou. {form.errors['desde'][0]}")
    return redirect("exigencias:autorizacoes", slug=slug)


def _pagina(request: Requisicao, desta: Autorizacao, form: CancelamentoForm) -> HttpResponse:
    registrar_acesso(request, "autorizacao", desta.pk, "ver")
    contexto = {
        "autorizacao": desta,
        "itens": desta.itens.all(),
        "hoje": timezone.localdate(),
        "form": form if _muda(request) and desta.cancelada_em is None else None,
    }
    return render(request, "convenios/exigencias/autorizacao.html", contexto, status=422 if form.errors else 200)


def _conferencia(operadora: Organizacao) -> ConferenciaDeAutorizacoes:
    achada = ConferenciaDeAutorizacoes.objects.filter(operadora=operadora).first()
    return achada or ConferenciaDeAutorizacoes(operadora=operadora)


def _muda(request: Requisicao) -> bool:
    return request.organizacao.tipo == OPERADORA and request.vinculo.pode(Permissao.CADASTRO_MUDAR)
