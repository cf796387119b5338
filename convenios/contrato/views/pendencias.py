"""Guides that wait for a laboratory: the prestador's list."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.contrato import pendencias as transicoes
from convenios.contrato.forms import PendenciaForm
from convenios.contrato.models import PendenciaDeExame
from convenios.contrato.portas import pendencia_de
from convenios.models import Convenio

PRESTADOR = Organizacao.Tipo.PRESTADOR
_POR_PAGINA = 50


@require_GET
@exige(Permissao.LOTE_VER, de=PRESTADOR)
def pendencias(request: Requisicao, slug: str) -> HttpResponse:
    """Those that are open, the newest first."""
    return _pagina(request, PendenciaForm(None, _convenios(request)))


@require_POST
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def marcar(request: Requisicao, slug: str) -> HttpResponse:
    """Mark guides by hand, or let a new list of the laboratory hold."""
    form = PendenciaForm(request.POST, _convenios(request))
    if not form.is_valid():
        return _pagina(request, form)
    dados = form.cleaned_data
    o_que = {"convenio": dados["convenio"], "numeros": dados["numeros"], "motivo": dados["motivo"]}
    if form.do_laboratorio:
        marcadas, retiradas = transicoes.receber_lista_do_laboratorio(
            prestador=request.organizacao, por=request.user, **o_que
        )
        messages.success(request, f"Lista registrada. Guias a mais: {marcadas}. Guias liberadas: {retiradas}.")
    else:
        marcadas = transicoes.marcar(prestador=request.organizacao, por=request.user, **o_que)
        messages.success(request, f"Guias marcadas: {marcadas}. As que já estavam marcadas continuam.")
    return redirect("contrato:pendencias", slug=slug)


@require_POST
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def retirar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Let a guide be billed again."""
    pendencia = pendencia_de(request, pk)
    try:
        transicoes.retirar(pendencia=pendencia, por=request.user)
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        messages.success(request, f"Pendência da guia {pendencia.numero_da_guia} retirada: ela já pode ser faturada.")
    return redirect("contrato:pendencias", slug=slug)


def _convenios(request: Requisicao) -> QuerySet[Convenio]:
    return (
        Convenio.objects.filter(operadora__credenciados__prestador=request.organizacao, ativo=True)
        .select_related("operadora")
        .order_by("operadora__sigla", "nome")
    )


def _pagina(request: Requisicao, form: PendenciaForm) -> HttpResponse:
    abertas = PendenciaDeExame.objects.filter(prestador=request.organizacao, retirada_em=None).select_related(
        "convenio"
    )
    contexto = {
        "form": form,
        "pagina": Paginator(abertas, _POR_PAGINA).get_page(request.GET.get("pagina")),
        "muda": request.vinculo.pode(Permissao.LOTE_MUDAR),
    }
    return render(request, "convenios/contrato_pendencias.html", contexto, status=422 if form.errors else 200)
