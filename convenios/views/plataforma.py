"""Editions of the terminology, which the platform's own people bring: from the file to what it changed."""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, da_plataforma
from conecta.erros import ErroDeNegocio
from conecta.importacao import recepcao
from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.estados import CANCELAVEIS, EM_ANDAMENTO, SituacaoDaImportacao
from conecta.importacao.recepcao import NoDisco
from convenios import terminologia_recebidas as recebidas
from convenios.models import Edicao, EdicaoRecebida
from convenios.plataforma_forms import EdicaoForm
from convenios.terminologia_ans import COLUNAS
from convenios.terminologia_tabelas import rotulo

_RECENTES: Final = 50
_PEDIDO_DE_NOVO: Final = 286
"""Tells the script of the page to stop asking."""


# The token is in the body: reading it reads the file, so the upload handler has to be in place before. That is why the
# check is not the middleware's but that of the inner function.
@csrf_exempt
@da_plataforma
@require_http_methods(["GET", "HEAD", "POST"])
def terminologia(request: Requisicao) -> HttpResponse:
    """The editions that are in use, those that were brought, and the way to bring one."""
    manipulador = NoDisco(request)
    request.upload_handlers = [manipulador]
    return _terminologia(request, manipulador)


@csrf_protect
def _terminologia(request: Requisicao, manipulador: NoDisco) -> HttpResponse:
    if request.method != "POST":
        return _lista(request, EdicaoForm())
    form = EdicaoForm(request.POST)
    try:
        arquivo = recepcao.receber(request, manipulador)
    except ArquivoRecusado as recusado:
        return _lista(request, form, recusado.frase)
    if not form.is_valid():
        return _lista(request, form)
    recebida = recebidas.receber(
        **form.cleaned_data, nome=arquivo.name or "", tamanho=arquivo.size or 0, arquivo=arquivo, por=request.user
    )
    return redirect("plataforma:edicao", pk=recebida.pk)


@da_plataforma
@require_GET
def edicao(request: Requisicao, pk: int) -> HttpResponse:
    """One that was brought: what it would change, then what it changed."""
    recebida = _recebida(pk)
    pergunta = request.htmx.target == "andamento"
    if recebida.situacao in EM_ANDAMENTO:
        modelo = "convenios/plataforma/andamento.html" + ("#andamento" if pergunta else "")
        return render(request, modelo, {"recebida": recebida, "tabela": rotulo(recebida.tabela)})
    if pergunta:
        resposta = HttpResponse(status=_PEDIDO_DE_NOVO)
        resposta["HX-Refresh"] = "true"
        return resposta
    return _pagina(request, recebida)


@da_plataforma
@require_POST
def gravar(request: Requisicao, pk: int) -> HttpResponse:
    """Take it in."""
    try:
        recebidas.pedir_gravacao(recebida_id=_recebida(pk).pk, por=request.user)
    except ErroDeNegocio as recusa:
        return _pagina(request, _recebida(pk), aviso=recusa.frase)
    return redirect("plataforma:edicao", pk=pk)


@da_plataforma
@require_POST
def cancelar(request: Requisicao, pk: int) -> HttpResponse:
    """Give it up."""
    try:
        recebida = recebidas.cancelar(recebida_id=_recebida(pk).pk, por=request.user)
    except ErroDeNegocio as recusa:
        return _pagina(request, _recebida(pk), aviso=recusa.frase)
    messages.success(request, f"A importação de “{recebida.nome}” foi cancelada. Nada mudou.")
    return redirect("plataforma:terminologia")


def _recebida(pk: int) -> EdicaoRecebida:
    recebida = EdicaoRecebida.objects.defer("comprimido").filter(pk=pk).first()
    if recebida is None:
        raise Http404("edição recebida")
    return recebida


def _lista(request: HttpRequest, form: EdicaoForm, recusa: str = "") -> HttpResponse:
    recentes = EdicaoRecebida.objects.defer("comprimido", "ruins", "exemplos")
    contexto = {
        "form": form,
        "recusa": recusa,
        "limite": settings.LIMITE_DA_IMPORTACAO,
        "colunas": COLUNAS,
        "recebidas": [(recebida, rotulo(recebida.tabela)) for recebida in recentes[:_RECENTES]],
        "edicoes": Edicao.objects.order_by("-carregada_em", "-id")[:_RECENTES],
    }
    situacao = 422 if recusa or form.errors else 200
    return render(request, "convenios/plataforma/terminologia.html", contexto, status=situacao)


def _pagina(request: HttpRequest, recebida: EdicaoRecebida, aviso: str = "") -> HttpResponse:
    conferida = recebida.situacao == SituacaoDaImportacao.CONFERIDA
    contexto: dict[str, Any] = {
        "recebida": recebida,
        "tabela": rotulo(recebida.tabela),
        "aviso": aviso,
        "conferida": conferida,
        "importa": conferida and recebidas.pode_entrar(recebida),
        "incompleta": conferida and recebida.completa and recebida.quantas_ruins,
        "concluida": recebida.situacao == SituacaoDaImportacao.CONCLUIDA,
        "cancela": recebida.situacao in CANCELAVEIS,
        "mudancas": [
            (titulo, getattr(recebida, nome), recebida.exemplos.get(nome, ()))
            for nome, titulo in (("novas", "Novos"), ("mudadas", "Mudados"), ("encerradas", "Encerrados"))
        ],
    }
    return render(request, "convenios/plataforma/edicao.html", contexto, status=409 if aviso else 200)
