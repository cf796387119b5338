"""The help of a form: what each of its fields takes."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from tiss_schemas.fichas import ficha_de
from uploads.digitacao.ajuda import ajuda_da_ficha
from uploads.digitacao.portas import guia_digitada_de


@require_safe
@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
def ajuda(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """All fields of the guide's form, each under the id that the numbers of the form lead to."""
    guia = guia_digitada_de(request, pk)
    contexto = {
        "guia": guia,
        "ficha": ficha_de(guia.versao_tiss, guia.tipo),
        "blocos": ajuda_da_ficha(guia.versao_tiss, guia.tipo),
    }
    return render(request, "digitacao/ajuda.html", contexto)
