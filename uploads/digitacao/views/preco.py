"""Why a line of a typed guide costs what it costs."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.portas import guia_digitada_de
from uploads.digitacao.precos import precificar


@require_GET
@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
def preco(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Each step of the price of `linha`, the name of a line as it was last kept; of a line without code, why none. A
    fragment: who opens the address itself is led to the form."""
    guia = guia_digitada_de(request, pk)
    if not request.htmx:
        return redirect("digitacao:guia", slug=slug, pk=pk)
    linha = request.GET.get("linha", "")
    preenchidos = precificar(guia, contrato_de(guia), guia.valores, [])
    resposta = preenchidos.respostas.get(linha)
    travado = any(caminho.startswith(linha) for caminho in preenchidos.travados)
    contexto = {"resposta": resposta, "travado": travado, "convenio": guia.convenio}
    return render(request, "digitacao/preco.html", contexto)
