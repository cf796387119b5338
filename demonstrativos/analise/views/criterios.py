"""The catalogue of criteria of the automatic pass: what each looks for, does and came to; and asking for a pass."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.analise.acoes_da_mesa import numero
from demonstrativos.analise.codigos import descricoes
from demonstrativos.analise.conferencia import conferir_de_novo
from demonstrativos.analise.conferencia_ajustes import DIAS, ajustado_de, ajustar, linhas_de
from demonstrativos.analise.criterios import CRITERIOS
from demonstrativos.analise.forms_criterios import CriterioForm
from demonstrativos.analise.portas import analise_do
from lotes.portas import protocolo_de

OPERADORA = Organizacao.Tipo.OPERADORA


@require_GET
@exige(Permissao.ANALISE_AJUSTAR, de=OPERADORA)
def criterios(request: Requisicao, slug: str) -> HttpResponse:
    """Every criterion, in order of precedence, with what it did lately."""
    linhas = linhas_de(request.organizacao)
    codigos = {linha.ajustado.codigo or linha.ajustado.criterio.codigo for linha in linhas}
    contexto = {"linhas": linhas, "dias": DIAS, "descricoes": descricoes(codigos)}
    return render(request, "analise/criterios.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.ANALISE_AJUSTAR, de=OPERADORA)
def criterio(request: Requisicao, slug: str, criterio: str) -> HttpResponse:
    """One criterion, and what it shall do."""
    catalogado = CRITERIOS.get(criterio)
    if catalogado is None:
        raise Http404
    ajustado = ajustado_de(request.organizacao, catalogado)
    form = CriterioForm(request.POST if request.method == "POST" else None, ajustado)
    if form.is_valid():
        try:
            ajustar(operadora=request.organizacao, criterio=criterio, **form.cleaned_data)
        except ErroDeNegocio as recusa:
            form.add_error("codigo" if "codigo" in form.fields else None, recusa.frase)
        else:
            messages.success(request, "Critério salvo. Vale para as conferências feitas a partir de agora.")
            return redirect("analise:criterios", slug=slug)
    contexto = {
        "form": form,
        "ajustado": ajustado,
        "criterio": catalogado,
        "descricoes": descricoes([catalogado.codigo]),
    }
    return render(request, "analise/criterio.html", contexto, status=422 if form.errors else 200)


@require_POST
@exige(Permissao.ANALISE_FAZER, de=OPERADORA)
def conferir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Ask for another pass over a protocol, and go back to the guide that the desk showed."""
    protocolo = protocolo_de(request, pk)
    analise = analise_do(protocolo)
    if analise is None:
        return redirect("analise:mesa", slug=slug, pk=pk)
    try:
        conferir_de_novo(analise=analise, por=request.user)
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        messages.success(request, "Conferência automática pedida. O resultado aparece aqui em alguns instantes.")
    posicao = numero(request.POST.get("guia", ""))
    return redirect(reverse("analise:mesa", args=[slug, pk]) + (f"?guia={posicao}" if posicao > 0 else ""))
