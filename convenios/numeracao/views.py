"""Ranges of numbers of a convênio: registered by the prestador, or given to it by the operadora."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.abas_do_convenio import ABAS
from convenios.camadas import do_prestador
from convenios.contrato.portas import contrato_de
from convenios.models import Convenio, Credenciamento
from convenios.numeracao.forms import FaixaForm, NovaFaixaForm
from convenios.numeracao.models import FaixaDeNumeracao
from convenios.numeracao.numeros import perto_do_fim
from convenios.numeracao.transicoes import mudar_faixa, registrar_faixa, retirar_faixa

PRESTADOR, OPERADORA = Organizacao.Tipo.PRESTADOR, Organizacao.Tipo.OPERADORA
_PERMISSAO = {PRESTADOR: Permissao.CONVENIO_ESCOLHER, OPERADORA: Permissao.CONVENIO_MUDAR}


@require_GET
@exige(Permissao.CONVENIO_VER)
def faixas(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """The ranges; `?faixa=` opens one of them to be changed."""
    credenciamento, convenio = contrato_de(request, pk, codigo)
    aberta = _faixa(request, credenciamento, convenio, request.GET.get("faixa"))
    return _pagina(request, credenciamento, convenio, aberta=aberta)


@require_POST
@exige(Permissao.CONVENIO_ESCOLHER, de=PRESTADOR)
def registrar(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """A range of the prestador's own."""
    return _registrar(request, pk, codigo)


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def dar(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """A range that the operadora gives."""
    return _registrar(request, pk, codigo)


@require_POST
@exige(Permissao.CONVENIO_ESCOLHER, de=PRESTADOR)
def mudar(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """Change or remove a range of the prestador's own."""
    return _mudar(request, pk, codigo)


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def mudar_dada(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """Change or take back a range that the operadora gave."""
    return _mudar(request, pk, codigo)


def _registrar(request: Requisicao, pk: int, codigo: int) -> HttpResponse:
    credenciamento, convenio = contrato_de(request, pk, codigo)
    form = NovaFaixaForm(request.POST)
    if form.is_valid():
        try:
            faixa = registrar_faixa(
                credenciamento=credenciamento,
                convenio=convenio,
                tipo=FaixaDeNumeracao.Tipo(form.cleaned_data["tipo"]),
                de=form.cleaned_data["de"],
                ate=form.cleaned_data["ate"],
                automatica=form.cleaned_data["automatica"],
                autor=request.organizacao,
                por=request.user,
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Faixa registrada: {faixa.get_tipo_display()}, de {faixa.de} a {faixa.ate}.")
            return _voltar(request, pk, codigo)
    return _pagina(request, credenciamento, convenio, nova=form)


def _mudar(request: Requisicao, pk: int, codigo: int) -> HttpResponse:
    credenciamento, convenio = contrato_de(request, pk, codigo)
    faixa = _faixa(request, credenciamento, convenio, request.POST.get("faixa"))
    if faixa is None:
        messages.error(request, "Esta faixa não existe mais. Confira a lista.")
        return _voltar(request, pk, codigo)
    if "retirar" in request.POST:
        return _retirar(request, faixa, pk, codigo)
    form = FaixaForm(request.POST)
    if form.is_valid():
        try:
            mudada = mudar_faixa(faixa=faixa, autor=request.organizacao, por=request.user, **form.cleaned_data)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Faixa mudada: até {mudada.ate}, próximo número {mudada.atual}.")
            return _voltar(request, pk, codigo)
    return _pagina(request, credenciamento, convenio, aberta=faixa, form=form)


def _retirar(request: Requisicao, faixa: FaixaDeNumeracao, pk: int, codigo: int) -> HttpResponse:
    try:
        retirar_faixa(faixa=faixa, autor=request.organizacao, por=request.user)
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        messages.success(request, f"Faixa de {faixa.de} a {faixa.ate} retirada.")
    return _voltar(request, pk, codigo)


def _voltar(request: Requisicao, pk: int, codigo: int) -> HttpResponse:
    return redirect("numeracao:faixas", slug=request.organizacao.slug, pk=pk, codigo=codigo)


def _faixa(
    request: Requisicao, credenciamento: Credenciamento, convenio: Convenio, escolhida: str | None
) -> FaixaDeNumeracao | None:
    """The range chosen, if this side may change it."""
    dela = _faixas(credenciamento, convenio).filter(autor=request.organizacao.tipo)
    return next((faixa for faixa in dela if str(faixa.pk) == escolhida), None)


def _faixas(credenciamento: Credenciamento, convenio: Convenio) -> Any:
    return FaixaDeNumeracao.objects.filter(
        prestador=credenciamento.prestador_id, operadora=credenciamento.operadora_id, convenio=convenio
    ).select_related("convenio")


def _inicial(faixa: FaixaDeNumeracao) -> dict[str, Any]:
    return {"ate": faixa.ate, "atual": faixa.atual, "automatica": faixa.automatica}


def _pagina(
    request: Requisicao,
    credenciamento: Credenciamento,
    convenio: Convenio,
    *,
    nova: NovaFaixaForm | None = None,
    aberta: FaixaDeNumeracao | None = None,
    form: FaixaForm | None = None,
) -> HttpResponse:
    organizacao = request.organizacao
    lista = list(_faixas(credenciamento, convenio))
    usada = (form or FaixaForm(initial=_inicial(aberta))) if aberta else (nova or NovaFaixaForm())
    regras = do_prestador(convenio, credenciamento).regras
    contexto = {
        "credenciamento": credenciamento,
        "convenio": convenio,
        "faixas": lista,
        "fins": perto_do_fim(lista),
        "mascara": regras.mascara_da_guia,
        "muda": request.vinculo.pode(_PERMISSAO[Organizacao.Tipo(organizacao.tipo)]),
        "abas": ABAS,
        "aberta": aberta,
        "form": usada,
    }
    return render(request, "convenios/numeracao.html", contexto, status=422 if usada.errors else 200)
