"""Uploads › Arquivos."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads.consultas import ABAS, Aba, aba, contar_por_aba, filtrar
from uploads.forms import FiltroDeArquivos
from uploads.models import Arquivo
from uploads.models.arquivo import ArquivoQuerySet

POR_PAGINA = 50
PARAR_DE_PERGUNTAR = 286
"""What htmx takes as the last answer to a poll."""

_ORDENS = {
    "data": ("criado_em", "id"),
    "nome": ("nome_busca", "id"),
    "criticas": ("quantidade_de_criticas", "id"),
    "lote": ("numero_lote",),
}


@exige(Permissao.ARQUIVO_VER, de=Organizacao.Tipo.PRESTADOR)
@require_GET
def arquivos(request: Requisicao, slug: str) -> HttpResponse:
    """The history: three tabs, filters, one page of rows. A poll gets the list alone."""
    escolhida = aba(request.GET.get("aba"))
    filtro = FiltroDeArquivos(request.GET)
    pagina = Paginator(_lista(request, escolhida, filtro), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "aba": escolhida,
        "filtro": filtro,
        "pagina": pagina,
        "ordem": _ordem(request)[0],
        "corrige": request.vinculo.pode(Permissao.ARQUIVO_CORRIGIR),
        "processando": escolhida.id == "processamento" and bool(pagina.object_list),
    }
    if request.htmx.target == "lista":
        situacao = 200 if contexto["processando"] else PARAR_DE_PERGUNTAR
        return render(request, "uploads/arquivos.html#lista", contexto | _vazio(request, escolhida), status=situacao)
    return render(request, "uploads/arquivos.html", contexto | _abas(request) | _vazio(request, escolhida))


def _lista(request: Requisicao, escolhida: Aba, filtro: FiltroDeArquivos) -> ArquivoQuerySet:
    todos = Arquivo.objects.do_prestador(request.organizacao).filter(situacao__in=escolhida.situacoes)
    criterios: dict[str, Any] = filtro.cleaned_data if filtro.is_valid() else {}
    if escolhida.id == "processamento":
        # What is being worked on is shown whole: it is never old, and hiding it would look like a loss.
        criterios = {"nome": criterios.get("nome", "")}
    return filtrar(todos, **criterios).select_related("operadora").order_by(*_ordem(request)[1])


def _ordem(request: Requisicao) -> tuple[str, list[str]]:
    """The order in force, as in the address and as the database takes it; the newest first by default."""
    pedida = request.GET.get("ordem", "-data")
    nome = pedida.removeprefix("-")
    if nome not in _ORDENS:
        pedida, nome = "-data", "data"
    sinal = "-" if pedida.startswith("-") else ""
    return pedida, [f"{sinal}{campo}" for campo in _ORDENS[nome]]


def _abas(request: Requisicao) -> dict[str, Any]:
    contas = contar_por_aba(request.organizacao)
    return {"abas": [(cada, contas[cada.id]) for cada in ABAS]}


def _vazio(request: Requisicao, escolhida: Aba) -> dict[str, Any]:
    """Of an empty list: whether filters emptied it, and the last file that was judged, whose result is next."""
    filtrou = bool(request.GET.keys() & {"nome", "de", "ate"})
    return {"filtrou": filtrou, "ultimo": _ultimo(request) if escolhida.id == "processamento" else None}


def _ultimo(request: Requisicao) -> Arquivo | None:
    julgados = Arquivo.objects.do_prestador(request.organizacao).exclude(processado_em=None)
    return julgados.order_by("-criado_em", "-id").first()
