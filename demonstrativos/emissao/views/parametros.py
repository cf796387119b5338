"""From when on an operadora issues its statements."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from demonstrativos.emissao.forms import ParametrosForm
from demonstrativos.emissao.regras import gravar_parametros, parametros_de


@require_http_methods(["GET", "POST"])
@exige(Permissao.ANALISE_AJUSTAR, de=Organizacao.Tipo.OPERADORA)
def parametros(request: Requisicao, slug: str) -> HttpResponse:
    """The settings page."""
    form = ParametrosForm(request.POST or None, instance=parametros_de(request.organizacao))
    if request.method == "POST" and form.is_valid():
        gravar_parametros(operadora=request.organizacao, **form.cleaned_data)
        messages.success(request, "Parâmetros salvos. Valem para o que for pedido a partir de agora.")
        return redirect("emissao:parametros", slug=slug)
    return render(request, "emissao/parametros.html", {"form": form})
