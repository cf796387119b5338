"""The registers of an operadora: beneficiários, planos with their coverage, prestadores with their contracts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios import registros_transicoes as transicoes
from convenios.models import Beneficiario, CoberturaDoPlano, Credenciamento, Plano
from convenios.registros_consultas import (
    POR_PAGINA,
    BeneficiariosAchados,
    beneficiarios_filtrados,
    credenciamentos_filtrados,
    pagina_de_beneficiarios,
    planos_filtrados,
)
from convenios.registros_forms import (
    BeneficiarioForm,
    CoberturaForm,
    CredenciamentoForm,
    DoRegistro,
    FiltroDeBeneficiarios,
    FiltroDeRegistros,
    PlanoForm,
)
from convenios.registros_portas import beneficiario_de, credenciamento_de, plano_de

_OPERADORA = Organizacao.Tipo.OPERADORA
DA_HISTORIA = 50
"""Changes that a page shows: the last ones."""


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def beneficiarios(request: Requisicao, slug: str) -> HttpResponse:
    """Search by card or name."""
    filtro = FiltroDeBeneficiarios(request.GET, request.organizacao)
    limpos = filtro.cleaned_data if filtro.is_valid() else None
    nenhum: BeneficiariosAchados = Beneficiario.objects.none()
    achados = nenhum if limpos is None else beneficiarios_filtrados(request.organizacao, limpos)
    pagina = pagina_de_beneficiarios(achados, request.GET.get("pagina"))
    if limpos and limpos["texto"]:
        registrar_acesso(request, "beneficiario", 0, "pesquisar")
    return _lista(request, "beneficiarios", filtro, pagina)


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def beneficiario(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One beneficiário."""
    este = beneficiario_de(request, pk)
    registrar_acesso(request, "beneficiario", pk, "ver")
    return _pagina(request, "beneficiario", BeneficiarioForm(None, operadora=request.organizacao, instance=este))


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_POST
def salvar_beneficiario(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change one."""
    este = beneficiario_de(request, pk)
    formulario = BeneficiarioForm(request.POST, operadora=request.organizacao, instance=este)
    return _salvar(request, "beneficiario", formulario)


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_http_methods(["GET", "POST"])
def novo_beneficiario(request: Requisicao, slug: str) -> HttpResponse:
    """Register one."""
    return _novo(request, "beneficiario", BeneficiarioForm(request.POST or None, operadora=request.organizacao))


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def planos(request: Requisicao, slug: str) -> HttpResponse:
    """The operadora's planos."""
    filtro = FiltroDeRegistros(request.GET)
    limpos = filtro.cleaned_data if filtro.is_valid() else None
    achados = Plano.objects.none() if limpos is None else planos_filtrados(request.organizacao, limpos)
    return _lista(request, "planos", filtro, Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina")))


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def plano(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One plano with what it covers."""
    return _pagina_do_plano(request, plano_de(request, pk))


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_POST
def salvar_plano(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change one."""
    este = plano_de(request, pk)
    formulario = PlanoForm(request.POST, operadora=request.organizacao, instance=este)
    return _salvar(request, "plano", formulario, **_coberturas(este))


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_http_methods(["GET", "POST"])
def novo_plano(request: Requisicao, slug: str) -> HttpResponse:
    """Register one."""
    return _novo(request, "plano", PlanoForm(request.POST or None, operadora=request.organizacao))


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_POST
def cobrir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Add what a plano covers, or remove a row of it."""
    este = plano_de(request, pk)
    retirar = request.POST.get("retirar", "")
    if retirar.isascii() and retirar.isdigit() and len(retirar) <= 18:
        transicoes.descobrir(plano=este, cobertura_id=int(retirar), por=request.user)
        messages.success(request, "A cobertura foi retirada.")
        return redirect("registros:plano", slug=slug, pk=pk)
    formulario = CoberturaForm(request.POST, instance=CoberturaDoPlano(plano=este))
    if not formulario.is_valid():
        return _pagina_do_plano(request, este, formulario)
    try:
        transicoes.cobrir(cobertura=formulario.instance, por=request.user)
    except ErroDeNegocio as erro:
        formulario.add_error("prefixo", erro.frase)
        return _pagina_do_plano(request, este, formulario)
    messages.success(request, "A cobertura foi incluída e vale a partir da próxima conferência.")
    return redirect("registros:plano", slug=slug, pk=pk)


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def prestadores(request: Requisicao, slug: str) -> HttpResponse:
    """The prestadores that the operadora has, or had, a contract with."""
    filtro = FiltroDeRegistros(request.GET)
    limpos = filtro.cleaned_data if filtro.is_valid() else None
    achados = (
        Credenciamento.objects.none() if limpos is None else credenciamentos_filtrados(request.organizacao, limpos)
    )
    return _lista(request, "prestadores", filtro, Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina")))


@exige(Permissao.CADASTRO_VER, de=_OPERADORA)
@require_GET
def prestador(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One contract."""
    este = credenciamento_de(request, pk)
    return _pagina(request, "prestador", CredenciamentoForm(None, operadora=request.organizacao, instance=este))


@exige(Permissao.CADASTRO_MUDAR, de=_OPERADORA)
@require_POST
def salvar_prestador(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change one: dates, code, kinds of guide, group, in force or not."""
    este = credenciamento_de(request, pk)
    formulario = CredenciamentoForm(request.POST, operadora=request.organizacao, instance=este)
    return _salvar(request, "prestador", formulario)


def _lista(request: Requisicao, nome: str, filtro: Any, pagina: Any) -> HttpResponse:
    contexto = {
        "filtro": filtro,
        "pagina": pagina,
        "filtrou": any(request.GET.get(campo) for campo in filtro.fields),
        "muda": request.vinculo.pode(Permissao.CADASTRO_MUDAR),
        "importa": request.vinculo.pode(Permissao.IMPORTAR),
        "hoje": timezone.localdate(),
    }
    return render(request, f"convenios/registros/{nome}.html", contexto)


def _novo(request: Requisicao, nome: str, formulario: DoRegistro) -> HttpResponse:
    if request.method == "POST" and formulario.is_valid() and formulario.salvar(por=request.user):
        return _salvo(request, nome, formulario)
    situacao = 422 if request.method == "POST" else 200
    contexto = {"form": formulario, "novo": True, "muda": True}
    return render(request, f"convenios/registros/{nome}.html", contexto, status=situacao)


def _salvar(request: Requisicao, nome: str, formulario: DoRegistro, **outros: Any) -> HttpResponse:
    if not formulario.is_valid() or not formulario.salvar(por=request.user):
        return _pagina(request, nome, formulario, **outros)
    return _salvo(request, nome, formulario)


def _salvo(request: Requisicao, nome: str, formulario: DoRegistro) -> HttpResponse:
    registro = formulario.instance
    messages.success(request, "Salvo. Vale a partir da próxima conferência de um arquivo.")
    return redirect(f"registros:{nome}", slug=request.organizacao.slug, pk=registro.pk)


def _pagina_do_plano(request: Requisicao, este: Plano, formulario: CoberturaForm | None = None) -> HttpResponse:
    do_plano = PlanoForm(None, operadora=request.organizacao, instance=este)
    return _pagina(request, "plano", do_plano, **_coberturas(este, formulario))


def _coberturas(este: Plano, formulario: CoberturaForm | None = None) -> dict[str, Any]:
    return {"coberturas": list(este.coberturas.all()), "form_cobertura": formulario or CoberturaForm()}


def _pagina(request: Requisicao, nome: str, formulario: DoRegistro, **outros: Any) -> HttpResponse:
    erros = formulario.errors or (outros["form_cobertura"].errors if "form_cobertura" in outros else None)
    contexto = {
        "form": formulario,
        "novo": False,
        "muda": request.vinculo.pode(Permissao.CADASTRO_MUDAR),
        "mudancas": transicoes.historia(formulario.instance)[:DA_HISTORIA],
        **outros,
    }
    return render(request, f"convenios/registros/{nome}.html", contexto, status=422 if erros else 200)
