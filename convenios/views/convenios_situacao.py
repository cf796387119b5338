"""What is done to a convênio as a whole: principal, active or not."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.cadastro_do_convenio import ativar_convenio, desativar_convenio, tornar_principal
from convenios.portas_do_convenio import convenio_de

OPERADORA = Organizacao.Tipo.OPERADORA


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def principal(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Let it hold for guides whose beneficiário has no plano of another one."""
    feito = "{} é o convênio principal: vale para as guias sem plano de outro, a partir do próximo arquivo conferido."
    return _fazer(request, codigo, tornar_principal, feito)


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def ativar(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Bill by it again."""
    return _fazer(request, codigo, ativar_convenio, "{} ativado. Volta a valer nas datas do contrato.")


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def desativar(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Stop billing by it."""
    feito = "{} desativado. As guias dos planos dele passam a ser criticadas até você o ativar de novo."
    return _fazer(request, codigo, desativar_convenio, feito)


def _fazer(request: Requisicao, codigo: int, transicao: Callable[..., None], feito: str) -> HttpResponse:
    convenio = convenio_de(request, codigo)
    try:
        transicao(convenio=convenio, por=request.user)
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        messages.success(request, feito.format(convenio.nome))
    return redirect("convenios:convenio", slug=request.organizacao.slug, codigo=codigo)
