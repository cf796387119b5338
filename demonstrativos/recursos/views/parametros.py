"""What the operadora decides about appeals, in general and by contract."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from demonstrativos.recursos import regras
from demonstrativos.recursos.forms import ParametrosForm, PrazoForm
from demonstrativos.recursos.models import ParametrosDoRecurso, PrazoDoContrato

OPERADORA = Organizacao.Tipo.OPERADORA


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.ANALISE_AJUSTAR, de=OPERADORA)
def parametros(request: Requisicao, slug: str) -> HttpResponse:
    """From when, how long and how often a prestador may appeal."""
    atuais = ParametrosDoRecurso.objects.filter(operadora=request.organizacao).first()
    form = ParametrosForm(
        request.POST if request.method == "POST" else None,
        instance=atuais or ParametrosDoRecurso(operadora=request.organizacao),
    )
    if request.method != "POST" or not form.is_valid():
        return _pagina(request, form, _form_do_prazo(request))
    regras.gravar(operadora=request.organizacao, valores=form.cleaned_data, por=request.user)
    messages.success(request, "Regras de recurso salvas. Valem para os recursos enviados de agora em diante.")
    return redirect("recursos:parametros", slug=slug)


@require_POST
@exige(Permissao.ANALISE_AJUSTAR, de=OPERADORA)
def prazo(request: Requisicao, slug: str) -> HttpResponse:
    """Give one contract a term of its own, or take it back."""
    form = _form_do_prazo(request, request.POST)
    if not form.is_valid():
        atuais = ParametrosDoRecurso.objects.filter(operadora=request.organizacao).first()
        return _pagina(request, ParametrosForm(instance=atuais), form)
    regras.gravar_prazo(operadora=request.organizacao, por=request.user, **form.cleaned_data)
    messages.success(request, f"Prazo de {form.cleaned_data['prestador'].sigla} salvo.")
    return redirect("recursos:parametros", slug=slug)


def _form_do_prazo(request: Requisicao, dados: object = None) -> PrazoForm:
    return PrazoForm(dados, operadora=request.organizacao, auto_id="id_contrato_%s")


def _pagina(request: Requisicao, form: ParametrosForm, prazo_form: PrazoForm) -> HttpResponse:
    prazos = PrazoDoContrato.objects.filter(operadora=request.organizacao)
    contexto = {
        "form": form,
        "prazo_form": prazo_form,
        "prazos": prazos.select_related("prestador").order_by("prestador__sigla"),
    }
    ruim = form.errors or prazo_form.errors
    return render(request, "recursos/parametros.html", contexto, status=422 if ruim else 200)
