"""What holds between a convênio and one prestador, as either side sees it and as far as it may decide."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.abas_do_convenio import ABAS, Aba, aba_de
from convenios.camadas import NOMES, do_prestador
from convenios.contrato import escolhas
from convenios.contrato.escolhas import Autor
from convenios.contrato.formulario import ContratoForm
from convenios.contrato.portas import contrato_de
from convenios.historia_do_convenio import Mudanca, nome_do_campo, o_que_mudou
from convenios.models import Convenio, Credenciamento, MudancaDeConvenio

PRESTADOR, OPERADORA = Organizacao.Tipo.PRESTADOR, Organizacao.Tipo.OPERADORA
_PERMISSAO = {PRESTADOR: Permissao.CONVENIO_ESCOLHER, OPERADORA: Permissao.CONVENIO_MUDAR}
_ULTIMAS = 10


@require_GET
@exige(Permissao.CONVENIO_VER)
def convenio(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """One tab of what holds, `?aba=`."""
    credenciamento, achado = contrato_de(request, pk, codigo)
    return _pagina(request, credenciamento, achado, _form(request, credenciamento, achado))


@require_POST
@exige(Permissao.CONVENIO_ESCOLHER, de=PRESTADOR)
def escolher(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """The prestador decides what the convênio leaves open to it."""
    return _salvar(request, pk, codigo, escolhas.escolher)


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def acordar(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """The operadora decides otherwise for this prestador."""
    return _salvar(request, pk, codigo, escolhas.acordar)


def _salvar(request: Requisicao, pk: int, codigo: int, transicao: Callable[..., list[Mudanca]]) -> HttpResponse:
    credenciamento, achado = contrato_de(request, pk, codigo)
    form = _form(request, credenciamento, achado, request.POST)
    if form.is_valid():
        try:
            mudancas = transicao(
                credenciamento=credenciamento, convenio=achado, novos=form.decididos(), por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, o_que_mudou(mudancas, request.POST.get("herdar", "")))
            endereco = reverse("contrato:convenio", args=[request.organizacao.slug, pk, codigo])
            return redirect(f"{endereco}?aba={form.aba.id}")
    return _pagina(request, credenciamento, achado, form)


def _form(
    request: Requisicao, credenciamento: Credenciamento, achado: Convenio, dados: QueryDict | None = None
) -> ContratoForm:
    tipo = Organizacao.Tipo(request.organizacao.tipo)
    return ContratoForm(
        dados,
        credenciamento=credenciamento,
        convenio=achado,
        autor=Autor(tipo.value),
        editaveis=_editaveis(request, achado, tipo),
        efetivas=do_prestador(achado, credenciamento),
        aba=_aba(request),
    )


def _editaveis(request: Requisicao, achado: Convenio, tipo: Organizacao.Tipo) -> Collection[str]:
    if not request.vinculo.pode(_PERMISSAO[tipo]):
        return ()
    return achado.abertos if tipo == PRESTADOR else NOMES


def _aba(request: Requisicao) -> Aba:
    return aba_de(request.GET.get("aba"))


def _pagina(request: Requisicao, credenciamento: Credenciamento, achado: Convenio, form: ContratoForm) -> HttpResponse:
    e_prestador = request.organizacao.e_prestador
    contexto = {
        "credenciamento": credenciamento,
        "convenio": achado,
        "form": form,
        "partes": form.partes(),
        "aba": form.aba,
        "abas": ABAS,
        "muda": bool(form.em_camadas),
        "acao": "contrato:escolher" if e_prestador else "contrato:acordar",
        "efetivas": form.efetivas,
        "eventos": _eventos(credenciamento, achado),
    }
    return render(request, "convenios/contrato_convenio.html", contexto, status=422 if form.errors else 200)


def _eventos(credenciamento: Credenciamento, achado: Convenio) -> list[dict[str, Any]]:
    """The last changes that hold for this prestador only."""
    mudancas = MudancaDeConvenio.objects.filter(convenio=achado, prestador=credenciamento.prestador_id)
    return [
        {
            "titulo": nome_do_campo(mudanca.campo),
            "detalhe": f"{mudanca.antes or 'vazio'} → {mudanca.depois or 'vazio'}",
            "quando": mudanca.quando,
            "quem": mudanca.quem_nome,
        }
        for mudanca in mudancas[:_ULTIMAS]
    ]
