"""Closing or sending many lots of the list: choose, confirm, read what became of each."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from lotes.models import Lote
from lotes.portas import lotes_de
from lotes.varios import ACOES, Acao, agir


@require_http_methods(["GET", "POST"])
@exige(Permissao.LOTE_MUDAR, de=Organizacao.Tipo.PRESTADOR)
def varios(request: Requisicao, slug: str, verbo: str) -> HttpResponse:
    """The page that asks for confirmation (GET), and the deed (POST)."""
    acao = _acao(request, verbo)
    pks = (request.POST if request.method == "POST" else request.GET).getlist("lote")
    if not pks:
        messages.warning(request, "Nenhum lote foi escolhido. Marque ao menos um na lista.")
        return redirect("lotes:pesquisa", slug=slug)
    lotes = lotes_de(request, pks)
    if request.method == "POST":
        return _feito(request, acao, lotes)
    servem = [lote for lote in lotes if acao.serve_a(lote)]
    contexto = {
        "acao": acao,
        "lotes": servem,
        "de_fora": [lote for lote in lotes if not acao.serve_a(lote)],
        "total": sum((lote.valor_informado for lote in servem), Decimal(0)),
        "guias": sum(lote.quantidade_de_guias for lote in servem),
    }
    return render(request, "lotes/varios.html", contexto)


def _acao(request: Requisicao, verbo: str) -> Acao:
    if (acao := ACOES.get(verbo)) is None:
        raise Http404("ação")
    if not request.vinculo.pode(acao.permissao):
        raise PermissionDenied(acao.permissao)
    return acao


def _feito(request: Requisicao, acao: Acao, lotes: list[Lote]) -> HttpResponse:
    resultado = agir(acao=acao, lotes=lotes, por=request.user)
    if resultado.feitos:
        s = "" if len(resultado.feitos) == 1 else "s"
        numeros = ", ".join(str(lote.numero) for lote in resultado.feitos)
        messages.success(request, f"{len(resultado.feitos)} lote{s} {acao.participio}{s}: {numeros}.")
    for recusa in resultado.recusas:
        messages.error(request, recusa)
    return redirect("lotes:pesquisa", slug=request.organizacao.slug)
