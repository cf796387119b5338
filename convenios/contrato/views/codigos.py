"""The gear of the código credenciado: codes for some guides of a prestador, given by the operadora, seen by both."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.abas_do_convenio import ABAS
from convenios.contrato.combinados import combinar_codigo, retirar_codigo
from convenios.contrato.forms import CodigoForm, onde_vale
from convenios.contrato.models import CodigoCredenciado
from convenios.contrato.portas import contrato_de
from convenios.models import Convenio, Credenciamento

OPERADORA = Organizacao.Tipo.OPERADORA


@require_GET
@exige(Permissao.CONVENIO_VER)
def codigos(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """Which codes hold between the two, and where."""
    return _pagina(request, *contrato_de(request, pk, codigo), CodigoForm())


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def combinar(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """Give the prestador one more code."""
    credenciamento, convenio = contrato_de(request, pk, codigo)
    form = CodigoForm(request.POST)
    if form.is_valid():
        por_que, chave = form.lugar()
        try:
            combinar_codigo(
                credenciamento=credenciamento,
                convenio=convenio,
                por_que=por_que,
                chave=chave,
                codigo=form.cleaned_data["codigo"],
                por=request.user,
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, "Código combinado. Vale para os arquivos conferidos a partir de agora.")
            return redirect("contrato:codigos", slug=slug, pk=pk, codigo=codigo)
    return _pagina(request, credenciamento, convenio, form)


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def retirar(request: Requisicao, slug: str, pk: int, codigo: int) -> HttpResponse:
    """Take one of the codes back; the button says which."""
    credenciamento, convenio = contrato_de(request, pk, codigo)
    escolhido = request.POST.get("combinado", "")
    dele = CodigoCredenciado.objects.filter(credenciamento=credenciamento, convenio=convenio)
    combinado = next((linha for linha in dele if str(linha.pk) == escolhido), None)
    if combinado is None:
        messages.info(request, "Este código já tinha sido retirado.")
    else:
        retirar_codigo(codigo=combinado, por=request.user)
        messages.success(request, f"Código {combinado.codigo} retirado. Nestas guias volta a valer o mais geral.")
    return redirect("contrato:codigos", slug=slug, pk=pk, codigo=codigo)


def _pagina(request: Requisicao, credenciamento: Credenciamento, convenio: Convenio, form: CodigoForm) -> HttpResponse:
    combinados = CodigoCredenciado.objects.filter(credenciamento=credenciamento, convenio=convenio)
    contexto = {
        "credenciamento": credenciamento,
        "convenio": convenio,
        "combinados": [(onde_vale(linha.por, linha.chave), linha) for linha in combinados],
        "abas": ABAS,
        "form": form,
        "muda": not request.organizacao.e_prestador and request.vinculo.pode(Permissao.CONVENIO_MUDAR),
    }
    return render(request, "convenios/contrato_codigos.html", contexto, status=422 if form.errors else 200)
