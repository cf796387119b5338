"""Products of a prestador with their average cost: its own business, for its administrador to change."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.precos.consultas import produtos_filtrados
from convenios.precos.forms import FiltroDeProdutos, ProdutoForm
from convenios.precos.models import Produto
from convenios.precos.portas import produto_de
from convenios.precos.transicoes import gravar_produto
from convenios.precos.views.comum import PRESTADOR, filtros_de, muda, pagina_de


@require_GET
@exige(Permissao.PRECO_VER, de=PRESTADOR)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """Every product, as far as the filter leaves them."""
    filtro = FiltroDeProdutos(request.GET)
    produtos = produtos_filtrados(request.organizacao, filtros_de(filtro))
    contexto = {"filtro": filtro, "pagina": pagina_de(request, produtos, filtro), "muda": muda(request)}
    return render(request, "convenios/precos/produtos.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=PRESTADOR)
def novo(request: Requisicao, slug: str) -> HttpResponse:
    """Register a product."""
    return _formulario(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=PRESTADOR)
def produto(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change a product."""
    return _formulario(request, produto_de(request, pk))


def _formulario(request: Requisicao, deste: Produto | None) -> HttpResponse:
    form = ProdutoForm(request.POST or None, instance=deste)
    if request.method == "POST" and form.is_valid():
        try:
            gravado = gravar_produto(
                prestador=request.organizacao, produto=deste, novos=form.cleaned_data, por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Produto {gravado.codigo} salvo.")
            return redirect("precos:produtos", slug=request.organizacao.slug)
    contexto: dict[str, Any] = {"form": form, "produto": deste}
    return render(request, "convenios/precos/produto.html", contexto, status=422 if form.errors else 200)
