"""*Digitar Guia*: by which convênio and of which type."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads.digitacao import transicoes
from uploads.digitacao.forms import NovaGuiaForm
from uploads.digitacao.retomada import inacabadas, ultima_escolha


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
def nova(request: Requisicao, slug: str) -> HttpResponse:
    """Choose convênio and type; then the form of that guide."""
    inicial = ultima_escolha(request.organizacao, request.user)
    form = NovaGuiaForm(request.POST or None, prestador=request.organizacao, initial=inicial)
    if request.method != "POST" or not form.is_valid():
        contexto = {"form": form, "inacabadas": inacabadas(request.organizacao, request.user)}
        return render(request, "digitacao/nova.html", contexto, status=422 if form.errors else 200)
    guia = transicoes.abrir_nova(prestador=request.organizacao, por=request.user, **form.cleaned_data)
    return redirect("digitacao:guia", slug=slug, pk=guia.pk)
