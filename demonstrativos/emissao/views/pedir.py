"""Asking for statements: of analyses, of payments; and what became of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.emissao import transicoes
from demonstrativos.emissao.consultas import andamento_de, filtrar_protocolos, protocolos_com_analise
from demonstrativos.emissao.forms import FiltrosDeAnalise, PagamentoForm
from demonstrativos.emissao.models import Tipo
from demonstrativos.emissao.portas import pedido_de
from demonstrativos.emissao.selecao import MAIS_PROTOCOLOS, Selecao
from lotes.models import Protocolo

POR_PAGINA = 50
PAROU_DE_PERGUNTAR = 286
"""The answer at which the script stops asking."""


@require_GET
@exige(Permissao.DEMONSTRATIVO_VER)
def analise(request: Requisicao, slug: str) -> HttpResponse:
    """*Análise de Conta*: the protocols that have a statement; those named in the address stand alone, and chosen."""
    protocolos = protocolos_com_analise(request.organizacao)
    escolhidos = _numeros(request, "protocolo_id"), _numeros(request, "lote_id")
    filtros = FiltrosDeAnalise(request.GET, request.organizacao)
    if any(escolhidos):
        achados = protocolos.filter(pk__in=escolhidos[0]) | protocolos.filter(lote__in=escolhidos[1])
    elif filtros.is_valid():
        achados = filtrar_protocolos(protocolos, filtros.cleaned_data)
    else:
        achados = Protocolo.objects.none()
    # What was chosen stands on one page: its button asks for the boxes that it sees.
    por_pagina = MAIS_PROTOCOLOS if any(escolhidos) else POR_PAGINA
    pagina = Paginator(achados.order_by("-enviado_em", "-id"), por_pagina).get_page(request.GET.get("pagina"))
    pedidos = len(escolhidos[0]) + len(escolhidos[1])
    contexto = {
        "filtros": filtros,
        "pagina": pagina,
        "escolhidos": any(escolhidos),
        "de_fora": max(0, pedidos - pagina.paginator.count) if any(escolhidos) else 0,
    }
    return render(request, "emissao/analise.html", contexto)


@require_GET
@exige(Permissao.DEMONSTRATIVO_VER)
def escolher(request: Requisicao, slug: str) -> HttpResponse:
    """*Gerar Demonstrativo* in other lists, whose boxes name lots or protocols: the same page, with those chosen."""
    escolhidos = {"lote_id": _numeros(request, "lote"), "protocolo_id": _numeros(request, "protocolo")}
    if not any(escolhidos.values()):
        messages.warning(request, "Nenhum lote foi escolhido. Marque ao menos um na lista.")
    return redirect(f"{reverse('emissao:analise', args=[slug])}?{urlencode(escolhidos, doseq=True)}")


@require_POST
@exige(Permissao.DEMONSTRATIVO_VER)
def pedir_analise(request: Requisicao, slug: str) -> HttpResponse:
    """Have the statements of the chosen protocols issued."""
    escolhidos = set(_numeros(request, "protocolo"))
    if not escolhidos:
        messages.warning(request, "Nenhum protocolo foi escolhido. Marque ao menos um na lista.")
        return redirect("emissao:analise", slug=slug)
    protocolos = list(protocolos_com_analise(request.organizacao).filter(pk__in=escolhidos))
    if len(protocolos) < len(escolhidos):
        messages.error(
            request,
            "Nada foi pedido: a situação de algum dos protocolos mudou, e ele já não tem demonstrativo. Marque-os de "
            "novo na lista.",
        )
        return redirect("emissao:analise", slug=slug)
    operadoras = {protocolo.operadora_id: protocolo.operadora for protocolo in protocolos}
    if len(operadoras) > 1:
        messages.error(request, "Os protocolos são de operadoras diferentes. Peça os de uma operadora de cada vez.")
        return redirect("emissao:analise", slug=slug)
    selecao = Selecao(
        tipo=Tipo.ANALISE,
        protocolos=tuple(protocolo.pk for protocolo in protocolos),
        juntos=request.POST.get("juntos") == "sim",
    )
    try:
        pedido = transicoes.pedir(
            operadora=protocolos[0].operadora, organizacao=request.organizacao, selecao=selecao, por=request.user
        )
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
        return redirect("emissao:analise", slug=slug)
    return redirect("emissao:pedido", slug=slug, pk=pedido.pk)


@require_http_methods(["GET", "POST"])
@exige(Permissao.DEMONSTRATIVO_VER)
def pagamento(request: Requisicao, slug: str) -> HttpResponse:
    """*Pagamento*: by payment date or by competência, also of dental treatment."""
    form = PagamentoForm(request.POST if request.method == "POST" else None, request.organizacao)
    if request.method == "POST" and form.is_valid():
        operadora = form.cleaned_data.get("operadora") or request.organizacao
        try:
            pedido = transicoes.pedir(
                operadora=operadora,
                organizacao=request.organizacao,
                selecao=form.selecao(),
                por=request.user,
                prestador=form.cleaned_data.get("prestador"),
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            return redirect("emissao:pedido", slug=slug, pk=pedido.pk)
    return render(request, "emissao/pagamento.html", {"form": form})


@require_GET
@exige(Permissao.DEMONSTRATIVO_VER)
def pedido(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """A request: how far it is, then the statements that it led to."""
    o_pedido = pedido_de(request, pk)
    andamento = andamento_de(o_pedido)
    contexto = {"pedido": o_pedido, "andamento": andamento}
    perguntou = request.htmx.target == "andamento"
    if not andamento.terminou:
        return render(request, f"emissao/andamento.html{'#andamento' if perguntou else ''}", contexto)
    if perguntou:
        resposta = HttpResponse(status=PAROU_DE_PERGUNTAR)
        resposta["HX-Refresh"] = "true"
        return resposta
    registrar_acesso(request, "pedido de demonstrativo", o_pedido.pk, "ver")
    return render(request, "emissao/pedido.html", contexto)


def _numeros(request: Requisicao, nome: str) -> list[int]:
    """Ids that a form or an address names; what is no id is nobody's."""
    valores = (request.POST if request.method == "POST" else request.GET).getlist(nome)
    return [int(valor) for valor in valores if valor.isascii() and valor.isdigit() and len(valor) <= 18]
