"""Addresses that name drafts. A server takes no endless one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from conecta.contas.acesso import Requisicao
from demonstrativos.recursos.models import Recurso

MAIS_NO_ENDERECO = 100
"""Drafts that an address names."""


def que_nomeia(nome: str, slug: str, recursos: Sequence[Recurso], *, se_muitos: str) -> str:
    """The page of that name about these drafts; of too many, `se_muitos`, which is about all drafts there are."""
    if len(recursos) > MAIS_NO_ENDERECO:
        return se_muitos
    consulta = urlencode({"recurso": [recurso.pk for recurso in recursos]}, doseq=True)
    return f"{reverse(nome, args=[slug])}?{consulta}"


def na_mesma_pagina(request: Requisicao, endereco: str) -> HttpResponseRedirect:
    """Back to that address, on the page of its list from which the form came."""
    pagina = request.GET.get("pagina", "")
    numero = int(pagina) if pagina.isascii() and pagina.isdigit() and len(pagina) <= 9 else 1
    return HttpResponseRedirect(f"{endereco}?pagina={numero}" if numero > 1 else endereco)
