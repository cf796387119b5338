"""Downloading a typed guide as PDF."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from lotes.guias_pdf_vistas import baixar
from uploads.digitacao.impressao import pdf_da_guia
from uploads.digitacao.portas import guia_digitada_de


@require_GET
@exige(Permissao.GUIA_VER, de=Organizacao.Tipo.PRESTADOR)
def pdf(request: Requisicao, slug: str, pk: int) -> HttpResponseBase:
    """The guide on its form, as it is saved, with or without findings."""
    guia = guia_digitada_de(request, pk)
    voltar = reverse("digitacao:guia", args=[slug, pk])
    resposta = baixar(request, lambda: pdf_da_guia(guia), f"guia-{guia.pk}.pdf", voltar)
    registrar_acesso(request, "guia digitada", guia.pk, "imprimir")
    return resposta
