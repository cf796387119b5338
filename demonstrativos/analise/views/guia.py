"""A guide as a whole: every field of its XML, on its form."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from demonstrativos.analise.guia_inteira import ler_inteira
from lotes.guias_do_lote import pdf_da_guia
from lotes.guias_pdf_vistas import baixar
from lotes.portas import guia_de

OPERADORA = Organizacao.Tipo.OPERADORA


@require_GET
@exige(Permissao.ANALISE_VER, de=OPERADORA)
def guia(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Ver guia inteira*: what the prestador sent, block by block."""
    a_guia = guia_de(request, pk)
    registrar_acesso(request, "guia", a_guia.pk, "ver inteira")
    contexto = {
        "guia": a_guia,
        "lote": a_guia.lote,
        "protocolo": a_guia.lote.protocolo,
        "inteira": ler_inteira(a_guia, request.GET.get("pagina")),
    }
    return render(request, "analise/guia.html", contexto)


@require_GET
@exige(Permissao.ANALISE_VER, de=OPERADORA)
def guia_pdf(request: Requisicao, slug: str, pk: int) -> HttpResponseBase:
    """The guide on its printed form."""
    a_guia = guia_de(request, pk)
    registrar_acesso(request, "guia", a_guia.pk, "imprimir")
    voltar = reverse("analise:guia", args=[slug, pk])
    return baixar(request, lambda: pdf_da_guia(a_guia), f"guia-{a_guia.pk}.pdf", voltar)
