"""A lot on the prestador's side: what it is, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.respostas import XML, anexo
from convenios.calendario.palavras import momento
from lotes import canais, telas, transicoes
from lotes.envio import passos_do_envio
from lotes.estados import Canal, SituacaoDoLote
from lotes.models import Lote
from lotes.portas import lote_de
from lotes.prazos import frase_do_prazo, prazo_do

PRESTADOR = Organizacao.Tipo.PRESTADOR


@require_GET
@exige(Permissao.LOTE_VER, de=PRESTADOR)
def lote(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Detalhes do Lote*: details, actions of its state, guides and timeline."""
    o_lote = lote_de(request, pk)
    registrar_acesso(request, "lote", o_lote.pk, "ver")
    return _pagina(request, o_lote)


@require_POST
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def fechar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Fechar Lote*."""
    return _mudar(request, pk, transicoes.fechar, _fechado)


@require_POST
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def reabrir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Reabrir Lote*."""
    return _mudar(request, pk, transicoes.reabrir, lambda o_lote: f"Lote {o_lote.numero} reaberto.")


@require_POST
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def excluir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Excluir Lote*."""
    return _mudar(request, pk, transicoes.excluir, _excluido)


@require_POST
@exige(Permissao.LOTE_ENVIAR, de=PRESTADOR)
def enviar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Enviar Lote*. The second press of the same button shows the protocol that the first one got."""
    o_lote = lote_de(request, pk)
    ja_estava = o_lote.situacao == SituacaoDoLote.ENVIADO
    try:
        protocolo = transicoes.enviar(lote=o_lote, por=request.user)
    except ErroDeNegocio as erro:
        return _recusa(request, pk, erro)
    verbo = "já estava enviado" if ja_estava else f"enviado à {o_lote.operadora.sigla}"
    messages.success(request, f"Lote {o_lote.numero} {verbo}. Protocolo (PEG) {protocolo.numero}.")
    return redirect("lotes:lote", slug=slug, pk=pk)


@require_POST
@exige(Permissao.LOTE_VER, de=PRESTADOR)
def atualizar_situacao(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Atualizar Situação Protocolo*: read it again, and say what changed since the page that was open."""
    o_lote = lote_de(request, pk)
    messages.info(request, telas.situacao_em_palavras(o_lote, visto=request.POST.get("visto", "")))
    return redirect("lotes:lote", slug=slug, pk=pk)


@require_GET
@exige(Permissao.LOTE_VER, de=PRESTADOR)
def log(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Exibir Log de Envio*: each step from the closing to the receipt."""
    o_lote = lote_de(request, pk)
    return render(request, "lotes/log.html", {"lote": o_lote, **passos_do_envio(o_lote)})


@require_GET
@exige(Permissao.LOTE_VER, de=PRESTADOR)
def xml(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The lot's XML: as frozen when it was closed, or, of an open one that is written on closing, as it would be."""
    o_lote = lote_de(request, pk)
    if o_lote.conteudo_id is None and o_lote.situacao != SituacaoDoLote.ABERTO:
        raise Http404("o lote foi excluído antes de ter XML")
    try:
        dados = canais.xml_de(o_lote) if o_lote.conteudo_id is None else cofre.abrir(o_lote.conteudo_id)
    except ErroDeNegocio as erro:
        return _recusa(request, pk, erro)
    registrar_acesso(request, "lote", o_lote.pk, "baixar")
    rascunho = "" if o_lote.conteudo_id else "-ainda-nao-enviado"
    return anexo(dados, f"lote-{o_lote.numero}{rascunho}.xml", XML)


def _mudar(
    request: Requisicao,
    pk: int,
    transicao: Callable[..., Lote],
    frase: Callable[[Lote], str],
) -> HttpResponse:
    o_lote = lote_de(request, pk)
    try:
        mudado = transicao(lote=o_lote, por=request.user)
    except ErroDeNegocio as erro:
        return _recusa(request, pk, erro)
    messages.success(request, frase(mudado))
    return redirect("lotes:lote", slug=request.organizacao.slug, pk=pk)


def _recusa(request: Requisicao, pk: int, erro: ErroDeNegocio) -> HttpResponse:
    """The page as it is now, with the sentence on top of it."""
    return _pagina(request, lote_de(request, pk), status=409, recusa=erro)


def _pagina(request: Requisicao, o_lote: Lote, status: int = 200, recusa: ErroDeNegocio | None = None) -> HttpResponse:
    do_canal = canais.guias_de(request, o_lote)
    da_recusa = recusa.trecho if isinstance(recusa, canais.RecusaDoCanal) else None
    contexto: dict[str, Any] = {
        **telas.detalhes(o_lote, request.GET.get("pagina")),
        **(do_canal.contexto if do_canal else {}),
        **(da_recusa.contexto if da_recusa else {}),
        "trecho_das_guias": do_canal.template if do_canal else "",
        "trecho_da_recusa": da_recusa.template if da_recusa else "",
        "recusa": recusa.frase if recusa else "",
        "pode_mudar": request.vinculo.pode(Permissao.LOTE_MUDAR),
        "pode_enviar": request.vinculo.pode(Permissao.LOTE_ENVIAR),
    }
    parte = "#guias" if request.htmx.target == "guias" else ""
    return render(request, f"lotes/lote.html{parte}", contexto, status=status)


def _fechado(o_lote: Lote) -> str:
    falta = f"Lote {o_lote.numero} fechado. Falta enviá-lo à {o_lote.operadora.sigla}"
    prazo = prazo_do(o_lote, timezone.now())
    if prazo is None:
        return f"{falta}."
    if prazo.aberta is None:
        return f"{falta}. {frase_do_prazo(prazo)}"
    return f"{falta} até {momento(prazo.aberta.fecha)}."


def _excluido(o_lote: Lote) -> str:
    if o_lote.canal == Canal.DIGITACAO:
        return f"Lote {o_lote.numero} excluído. As guias dele estão de novo sem lote."
    return f"Lote {o_lote.numero} excluído. O lote do prestador {o_lote.numero_do_prestador} pode ser incluído de novo."
