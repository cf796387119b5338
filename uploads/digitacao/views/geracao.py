"""*Geração Automática*: what would be made, and making it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from lotes.models import Lote
from uploads.digitacao import geracao as geracoes
from uploads.digitacao.estados import SituacaoDaGeracao
from uploads.digitacao.forms_lotes import GeracaoForm
from uploads.digitacao.geracao_progresso import lotes_feitos
from uploads.digitacao.models import GeracaoDeLotes

PRESTADOR = Organizacao.Tipo.PRESTADOR


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def geracao(request: Requisicao, slug: str) -> HttpResponse:
    """Choose and see the plan (GET), and confirm it (POST): the lots are made, or a job is asked for many."""
    form = GeracaoForm(request.POST if request.method == "POST" else request.GET, prestador=request.organizacao)
    if not form.is_valid():
        return render(request, "digitacao/lote_geracao.html", {"form": form}, status=422)
    if request.method != "POST":
        return _pagina(request, form)
    try:
        return _gerar(request, form.escolha)
    except ErroDeNegocio as erro:
        return _pagina(request, form, erro.frase, 409)


@require_GET
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def gerada(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """How far a job is, and the lots that it made."""
    a_geracao = GeracaoDeLotes.objects.filter(prestador=request.organizacao, pk=pk).first()
    if a_geracao is None:
        raise Http404("geração")
    contexto = {
        "geracao": a_geracao,
        "anda": a_geracao.situacao == SituacaoDaGeracao.ESPERANDO,
        "feitos": lotes_feitos(pk),
        "lotes": Lote.objects.filter(pk__in=a_geracao.lotes).select_related("operadora", "convenio").order_by("pk"),
    }
    parte = "#andamento" if request.htmx.target == "andamento" else ""
    return render(request, f"digitacao/lote_gerada.html{parte}", contexto)


def _gerar(request: Requisicao, escolha: geracoes.Escolha) -> HttpResponse:
    slug, visto = request.organizacao.slug, request.POST.get("visto", "")
    plano = geracoes.planejar(request.organizacao, escolha)
    if plano.marca == visto and plano.quantas_guias > geracoes.DE_UMA_VEZ:
        pedida = geracoes.pedir(prestador=request.organizacao, escolha=escolha, plano=plano, por=request.user)
        return redirect("montagem:gerada", slug=slug, pk=pedida.pk)
    lotes = geracoes.gerar(prestador=request.organizacao, escolha=escolha, visto=visto, por=request.user)
    s = "" if len(lotes) == 1 else "s"
    numeros = ", ".join(str(lote.numero) for lote in lotes)
    messages.success(request, f"{len(lotes)} lote{s} aberto{s}: {numeros}. Confira e feche antes de enviar.")
    if len(lotes) == 1:
        return redirect("lotes:lote", slug=slug, pk=lotes[0].pk)
    return redirect("lotes:pesquisa", slug=slug)


def _pagina(request: Requisicao, form: GeracaoForm, recusa: str = "", status: int = 200) -> HttpResponse:
    contexto: dict[str, Any] = {
        "form": form,
        "plano": geracoes.planejar(request.organizacao, form.escolha),
        "de_uma_vez": geracoes.DE_UMA_VEZ,
        "recusa": recusa,
    }
    return render(request, "digitacao/lote_geracao.html", contexto, status=status)
