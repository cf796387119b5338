"""Many protocols of the work list at once: those that are marked, or all that the filters found."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.analise import fila
from demonstrativos.analise.acoes_da_mesa import numeros
from demonstrativos.analise.forms_da_fila import AtribuirForm
from demonstrativos.analise.models import Analise
from demonstrativos.analise.pessoas import analistas_de
from demonstrativos.analise.views.lista import procurados
from lotes.models import Protocolo
from lotes.portas import protocolos_de
from lotes.views.protocolo import oferecer_avanco

OPERADORA = Organizacao.Tipo.OPERADORA
MAXIMO: Final = 2_000
"""Protocols of one action."""


class MuitosProtocolos(ErroDeNegocio):
    """More were chosen than one action takes."""


@require_POST
@exige(Permissao.PROTOCOLO_AVANCAR, de=OPERADORA)
def varios_avancar(request: Requisicao, slug: str) -> HttpResponse:
    """*Avançar situação* of the chosen: the page that asks where to."""
    try:
        escolhidos = _escolhidos(request)
    except MuitosProtocolos as erro:
        return _de_volta(request, erro.frase)
    return oferecer_avanco(request, escolhidos) if escolhidos else _de_volta(request)


@require_POST
@exige(Permissao.ANALISE_FAZER, de=OPERADORA)
def varios_atribuir(request: Requisicao, slug: str) -> HttpResponse:
    """Who analyses the chosen, in which order and by when: asked first, then (`salvar`) done to all or none."""
    try:
        escolhidos = _escolhidos(request)
    except MuitosProtocolos as erro:
        return _de_volta(request, erro.frase)
    if not escolhidos:
        return _de_volta(request)
    pessoas = analistas_de(request.organizacao)
    form = AtribuirForm(request.POST if "salvar" in request.POST else None, pessoas)
    analises = list(Analise.objects.filter(protocolo__in=[p.pk for p in escolhidos]))
    contexto = {"form": form, "escolhidos": escolhidos, "analises": analises}
    if not form.is_bound:
        return render(request, "analise/atribuir.html", contexto)
    if not form.is_valid():
        return render(request, "analise/atribuir.html", contexto, status=422)
    try:
        _atribuir(form, analises, request)
    except ErroDeNegocio as erro:
        return render(request, "analise/atribuir.html", contexto | {"recusa": erro.frase}, status=409)
    quantos = len(analises)
    messages.success(request, f"{quantos} protocolo{'' if quantos == 1 else 's'} mudado{'' if quantos == 1 else 's'}.")
    return redirect("analise:lista", slug=slug)


@transaction.atomic
def _atribuir(form: AtribuirForm, analises: list[Analise], request: Requisicao) -> None:
    dados = form.cleaned_data
    if form.muda_responsavel:
        fila.atribuir(analises=analises, responsavel=form.escolhido, por=request.user)
    if dados["prioridade"] is not None:
        fila.priorizar(analises=analises, prioridade=dados["prioridade"], por=request.user)
    if form.dia is not None:
        fila.mudar_prazo(analises=analises, prazo=form.dia, por=request.user)


def _escolhidos(request: Requisicao) -> list[Protocolo]:
    """Those in `protocolo`, many to a field; or, with `todos`, all that `filtros` find. Raises `MuitosProtocolos`."""
    if "todos" not in request.POST:
        ids = numeros(request.POST.getlist("protocolo"), MAXIMO + 1)
        _recusar_demais(len(ids))
        return protocolos_de(request, [str(pk) for pk in ids])
    _, achados = procurados(request, QueryDict(request.POST.get("filtros", "")))
    escolhidos = list(achados.select_related("lote", "prestador").order_by("numero")[: MAXIMO + 1])
    _recusar_demais(len(escolhidos))
    return escolhidos


def _recusar_demais(quantos: int) -> None:
    if quantos > MAXIMO:
        raise MuitosProtocolos(
            "São mais de 2.000 protocolos, mais do que uma ação comporta. Use um filtro, por exemplo o período, e faça "
            "em partes."
        )


def _de_volta(request: Requisicao, frase: str = "") -> HttpResponse:
    messages.warning(request, frase or "Nenhum protocolo foi escolhido. Marque ao menos um na lista.")
    return redirect("analise:lista", slug=request.organizacao.slug)
