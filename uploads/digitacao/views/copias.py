"""The same guide again, and the last one of a beneficiário."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from uploads.digitacao import copias
from uploads.digitacao.portas import guia_digitada_de
from uploads.digitacao.procuras_texto import codigo_em, limpo

_PRESTADOR: Final = Organizacao.Tipo.PRESTADOR
_DIGITOS: Final = 9


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=_PRESTADOR)
def duplicar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """A new guide like this one, open to be typed."""
    guia = guia_digitada_de(request, pk)
    registrar_acesso(request, "guia_digitada", guia.pk, "duplicar")
    try:
        copia = copias.duplicar(guia=guia, por=request.user)
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
        return redirect("digitacao:guia", slug=slug, pk=pk)
    messages.success(request, "Guia duplicada, sem número e sem autorização. Confira as datas.")
    return redirect("digitacao:guia", slug=slug, pk=copia.pk)


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=_PRESTADOR)
def repetir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Fill this guide in as the last one of `carteira` was; `revisao` is the one that the person saw."""
    guia = guia_digitada_de(request, pk)
    carteira = codigo_em(limpo(request.POST.get("carteira", ""))) or guia.numero_carteira
    registrar_acesso(request, "guia_digitada", guia.pk, "repetir")
    revisao = request.POST.get("revisao", "")
    vista = int(revisao) if revisao.isascii() and revisao.isdecimal() and len(revisao) <= _DIGITOS else guia.revisao
    try:
        feito = copias.repetir(guia=guia, carteira=carteira, vista=vista, por=request.user)
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
        return redirect("digitacao:guia", slug=slug, pk=pk)
    if feito is None:
        messages.warning(
            request, "Não há guia anterior deste beneficiário, do mesmo tipo e convênio. Digite esta por inteiro."
        )
    else:
        messages.success(request, f"Repetida a {feito[1].nome}, sem datas nem autorização.")
    return redirect("digitacao:guia", slug=slug, pk=pk)
