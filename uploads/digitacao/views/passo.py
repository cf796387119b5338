"""Autosave: each step of typing is kept, completed and judged."""

from __future__ import annotations

from typing import Final

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from uploads.digitacao.passo import dar_passo, resposta
from uploads.digitacao.portas import guia_digitada_de

_DIGITOS: Final = 9


@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
@require_POST
def passo(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The controls of the form as they are now; `mudou` names those that were just left, one a line."""
    guia = guia_digitada_de(request, pk)
    try:
        dado = dar_passo(
            guia=guia,
            enviado=request.POST.dict(),
            vista=vista_em(request),
            mudou=request.POST.get("mudou", ""),
            por=request.user,
        )
    except ErroDeNegocio as erro:
        return JsonResponse({"frase": erro.frase}, status=409)
    return JsonResponse(resposta(dado))


def vista_em(request: Requisicao) -> int:
    """The revision that the person saw; 0, which none is, where the form says none."""
    enviada = request.POST.get("revisao", "")
    return int(enviada) if enviada.isascii() and enviada.isdecimal() and len(enviada) <= _DIGITOS else 0
