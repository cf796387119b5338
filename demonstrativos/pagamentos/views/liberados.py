"""What waits for a payment: choose and include, or generate payments for everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.pagamentos.consultas import liberados_a_pagar, listar_liberados, por_prestador
from demonstrativos.pagamentos.estados import SituacaoDoPagamento
from demonstrativos.pagamentos.forms import DestinoForm, GerarForm
from demonstrativos.pagamentos.geracao import gerar as gerar_pagamentos
from demonstrativos.pagamentos.geracao import incluir_escolhidos, prever
from demonstrativos.pagamentos.models import Pagamento
from demonstrativos.recursos.a_pagar import AcatadoAPagar, acatados_a_pagar
from lotes.portas import protocolos_de

OPERADORA = Organizacao.Tipo.OPERADORA
_RECURSO_JA_INCLUIDO = "Um dos recursos escolhidos já não espera pagamento. Confira a lista e escolha de novo."


@require_GET
@exige(Permissao.PAGAMENTO_VER, de=OPERADORA)
def liberados(request: Requisicao, slug: str) -> HttpResponse:
    """Released protocols and accepted appeals that are in no payment, by prestador."""
    return _pagina(request, DestinoForm(None, _abertos(request)))


@require_POST
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def incluir(request: Requisicao, slug: str) -> HttpResponse:
    """*Incluir em pagamento* what was chosen: all of it, or nothing."""
    form = DestinoForm(request.POST, _abertos(request))
    protocolos = protocolos_de(request, request.POST.getlist("protocolo"))
    pedidos = set(request.POST.getlist("recurso"))
    acatados = _escolhidos(request, pedidos)
    if len(acatados) != len(pedidos):
        return _pagina(request, form, status=409, recusa=_RECURSO_JA_INCLUIDO)
    if not protocolos and not acatados:
        return _pagina(request, form, status=422, recusa="Nada foi escolhido. Marque ao menos um protocolo na lista.")
    if not form.is_valid():
        return _pagina(request, form, status=422)
    try:
        pagamentos = incluir_escolhidos(
            operadora=request.organizacao,
            protocolos=protocolos,
            acatados=acatados,
            por=request.user,
            pagamento=form.cleaned_data["pagamento"],
            data_de_pagamento=form.cleaned_data["data_de_pagamento"],
        )
    except ErroDeNegocio as erro:
        return _pagina(request, form, status=409, recusa=erro.frase)
    onde = f"no pagamento {pagamentos[0].numero}" if len(pagamentos) == 1 else f"em {_nomes(pagamentos)}"
    messages.success(request, f"{_quantos(len(protocolos), len(acatados))} {onde}. Falta fechar.")
    if len(pagamentos) == 1:
        return redirect("pagamentos:pagamento", slug=slug, pk=pagamentos[0].pk)
    return redirect("pagamentos:lista", slug=slug)


@require_http_methods(["GET", "POST"])
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def gerar(request: Requisicao, slug: str) -> HttpResponse:
    """*Gerar pagamentos*: what would be made, then one open payment for each prestador."""
    form = GerarForm(request.POST if request.method == "POST" else (request.GET or None))
    valido = form.is_bound and form.is_valid()
    if request.method == "POST" and valido:
        try:
            pagamentos = gerar_pagamentos(operadora=request.organizacao, por=request.user, **form.cleaned_data)
        except ErroDeNegocio as erro:
            return _tela_de_geracao(request, form, status=409, recusa=erro.frase)
        messages.success(
            request, f"{_nomes(pagamentos)} em aberto. Confira e feche." if pagamentos else "Nada a gerar."
        )
        return redirect("pagamentos:lista", slug=slug)
    return _tela_de_geracao(request, form, status=422 if form.errors else 200)


def _tela_de_geracao(request: Requisicao, form: GerarForm, *, status: int = 200, recusa: str = "") -> HttpResponse:
    ate = form.cleaned_data.get("liberados_ate") if form.is_bound else None
    previstos = prever(request.organizacao, ate)
    contexto = {
        "form": form,
        "previstos": previstos,
        "protocolos": sum(len(p.protocolos) for p in previstos),
        "recursos": sum(len(p.recursos) for p in previstos),
        "total": sum((p.liberado for p in previstos), start=0),
        "confirma": form.is_bound and form.is_valid() and bool(previstos),
        "recusa": recusa,
    }
    return render(request, "pagamentos/gerar.html", contexto, status=status)


def _pagina(request: Requisicao, form: DestinoForm, *, status: int = 200, recusa: str = "") -> HttpResponse:
    todos = liberados_a_pagar(request.organizacao)
    prestador = _prestador(request)
    achados = todos.filter(prestador=prestador) if prestador else todos
    lista = listar_liberados(achados, request.GET.get("ordem", ""), request.GET.get("pagina"))
    acatados = [a for a in acatados_a_pagar(request.organizacao) if prestador in (None, a.recurso.prestador_id)]
    contexto: dict[str, Any] = {
        "endereco": reverse("pagamentos:liberados", args=[request.organizacao.slug]),
        "form": form,
        "lista": lista,
        "ordem": lista.ordem,
        "acatados": acatados,
        "prestadores": por_prestador(todos),
        "prestador": prestador,
        "pode_mudar": request.vinculo.pode(Permissao.PAGAMENTO_MUDAR),
        "recusa": recusa,
        "marcados": set(request.POST.getlist("protocolo")),
        "recursos_marcados": set(request.POST.getlist("recurso")),
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"pagamentos/liberados.html{parte}", contexto, status=status)


def _prestador(request: Requisicao) -> int | None:
    pk = request.GET.get("prestador", "")
    return int(pk) if pk.isascii() and pk.isdigit() and len(pk) <= 18 else None


def _abertos(request: Requisicao) -> list[Pagamento]:
    abertos = Pagamento.objects.de(request.organizacao).filter(situacao=SituacaoDoPagamento.ABERTO)
    return list(abertos.select_related("prestador").order_by("-id"))


def _escolhidos(request: Requisicao, pedidos: set[str]) -> list[AcatadoAPagar]:
    """Those of the chosen appeals (by id) that still wait."""
    return [a for a in acatados_a_pagar(request.organizacao) if str(a.recurso.pk) in pedidos] if pedidos else []


def _quantos(protocolos: int, recursos: int) -> str:
    """What was included: "1 protocolo incluído", "2 protocolos e 1 recurso incluídos"."""
    partes = ((protocolos, "protocolo"), (recursos, "recurso"))
    ditas = [f"{quantos} {nome}{'' if quantos == 1 else 's'}" for quantos, nome in partes if quantos]
    return f"{' e '.join(ditas)} incluído{'' if protocolos + recursos == 1 else 's'}"


def _nomes(pagamentos: list[Pagamento]) -> str:
    if len(pagamentos) == 1:
        return f"Pagamento {pagamentos[0].numero}"
    return f"{len(pagamentos)} pagamentos"
