"""*Troca de Mensagens* of a lot: the thread, what is written into it, and the request for documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from lotes.estados import MUDANCAS_DO_PROTOCOLO, SituacaoDoProtocolo
from lotes.mensagens import anexos, consultas, transicoes
from lotes.mensagens.documentos import TipoDeDocumento
from lotes.mensagens.forms import DocumentosForm, MensagemForm, PedidoForm
from lotes.mensagens.models import Conversa
from lotes.mensagens.portas import lote_da_conversa
from lotes.mensagens.recepcao import VariosNoDisco
from lotes.models import Lote, Protocolo
from lotes.telas import protocolo_do

OPERADORA = Organizacao.Tipo.OPERADORA
_ESPERA = SituacaoDoProtocolo.AGUARDANDO_INFORMACAO


# The token is in the body: reading it reads the documents, so the handler that bounds them has to be in place before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.MENSAGEM_VER)
def conversa(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The thread of a lot, marked as read by who opens it; a lot that was not sent has its documents only."""
    manipulador = VariosNoDisco(request)
    request.upload_handlers = [manipulador]
    return _conversa(request, manipulador, lote_da_conversa(request, pk))


@csrf_protect
def _conversa(request: Requisicao, manipulador: VariosNoDisco, lote: Lote) -> HttpResponse:
    protocolo = protocolo_do(lote)
    if protocolo is None:
        if request.method == "POST":
            raise Http404("o lote não foi enviado")
        return redirect("mensagens:anexos", slug=request.organizacao.slug, pk=lote.pk)
    escreve = request.vinculo.pode(Permissao.MENSAGEM_ESCREVER)
    if request.method != "POST":
        registrar_acesso(request, "conversa", lote.pk, "ver")
        return _pagina(request, lote, protocolo, *_formularios(request, lote, manipulador))
    if not escreve:
        raise PermissionDenied(Permissao.MENSAGEM_ESCREVER)
    return _escrever(request, manipulador, lote, protocolo)


def _escrever(request: Requisicao, manipulador: VariosNoDisco, lote: Lote, protocolo: Protocolo) -> HttpResponse:
    form, documentos = _formularios(request, lote, manipulador)
    if not all([form.is_valid(), documentos.is_valid()]):
        return _pagina(request, lote, protocolo, form, documentos, status=422)
    try:
        transicoes.escrever(
            protocolo=protocolo,
            de=request.organizacao,
            por=request.user,
            texto=form.cleaned_data["texto"],
            documentos=documentos.documentos,
            em_resposta_a=form.cleaned_data.get("responde_a"),
        )
    except ErroDeNegocio as recusa:
        form.add_error(None, recusa.frase)
        return _pagina(request, lote, protocolo, form, documentos, status=422)
    outro = lote.operadora if request.organizacao.e_prestador else lote.prestador
    messages.success(request, f"Mensagem enviada. {outro.sigla} já pode ler.")
    return redirect("mensagens:conversa", slug=request.organizacao.slug, pk=lote.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.MENSAGEM_ESCREVER, de=OPERADORA)
def pedir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Pedir documentos*: what is missing, until when, and whether the protocol waits."""
    lote = lote_da_conversa(request, pk)
    protocolo: Protocolo = lote.protocolo
    form = PedidoForm(request.POST or None, pode_esperar=_pode_esperar(request, protocolo))
    if request.method == "POST" and form.is_valid():
        try:
            _pedir(request, protocolo, form)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Pedido enviado. {lote.prestador.sigla} já pode ler.")
            return redirect("mensagens:conversa", slug=slug, pk=pk)
    contexto = {"form": form, "lote": lote, "protocolo": protocolo}
    return render(request, "mensagens/pedir.html", contexto, status=422 if form.errors else 200)


def _pedir(request: Requisicao, protocolo: Protocolo, form: PedidoForm) -> None:
    dados = form.cleaned_data
    pedido: dict[str, Any] = {
        "protocolo": protocolo,
        "por": request.user,
        "texto": dados["texto"],
        "tipos": [TipoDeDocumento(tipo) for tipo in dados["tipos"]],
        "prazo": dados["prazo"],
    }
    if dados.get("esperar"):
        transicoes.pedir_e_esperar(**pedido)
    else:
        transicoes.pedir_documentos(**pedido)


@require_POST
@exige(Permissao.MENSAGEM_VER)
def nao_lida(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Marcar como não lida*: for this person alone, and back to the list."""
    lote = lote_da_conversa(request, pk)
    desta = consultas.conversa_do(lote)
    if desta is None:
        raise Http404("conversa")
    transicoes.marcar_nao_lida(conversa=desta, organizacao=request.organizacao, por=request.user)
    messages.success(request, f"A conversa do lote {lote.numero} está como não lida, só para você.")
    return redirect("mensagens:lista", slug=slug)


def _formularios(request: Requisicao, lote: Lote, manipulador: VariosNoDisco) -> tuple[MensagemForm, DocumentosForm]:
    """The form of a message and the rows of its documents, those that were asked for first."""
    pedidos = consultas.pedidos_em_aberto(lote) if request.organizacao.e_prestador else []
    dados = request.POST if request.method == "POST" else None
    inicial = {"responde_a": pedidos[0].pk} if pedidos else {}
    tipos = pedidos[0].tipos_pedidos if pedidos else []
    return MensagemForm(dados, pedidos=pedidos, initial=inicial), DocumentosForm(dados, manipulador, tipos)


def _pagina(
    request: Requisicao,
    lote: Lote,
    protocolo: Protocolo,
    form: MensagemForm,
    documentos: DocumentosForm,
    *,
    status: int = 200,
) -> HttpResponse:
    desta = consultas.conversa_do(lote)
    contexto = {
        "lote": lote,
        "protocolo": protocolo,
        "alheia": desta is not None and desta.ultima_alheia_a(request.organizacao) > 0,
        "mensagens": _ler(request, desta) if desta else [],
        "pedidos_em_aberto": consultas.pedidos_em_aberto(lote),
        "anexos": consultas.anexos_do(lote),
        "form": form,
        "documentos": documentos,
        "limites": anexos.limites_de(lote.operadora_id),
        "escreve": request.vinculo.pode(Permissao.MENSAGEM_ESCREVER),
        "outro": lote.operadora if request.organizacao.e_prestador else lote.prestador,
    }
    return render(request, "mensagens/conversa.html", contexto, status=status)


def _ler(request: Requisicao, desta: Conversa) -> list[consultas.MensagemNaTela]:
    """The thread with what is new in it, which from now on is not."""
    lida = consultas.lida_ate(desta, request.organizacao, request.user)
    linhas = consultas.mensagens_da(desta, request.organizacao, lida)
    transicoes.ler(conversa=desta, organizacao=request.organizacao, por=request.user)
    return linhas


def _pode_esperar(request: Requisicao, protocolo: Protocolo) -> bool:
    situacao = SituacaoDoProtocolo(protocolo.situacao)
    return _ESPERA in MUDANCAS_DO_PROTOCOLO[situacao] and request.vinculo.pode(Permissao.PROTOCOLO_AVANCAR)
