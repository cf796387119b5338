"""What holds in all convênios of an operadora that decide nothing else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from convenios.abas_do_convenio import ABAS, Aba, aba_de
from convenios.forms_do_convenio import PadroesForm
from convenios.models import Convenio, ParametrosDaOperadora
from convenios.transicoes import mudar_parametros

OPERADORA = Organizacao.Tipo.OPERADORA


@require_GET
@exige(Permissao.CONVENIO_VER, de=OPERADORA)
def padroes(request: Requisicao, slug: str) -> HttpResponse:
    """One tab of the defaults, `?aba=`."""
    return _pagina(request, _form(request, aba_de(request.GET.get("aba"))))


@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def salvar_padroes(request: Requisicao, slug: str) -> HttpResponse:
    """Save one tab of them; the button `herdar` gives one back to Conecta, `depois` names the next tab."""
    aba = aba_de(request.GET.get("aba"))
    form = _form(request, aba, request.POST)
    if not form.is_valid():
        return _pagina(request, form)
    mudar_parametros(operadora=request.organizacao, novos=form.decididos(), por=request.user)
    messages.success(request, "Padrões salvos. Valem em todo convênio que não decidir outra coisa.")
    seguinte = aba_de(request.POST.get("depois") or aba.id)
    return redirect(f"{reverse('convenios:padroes', kwargs={'slug': slug})}?aba={seguinte.id}")


def _form(request: Requisicao, aba: Aba, dados: QueryDict | None = None) -> PadroesForm:
    parametros = ParametrosDaOperadora.objects.filter(operadora=request.organizacao).first()
    return PadroesForm(dados, parametros=parametros or ParametrosDaOperadora(), aba=aba)


def _pagina(request: Requisicao, form: PadroesForm) -> HttpResponse:
    muda = request.vinculo.pode(Permissao.CONVENIO_MUDAR)
    if not muda:
        for campo in form.fields.values():
            campo.disabled = True
    contexto: dict[str, Any] = {
        "form": form,
        "aba": form.aba,
        "abas": ABAS,
        "proxima": next(iter(ABAS[ABAS.index(form.aba) + 1 :]), None),
        "muda": muda,
        "quantos": Convenio.objects.filter(operadora=request.organizacao, ativo=True).count(),
    }
    return render(request, "convenios/convenio_padroes.html", contexto, status=422 if form.errors else 200)
