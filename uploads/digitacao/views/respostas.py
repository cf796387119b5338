"""Answers to what is done with a guide beside its form: JSON for the script, else the page again."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect

from conecta.contas.acesso import Requisicao
from conecta.erros import ErroDeNegocio
from uploads.digitacao.juizo import de_json
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_avisos import da_pendencia, pendencias_da_guia
from uploads.digitacao.passo_criticas import mostrada

_JSON: Final = "application/json"


def feito(request: Requisicao, guia: GuiaDigitada, dito: str) -> HttpResponse:
    """What was done, and the findings as they are now."""
    if not _quer_json(request):
        messages.success(request, dito)
        return _pagina(guia)
    return JsonResponse(
        {
            "frase": dito,
            "situacao": guia.situacao,
            "criticas": [mostrada(guia, critica) for critica in de_json(guia.criticas)],
            "avisos": [da_pendencia(pendencia) for pendencia in pendencias_da_guia(guia)],
        }
    )


def recusado(request: Requisicao, guia: GuiaDigitada, erro: ErroDeNegocio) -> HttpResponse:
    """Why it was not done."""
    if not _quer_json(request):
        messages.error(request, erro.frase)
        return _pagina(guia)
    return JsonResponse({"frase": erro.frase}, status=409)


def _quer_json(request: Requisicao) -> bool:
    return _JSON in request.headers.get("Accept", "")


def _pagina(guia: GuiaDigitada) -> HttpResponse:
    return redirect("digitacao:guia", slug=guia.prestador.slug, pk=guia.pk)
