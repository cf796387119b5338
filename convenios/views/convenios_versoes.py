"""From when until when each version of the standard is taken, on the page of a convênio."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.abas_do_convenio import ABAS
from convenios.forms_das_versoes import VersaoForm
from convenios.models import Convenio, ParametrosDaOperadora
from convenios.portas_do_convenio import convenio_de
from convenios.versoes_aceitas import marcar_versao, periodo_de, remover_versao, versoes_de

OPERADORA = Organizacao.Tipo.OPERADORA


@require_GET
@exige(Permissao.CONVENIO_VER, de=OPERADORA)
def versoes(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """The periods that hold for the convênio, and a form for another."""
    return _pagina(request, convenio_de(request, codigo), VersaoForm(initial={"desde": timezone.localdate()}))


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def marcar(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Take a version on some days."""
    convenio, form = convenio_de(request, codigo), VersaoForm(request.POST)
    if form.is_valid():
        try:
            nova = marcar_versao(
                convenio=convenio, valores=form.valores, de_todos=form.cleaned_data["de_todos"], por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Versão {nova.versao} aceita {periodo_de(nova)}.")
            return redirect("convenios:versoes", slug=slug, codigo=codigo)
    return _pagina(request, convenio, form)


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def remover(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Take the period `versao` (an id) out, unless somebody already has."""
    convenio = convenio_de(request, codigo)
    pedida = request.POST.get("versao", "")
    achada = next((versao for versao in versoes_de(convenio) if str(versao.pk) == pedida), None)
    if achada is None:
        messages.error(request, "Este período não está mais na lista: alguém já o removeu.")
    else:
        frase = f"O período da versão {achada.versao} {periodo_de(achada)} foi removido."
        remover_versao(convenio=convenio, versao=achada, por=request.user)
        messages.success(request, frase)
    return redirect("convenios:versoes", slug=slug, codigo=codigo)


def _pagina(request: Requisicao, convenio: Convenio, form: VersaoForm) -> HttpResponse:
    parametros = ParametrosDaOperadora.objects.filter(operadora=convenio.operadora_id).first()
    hoje = timezone.localdate()
    contexto: dict[str, Any] = {
        "convenio": convenio,
        "abas": ABAS,
        "versoes": True,
        "muda": request.vinculo.pode(Permissao.CONVENIO_MUDAR),
        "hoje": hoje,
        "periodos": [(versao, periodo_de(versao), versao.vigente_em(hoje)) for versao in versoes_de(convenio)],
        "sem_datas": sorted(parametros.versoes_aceitas) if parametros else [],
        "form": form,
    }
    return render(request, "convenios/convenio_versoes.html", contexto, status=422 if form.errors else 200)
