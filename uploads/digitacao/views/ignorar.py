"""Ignoring a finding while typing."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from uploads.digitacao import ignorar as decisoes
from uploads.digitacao.portas import guia_digitada_de
from uploads.digitacao.views.respostas import feito, recusado


@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
@require_POST
def ignorar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Ignore what `regra` found at the control `campo` with a `justificativa`, or, with `desfazer`, take that back."""
    guia = guia_digitada_de(request, pk)
    regra, controle = request.POST.get("regra", ""), request.POST.get("campo", "")
    try:
        if "desfazer" in request.POST:
            guia = decisoes.voltar_a_valer(guia=guia, regra=regra, controle=controle, por=request.user)
            dito = "A crítica voltou a valer."
        else:
            guia = decisoes.ignorar(
                guia=guia,
                regra=regra,
                controle=controle,
                justificativa=request.POST.get("justificativa", ""),
                por=request.user,
            )
            dito = "Crítica ignorada, com a sua justificativa."
    except ErroDeNegocio as erro:
        return recusado(request, guia, erro)
    return feito(request, guia, dito)
