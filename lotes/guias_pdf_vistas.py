"""Downloading guides as PDF."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.pdf import PdfIndisponivel
from conecta.respostas import anexo
from lotes.guias_do_lote import pdf_da_guia, pdf_do_lote
from lotes.portas import guia_de, lote_de

PDF = "application/pdf"


@require_GET
@exige(Permissao.LOTE_VER, de=Organizacao.Tipo.PRESTADOR)
def do_lote(request: Requisicao, slug: str, pk: int) -> HttpResponseBase:
    """All guides of a lot of the prestador in one PDF."""
    lote = lote_de(request, pk)
    voltar = reverse("lotes:lote", args=[slug, pk])
    resposta = baixar(request, lambda: pdf_do_lote(lote), f"guias-lote-{lote.numero}.pdf", voltar)
    registrar_acesso(request, "lote", lote.pk, "imprimir guias")
    return resposta


@require_GET
@exige(Permissao.LOTE_VER, de=Organizacao.Tipo.PRESTADOR)
def da_guia(request: Requisicao, slug: str, pk: int) -> HttpResponseBase:
    """One guide of a lot of the prestador."""
    guia = guia_de(request, pk)
    voltar = reverse("lotes:guia", args=[slug, pk])
    resposta = baixar(request, lambda: pdf_da_guia(guia), f"guia-{guia.pk}.pdf", voltar)
    registrar_acesso(request, "guia", guia.pk, "imprimir")
    return resposta


def baixar(request: Requisicao, desenhar: Callable[[], bytes], nome: str, voltar: str) -> HttpResponseBase:
    """The PDF under that name; the page that says why there is none: 409 for a refusal, 503 for an installation that
    cannot draw."""
    try:
        return anexo(desenhar(), nome, PDF)
    except ErroDeNegocio as recusa:
        return _sem_pdf(request, voltar, 409, recusa.frase)
    except PdfIndisponivel as falta:
        frase = (
            f"Esta instalação ainda não gera PDFs: {falta.motivo}. Nada se perdeu. Avise quem cuida da instalação; "
            "assim que isso estiver lá, as guias poderão ser impressas aqui."
        )
        return _sem_pdf(request, voltar, 503, frase)


def _sem_pdf(request: Requisicao, voltar: str, status: int, frase: str) -> HttpResponse:
    return render(request, "documentos/sem_guias.html", {"frase": frase, "voltar": voltar}, status=status)
