"""What the gestor decides about the analysis."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from demonstrativos.analise.criacao import gravar_parametros, parametros_de
from demonstrativos.analise.forms import ParametrosDaAnaliseForm

OPERADORA = Organizacao.Tipo.OPERADORA


@require_http_methods(["GET", "POST"])
@exige(Permissao.ANALISE_AJUSTAR, de=OPERADORA)
def parametros(request: Requisicao, slug: str) -> HttpResponse:
    """The operadora's settings of the analysis."""
    atuais = parametros_de(request.organizacao)
    form = ParametrosDaAnaliseForm(request.POST if request.method == "POST" else None, instance=atuais)
    if not form.is_bound:
        return render(request, "analise/parametros.html", {"form": form})
    if not form.is_valid():
        return render(request, "analise/parametros.html", {"form": form}, status=422)
    gravar_parametros(operadora=request.organizacao, **form.cleaned_data)
    messages.success(request, "Parâmetros da análise salvos.")
    return redirect("analise:parametros", slug=slug)
