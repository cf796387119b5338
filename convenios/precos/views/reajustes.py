"""*Reajuste em lote*: what would become of the prices, then doing it, and undoing the last one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import inteiro
from convenios.precos.forms_do_reajuste import ReajusteForm
from convenios.precos.models import Reajuste, TabelaDePreco
from convenios.precos.portas import reajuste_de, tabela_de
from convenios.precos.reajuste import Pedido, conferir, desfazer, por_que_nao_volta, prever, reajustar
from convenios.precos.views.comum import OPERADORA

_DEMAIS = 100
_RECENTES = 10


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def reajuste(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """GET with a percentage shows what would be; POST does it."""
    tabela = tabela_de(request, pk)
    if request.method == "POST":
        return _fazer(request, tabela, ReajusteForm(request.POST, tabela))
    form = ReajusteForm(request.GET if "percentual" in request.GET else None, tabela)
    return _pagina(request, tabela, form)


@require_POST
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def desfazer_reajuste(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Let the earlier prices hold again."""
    deste = reajuste_de(request, pk)
    try:
        desfazer(reajuste=deste, por=request.user)
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        messages.success(request, f"Reajuste desfeito: {inteiro(deste.quantos)} preços voltaram a ser os de antes.")
    return redirect("precos:reajuste", slug=slug, pk=deste.tabela_id)


def _fazer(request: Requisicao, tabela: TabelaDePreco, form: ReajusteForm) -> HttpResponse:
    if form.is_valid():
        try:
            feito = reajustar(tabela=tabela, pedido=form.pedido(), por=request.user)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(
                request, f"{inteiro(feito.quantos)} preços reajustados a partir de {feito.inicio:%d/%m/%Y}."
            )
            return redirect("precos:reajuste", slug=request.organizacao.slug, pk=tabela.pk)
    return _pagina(request, tabela, form)


def _pagina(request: Requisicao, tabela: TabelaDePreco, form: ReajusteForm) -> HttpResponse:
    contexto: dict[str, Any] = {"tabela": tabela, "form": form, "recentes": _recentes(tabela)}
    if form.is_bound and form.is_valid():
        pedido = form.pedido()
        try:
            conferir(tabela, pedido)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            contexto |= {"pedido": pedido, "previa": prever(tabela, pedido), "aviso": _aviso(pedido)}
    return render(request, "convenios/precos/reajuste.html", contexto, status=422 if form.errors else 200)


def _recentes(tabela: TabelaDePreco) -> list[tuple[Reajuste, str | None]]:
    """The last adjustments, each with why it cannot be undone."""
    return [(feito, por_que_nao_volta(feito)) for feito in tabela.reajustes.all()[:_RECENTES]]


def _aviso(pedido: Pedido) -> str:
    if pedido.percentual < 0:
        return "O percentual é negativo: os preços diminuem."
    if pedido.percentual > _DEMAIS:
        return f"É mais de {_DEMAIS} %: os preços mais que dobram. Confira a vírgula."
    return ""
