"""Downloading the Capa do Lote, on both sides of the envio."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.pdf import PdfIndisponivel
from conecta.respostas import anexo
from lotes.capa import capa_do_lote
from lotes.estados import SituacaoDoLote
from lotes.models import Lote
from lotes.portas import lote_de, protocolo_de

PDF = "application/pdf"


@require_GET
@exige(Permissao.LOTE_VER, de=Organizacao.Tipo.PRESTADOR)
def capa(request: Requisicao, slug: str, pk: int) -> HttpResponseBase:
    """*Capa do Lote*, for the prestador that sent it. 409 with the next step while it was not sent."""
    lote = lote_de(request, pk)
    voltar = reverse("lotes:lote", args=[slug, pk])
    if lote.situacao != SituacaoDoLote.ENVIADO:
        return _sem_capa(request, lote, voltar, status=409)
    return _baixar(request, lote, voltar)


@require_GET
@exige(Permissao.PROTOCOLO_VER, de=Organizacao.Tipo.OPERADORA)
def capa_do_protocolo(request: Requisicao, slug: str, pk: int) -> HttpResponseBase:
    """*Capa do Lote* of a received protocol, for its operadora."""
    protocolo = protocolo_de(request, pk)
    return _baixar(request, protocolo.lote, reverse("lotes:protocolo", args=[slug, pk]))


def _baixar(request: Requisicao, lote: Lote, voltar: str) -> HttpResponseBase:
    try:
        dados = capa_do_lote(lote)
    except PdfIndisponivel as falta:
        return _sem_capa(request, lote, voltar, status=503, motivo=falta.motivo)
    registrar_acesso(request, "lote", lote.pk, "baixar capa")
    return anexo(dados, f"capa-lote-{lote.numero}.pdf", PDF)


def _sem_capa(request: Requisicao, lote: Lote, voltar: str, *, status: int, motivo: str = "") -> HttpResponse:
    """The page that says why there is no cover and what to do. `motivo`: what the installation lacks."""
    contexto = {"lote": lote, "voltar": voltar, "motivo": motivo}
    return render(request, "documentos/sem_capa.html", contexto, status=status)
