"""*Continuar em outra guia*: more exams than the convênio takes in one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from uploads.digitacao.divisao import dividir
from uploads.digitacao.portas import guia_digitada_de


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
def continuar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Leave in this guide what one guide may have, and open the next one with the rest."""
    guia = guia_digitada_de(request, pk)
    try:
        proxima = dividir(guia=guia, vista=guia.revisao, por=request.user)
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
        return redirect("digitacao:guia", slug=slug, pk=pk)
    messages.success(request, "O que passava do limite do convênio veio para esta guia. A anterior ficou com o resto.")
    return redirect("digitacao:guia", slug=slug, pk=proxima.pk)
