"""What each table prices in a convênio, for every credenciado and in the contract with one; Lista de Produtos."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.abas_do_convenio import ABAS
from convenios.models import Convenio
from convenios.portas_do_convenio import convenio_de
from convenios.precos.forms_dos_vinculos import EscolhaDoContrato, GruposForm, VinculoForm
from convenios.precos.models import PercentualDoGrupo, VinculoDeTabela
from convenios.precos.naturezas import MAIS_GERAL, Natureza
from convenios.precos.portas import vinculo_de
from convenios.precos.transicoes import excluir_vinculo, gravar_percentuais, gravar_vinculo
from convenios.precos.views.comum import OPERADORA, muda


@require_GET
@exige(Permissao.PRECO_VER, de=OPERADORA)
def convenios(request: Requisicao, slug: str) -> HttpResponse:
    """The convênios, each with how many links it has, to choose one."""
    da_operadora = Convenio.objects.filter(operadora=request.organizacao).order_by("codigo")
    contexto = {"convenios": da_operadora.annotate(quantas=Count("tabelas"))}
    return render(request, "convenios/precos/convenios.html", contexto)


@require_GET
@exige(Permissao.PRECO_VER, de=OPERADORA)
def convenio(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """What prices each kind of item in one convênio; `?prestador=`, in the contract with that one."""
    deste = convenio_de(request, codigo)
    return _pagina(request, deste, GruposForm(None, initial=_percentuais(deste)))


@require_POST
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def grupos(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Say the percentages of the Lista de Produtos."""
    deste = convenio_de(request, codigo)
    form = GruposForm(request.POST)
    if form.is_valid():
        gravar_percentuais(convenio=deste, novos=form.cleaned_data, por=request.user)
        messages.success(request, "Lista de Produtos salva.")
        return redirect("precos:convenio", slug=slug, codigo=codigo)
    return _pagina(request, deste, form)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def novo(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Link a table (`?natureza=`, `?prestador=`)."""
    deste = convenio_de(request, codigo)
    return _formulario(request, deste, _prestador(request, deste), None)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def mudar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change a link."""
    vinculo = vinculo_de(request, pk)
    return _formulario(request, vinculo.convenio, vinculo.prestador, vinculo)


@require_POST
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def excluir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take a link back."""
    vinculo = vinculo_de(request, pk)
    excluir_vinculo(vinculo=vinculo, por=request.user)
    messages.success(request, f"{vinculo.tabela} não precifica mais {vinculo.get_natureza_display().lower()}.")
    return redirect(_endereco(request, vinculo.convenio, vinculo.prestador))


def _formulario(
    request: Requisicao, deste: Convenio, prestador: Organizacao | None, vinculo: VinculoDeTabela | None
) -> HttpResponse:
    de_quem = None if prestador is None else prestador.pk
    form = VinculoForm(
        request.POST or None,
        request.organizacao,
        de_quem,
        instance=vinculo,
        initial={} if vinculo else {"natureza": request.GET.get("natureza", "")},
    )
    if request.method == "POST" and form.is_valid():
        novos = form.cleaned_data | {"prestador": prestador}
        try:
            gravado = gravar_vinculo(convenio=deste, vinculo=vinculo, novos=novos, por=request.user)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            oque = gravado.get_natureza_display().lower()
            messages.success(request, f"{gravado.tabela} precifica {oque} a partir de {gravado.inicio:%d/%m/%Y}.")
            return redirect(_endereco(request, deste, prestador))
    contexto = {
        "convenio": deste,
        "form": form,
        "deste": vinculo,
        "prestador": prestador,
        "volta": _endereco(request, deste, prestador),
    }
    return render(request, "convenios/precos/vinculo.html", contexto, status=422 if form.errors else 200)


def _pagina(request: Requisicao, deste: Convenio, form: forms.Form) -> HttpResponse:
    escolha = EscolhaDoContrato(request.GET, deste)
    prestador = escolha.cleaned_data["prestador"] if escolha.is_valid() else None
    contexto = {
        "convenio": deste,
        "abas": ABAS,
        "hoje": timezone.localdate(),
        "muda_o_convenio": request.vinculo.pode(Permissao.CONVENIO_MUDAR),
        "escolha": escolha,
        "prestador": prestador,
        "naturezas": _por_natureza(deste, prestador),
        "form": form,
        "muda": muda(request),
    }
    return render(request, "convenios/precos/convenio.html", contexto, status=422 if form.errors else 200)


def _por_natureza(deste: Convenio, prestador: Organizacao | None) -> list[dict[str, Any]]:
    """Each kind of item with its links in the order in which they are asked, and what prices it where it has none."""
    de_quem = Q(prestador__isnull=True) | Q(prestador=prestador)
    vinculos = VinculoDeTabela.objects.filter(de_quem, convenio=deste).select_related("tabela", "prestador")
    por_natureza: dict[str, list[VinculoDeTabela]] = {natureza: [] for natureza in Natureza.values}
    for vinculo in vinculos.order_by("ordem", "id"):
        por_natureza[vinculo.natureza].append(vinculo)
    return [
        {
            "id": natureza.value,
            "nome": natureza.label,
            "vinculos": sorted(por_natureza[natureza], key=lambda vinculo: vinculo.prestador_id is None),
            "geral": MAIS_GERAL[natureza].label.lower() if natureza in MAIS_GERAL else "",
        }
        for natureza in Natureza
    ]


def _percentuais(deste: Convenio) -> dict[str, Any]:
    return dict(PercentualDoGrupo.objects.filter(convenio=deste).values_list("grupo", "percentual"))


def _prestador(request: Requisicao, deste: Convenio) -> Organizacao | None:
    escolha = EscolhaDoContrato(request.GET, deste)
    return escolha.cleaned_data["prestador"] if escolha.is_valid() else None


def _endereco(request: Requisicao, deste: Convenio, prestador: Organizacao | None) -> str:
    endereco = reverse("precos:convenio", args=[request.organizacao.slug, deste.codigo])
    return endereco if prestador is None else f"{endereco}?prestador={prestador.pk}"
