"""Where a protocol goes from the desk."""

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
from demonstrativos.analise import fila, situacao
from demonstrativos.analise.acoes_da_mesa import escrito, numero
from demonstrativos.analise.models import Analise
from demonstrativos.analise.portas import analise_do
from demonstrativos.analise.recusas import AnaliseFechada
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from lotes.portas import protocolo_de

OPERADORA = Organizacao.Tipo.OPERADORA


@require_POST
@exige(Permissao.ANALISE_FAZER, de=OPERADORA)
def comecar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Begin the analysis of a protocol that has none yet, and take it."""

    def _comecar(protocolo: Protocolo) -> str:
        mudado = avanco.avancar(
            protocolo=protocolo,
            para=SituacaoDoProtocolo.EM_ANALISE,
            por=request.user,
            visto=SituacaoDoProtocolo.ENVIADO,
        )
        analise = analise_do(mudado)
        assert analise is not None
        fila.atribuir(analises=[analise], responsavel=request.user, por=request.user)
        return f"Protocolo {mudado.numero} em análise, com você."

    return _fazer(request, pk, _comecar)


@require_POST
@exige(Permissao.PROTOCOLO_AVANCAR, de=OPERADORA)
def liberar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Liberar para faturamento*, as the person saw the guides."""

    def _liberar(protocolo: Protocolo) -> str:
        mudado = situacao.liberar(
            analise=_analise(protocolo), por=request.user, versao=_versao(request), nota=_texto(request, "nota")
        )
        return f"Protocolo {mudado.numero} liberado para faturamento. O prestador já vê o que foi decidido."

    return _fazer(request, pk, _liberar)


@require_POST
@exige(Permissao.PROTOCOLO_AVANCAR, de=OPERADORA)
def encerrar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Encerrar sem pagamento*, with its reason."""

    def _encerrar(protocolo: Protocolo) -> str:
        mudado = situacao.encerrar(
            analise=_analise(protocolo), por=request.user, motivo=_texto(request, "motivo"), versao=_versao(request)
        )
        return f"Protocolo {mudado.numero} encerrado sem pagamento. O prestador já pode ver."

    return _fazer(request, pk, _encerrar)


@require_POST
@exige(Permissao.PROTOCOLO_AVANCAR, de=OPERADORA)
def retomar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Go on with a protocol that waited for documents."""

    def _retomar(protocolo: Protocolo) -> str:
        mudado = situacao.retomar(protocolo=protocolo, por=request.user, nota=_texto(request, "nota"))
        return f"Análise do protocolo {mudado.numero} retomada."

    return _fazer(request, pk, _retomar)


@require_POST
@exige(Permissao.ANALISE_REABRIR, de=OPERADORA)
def reabrir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Open a released analysis again, with its reason."""

    def _reabrir(protocolo: Protocolo) -> str:
        mudado = situacao.reabrir(protocolo=protocolo, por=request.user, motivo=_texto(request, "motivo"))
        return f"Análise do protocolo {mudado.numero} reaberta. O prestador deixa de ver o que tinha sido decidido."

    return _fazer(request, pk, _reabrir)


def _fazer(request: Requisicao, pk: int, o_que: Callable[[Protocolo], str]) -> HttpResponse:
    """Do it and say what was done, or why it was not; back at the desk either way."""
    protocolo = protocolo_de(request, pk)
    try:
        messages.success(request, o_que(protocolo))
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
    return redirect("analise:mesa", slug=request.organizacao.slug, pk=protocolo.pk)


def _analise(protocolo: Protocolo) -> Analise:
    analise = analise_do(protocolo)
    if analise is None:
        raise AnaliseFechada(f"A análise do protocolo {protocolo.numero} ainda não começou.", protocolo)
    return analise


def _versao(request: Requisicao) -> int:
    return numero(request.POST.get("versao_inteira", ""))


def _texto(request: Requisicao, nome: str) -> str:
    return escrito(request.POST.get(nome, ""))[:500]
