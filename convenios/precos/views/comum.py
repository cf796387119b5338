"""What several screens of prices do alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from conecta.contas.acesso import Requisicao
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao

OPERADORA, PRESTADOR = Organizacao.Tipo.OPERADORA, Organizacao.Tipo.PRESTADOR
POR_PAGINA = 50


def pagina_de(request: Requisicao, linhas: QuerySet[Any], filtro: forms.Form) -> Page[Any]:
    """The page asked for of those rows: an empty one while a filter is wrong."""
    linhas = linhas if filtro.is_valid() else linhas.none()
    return Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina"))


def filtros_de(filtro: forms.Form) -> dict[str, Any]:
    """What the form filters by: nothing, while a filter is wrong."""
    return filtro.cleaned_data if filtro.is_valid() else {}


def muda(request: Requisicao) -> bool:
    """Whether whoever asks may change prices here."""
    return request.vinculo.pode(Permissao.PRECO_MUDAR)
