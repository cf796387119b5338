"""Requests of access: the operadora's side, where they are granted and prestadores are invited; and the prestador's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios import pedidos as transicoes
from convenios.models import Beneficiario, Credenciamento, PedidoDeAcesso
from convenios.pedidos import Termos
from convenios.pedidos_forms import ConviteForm, PedidoForm, RecusaForm, TermosForm
from convenios.registros_consultas import POR_PAGINA, operadoras_do_portal
from convenios.registros_forms import ConsultaDeBeneficiario
from convenios.registros_portas import pedido_de

_OPERADORA, _PRESTADOR = Organizacao.Tipo.OPERADORA, Organizacao.Tipo.PRESTADOR


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def pedidos(request: Requisicao, slug: str) -> HttpResponse:
    """What prestadores asked for, and whom the operadora invited; what waits first."""
    todos = PedidoDeAcesso.objects.filter(operadora=request.organizacao).select_related("prestador")
    return _lista(request, "pedidos", todos, {})


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def pedido(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One of them."""
    return _pagina(request, pedido_de(request, pk))


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_POST
def aceitar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Grant it on the terms of the form."""
    este = pedido_de(request, pk)
    formulario = TermosForm(request.POST)
    if not formulario.is_valid():
        return _pagina(request, este, termos=formulario)
    try:
        transicoes.aceitar_pedido(pedido_id=este.pk, termos=_termos(formulario), por=request.user)
    except ErroDeNegocio as erro:
        return _pagina(request, pedido_de(request, pk), termos=formulario, aviso=erro.frase)
    messages.success(request, f"{este.prestador.sigla} foi credenciado e já pode enviar lotes.")
    return redirect("registros:pedidos", slug=slug)


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_POST
def recusar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Refuse it, and say why."""
    este = pedido_de(request, pk)
    formulario = RecusaForm(request.POST)
    if not formulario.is_valid():
        return _pagina(request, este, recusa=formulario)
    motivo = formulario.cleaned_data["motivo"]
    lado = PedidoDeAcesso.Lado.OPERADORA
    try:
        transicoes.recusar(pedido_id=este.pk, lado=lado, motivo=motivo, por=request.user)
    except ErroDeNegocio as erro:
        return _pagina(request, pedido_de(request, pk), aviso=erro.frase)
    messages.success(request, f"O pedido de {este.prestador.sigla} foi recusado, e o motivo dito a quem pediu.")
    return redirect("registros:pedidos", slug=slug)


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_POST
def cancelar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    este = pedido_de(request, pk)
    try:
        transicoes.cancelar(pedido_id=este.pk, lado=PedidoDeAcesso.Lado.OPERADORA, por=request.user)
    except ErroDeNegocio as erro:
        return _pagina(request, pedido_de(request, pk), aviso=erro.frase)
    messages.success(request, "O convite foi cancelado.")
    return redirect("registros:pedidos", slug=slug)


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_http_methods(["GET", "POST"])
def convidar(request: Requisicao, slug: str) -> HttpResponse:
    """Invite a prestador by its CNPJ or CPF."""
    formulario = ConviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and formulario.is_valid() and _convidado(request, formulario):
        messages.success(request, "O convite foi feito: o prestador o vê ao entrar no Conecta.")
        return redirect("registros:pedidos", slug=slug)
    situacao = 422 if formulario.errors else 200
    return render(request, "convenios/registros/convidar.html", {"form": formulario}, status=situacao)


@exige(Permissao.CADASTRO_VER, de=_PRESTADOR)
@require_http_methods(["GET", "POST"])
def acessos(request: Requisicao, slug: str) -> HttpResponse:
    """The prestador's contracts and requests, and the operadoras that it may ask."""
    if request.method == "POST":
        return _pedir(request)
    return _acessos(request)


@exige(Permissao.CONVENIO_ESCOLHER, de=_PRESTADOR)
@require_POST
def responder(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Accept or refuse an invitation, or take a request back."""
    este = pedido_de(request, pk)
    try:
        messages.success(request, _responder(request, este))
    except ErroDeNegocio as erro:
        return _acessos(request, aviso=erro.frase)
    return redirect("registros:acessos", slug=slug)


@exige(Permissao.CADASTRO_VER, de=_PRESTADOR)
@require_GET
def consulta(request: Requisicao, slug: str) -> HttpResponse:
    """Whether an operadora that the prestador is credenciado at covers a card, asked by its whole number."""
    operadoras = Organizacao.objects.filter(credenciados__prestador=request.organizacao, tipo=_OPERADORA)
    formulario = ConsultaDeBeneficiario(request.GET or None, operadoras)
    achado = None
    if formulario.is_valid():
        achado = (
            Beneficiario.objects.filter(
                operadora=formulario.cleaned_data["operadora"], numero_carteira=formulario.cleaned_data["carteira"]
            )
            .select_related("plano__convenio")
            .first()
        )
        registrar_acesso(request, "beneficiario", achado.pk if achado else 0, "consultar")
    contexto = {"form": formulario, "achado": achado, "perguntou": formulario.is_valid()}
    return render(request, "convenios/registros/consulta.html", contexto)


def _convidado(request: Requisicao, formulario: ConviteForm) -> bool:
    try:
        transicoes.convidar(
            operadora=request.organizacao,
            documento=formulario.cleaned_data["documento"],
            termos=_termos(formulario),
            mensagem=formulario.cleaned_data["mensagem"],
            por=request.user,
        )
    except ErroDeNegocio as erro:
        formulario.add_error("documento", erro.frase)
        return False
    return True


def _pedir(request: Requisicao) -> HttpResponse:
    formulario = PedidoForm(request.POST)
    if not request.vinculo.pode(Permissao.CONVENIO_ESCOLHER):
        return _acessos(request, aviso="Só o administrador do prestador pede acesso a uma operadora.")
    if not formulario.is_valid():
        return _acessos(request, aviso="Escolha uma operadora da lista, e escreva até 500 letras na mensagem.")
    operadora = formulario.cleaned_data["operadora"]
    mensagem = formulario.cleaned_data["mensagem"]
    try:
        transicoes.pedir(prestador=request.organizacao, operadora=operadora, mensagem=mensagem, por=request.user)
    except ErroDeNegocio as erro:
        return _acessos(request, aviso=erro.frase)
    messages.success(request, f"O pedido foi feito: a {operadora.sigla} responde por aqui.")
    return redirect("registros:acessos", slug=request.organizacao.slug)


def _responder(request: Requisicao, este: PedidoDeAcesso) -> str:
    lado = PedidoDeAcesso.Lado.PRESTADOR
    match request.POST.get("resposta"):
        case "aceitar":
            transicoes.aceitar_convite(pedido_id=este.pk, por=request.user)
            return f"Você está credenciado na {este.operadora.sigla} e já pode enviar lotes."
        case "cancelar":
            transicoes.cancelar(pedido_id=este.pk, lado=lado, por=request.user)
            return "O pedido foi cancelado."
        case _:
            motivo = request.POST.get("motivo", "")
            transicoes.recusar(pedido_id=este.pk, lado=lado, motivo=motivo, por=request.user)
            return f"O convite da {este.operadora.sigla} foi recusado."


def _acessos(request: Requisicao, aviso: str = "") -> HttpResponse:
    meus = PedidoDeAcesso.objects.filter(prestador=request.organizacao).select_related("operadora")
    contratos = Credenciamento.objects.filter(prestador=request.organizacao).select_related("operadora")
    procurado = request.GET.get("q", "").replace("\0", "").strip()[:70]
    outros = {
        "aviso": aviso,
        "contratos": contratos.order_by("operadora__sigla"),
        "procurado": procurado,
        "achadas": operadoras_do_portal(request.organizacao, procurado) if procurado else [],
        "pede": request.vinculo.pode(Permissao.CONVENIO_ESCOLHER),
    }
    return _lista(request, "acessos", meus, outros, 409 if aviso else 200)


def _lista(request: Requisicao, nome: str, todos: Any, outros: dict[str, Any], situacao: int = 200) -> HttpResponse:
    pagina = Paginator(todos.order_by("-pedido_em", "-id"), POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {"pagina": pagina, "muda": request.vinculo.pode(Permissao.CADASTRO_MUDAR), **outros}
    return render(request, f"convenios/registros/{nome}.html", contexto, status=situacao)


def _pagina(
    request: Requisicao,
    este: PedidoDeAcesso,
    *,
    termos: TermosForm | None = None,
    recusa: RecusaForm | None = None,
    aviso: str = "",
) -> HttpResponse:
    espera = este.situacao == PedidoDeAcesso.Situacao.PENDENTE and request.vinculo.pode(Permissao.CADASTRO_MUDAR)
    contexto = {
        "pedido": este,
        "responde": espera and este.pedido_por == PedidoDeAcesso.Lado.PRESTADOR,
        "cancela": espera and este.pedido_por == PedidoDeAcesso.Lado.OPERADORA,
        "termos": termos or TermosForm(),
        "recusa": recusa or RecusaForm(),
        "aviso": aviso,
    }
    situacao = 409 if aviso else 422 if termos or recusa else 200
    return render(request, "convenios/registros/pedido.html", contexto, status=situacao)


def _termos(formulario: TermosForm) -> Termos:
    limpos = formulario.cleaned_data
    return Termos(codigo=limpos["codigo"], inicio=limpos["inicio"], tipos_de_guia=limpos["tipos_de_guia"])
