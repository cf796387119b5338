"""Notas as the operadora judges them, and what it decides about them."""

from __future__ import annotations

from decimal import Decimal

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.notas import parametrizacao, transicoes
from demonstrativos.notas.estados import SituacaoDaNota
from demonstrativos.notas.forms import DispensaForm, IndeferirForm, ParametrosForm
from demonstrativos.notas.models import DispensaDeNota, NotaFiscal
from demonstrativos.notas.pendencias import parametros_de
from demonstrativos.notas.portas import dispensa_de, nota_de
from demonstrativos.notas.views.nota import pagina_da_nota
from lotes.paginas import pagina_de

OPERADORA = Organizacao.Tipo.OPERADORA
_S = SituacaoDaNota
ABAS = ((_S.EM_ANALISE, "Em análise"), (_S.ACEITA, "Aceitas"), (_S.INDEFERIDA, "Indeferidas"))


@require_GET
@exige(Permissao.PAGAMENTO_VER, de=OPERADORA)
def recebidas(request: Requisicao, slug: str) -> HttpResponse:
    """Notas that were sent, by state, longest waiting first."""
    pedida = request.GET.get("aba", "")
    aba = pedida if pedida in {str(situacao) for situacao, _ in ABAS} else str(_S.EM_ANALISE)
    todas = NotaFiscal.objects.de(request.organizacao)
    somas = todas.filter(situacao=aba).aggregate(quantas=Count("id"), valor=Sum("valor"))
    quantas = dict(todas.values_list("situacao").annotate(quantas=Count("id")))
    linhas = todas.filter(situacao=aba).select_related("prestador").order_by("enviada_em", "id")
    contexto = {
        "aba": aba,
        "abas": [(str(situacao), nome, quantas.get(str(situacao), 0)) for situacao, nome in ABAS],
        "pagina": pagina_de(linhas, somas["quantas"], request.GET.get("pagina")),
        "total": somas["valor"] or Decimal(0),
    }
    return render(request, "notas/recebidas.html", contexto)


@require_POST
@exige(Permissao.NOTA_ANALISAR, de=OPERADORA)
def aceitar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Aceitar Nota*."""
    try:
        transicoes.aceitar(nota=nota_de(request, pk), por=request.user)
    except ErroDeNegocio as erro:
        return pagina_da_nota(request, nota_de(request, pk), status=409, recusa=erro.frase)
    messages.success(request, "Nota aceita. O prestador já pode ver.")
    return redirect("notas:recebidas", slug=slug)


@require_POST
@exige(Permissao.NOTA_ANALISAR, de=OPERADORA)
def indeferir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Indeferir Nota*, with its reason."""
    form = IndeferirForm(request.POST)
    if not form.is_valid():
        return pagina_da_nota(request, nota_de(request, pk), status=422, form=form)
    try:
        transicoes.indeferir(nota=nota_de(request, pk), por=request.user, **form.cleaned_data)
    except ErroDeNegocio as erro:
        return pagina_da_nota(request, nota_de(request, pk), status=409, recusa=erro.frase, form=form)
    messages.success(request, "Nota indeferida. O prestador lê o motivo e pode corrigi-la.")
    return redirect("notas:recebidas", slug=slug)


@require_http_methods(["GET", "POST"])
@exige(Permissao.NOTA_ANALISAR, de=OPERADORA)
def parametros(request: Requisicao, slug: str) -> HttpResponse:
    """For how long notas are asked for, how much they may differ, and who owes none."""
    dados = request.POST if request.method == "POST" else None
    form = ParametrosForm(dados, instance=parametros_de(request.organizacao.pk))
    if dados is not None and form.is_valid():
        parametrizacao.gravar_parametros(operadora=request.organizacao, **form.cleaned_data)
        messages.success(request, "Regras da nota fiscal salvas.")
        return redirect("notas:parametros", slug=slug)
    return _parametros(request, form, DispensaForm(None, request.organizacao), 422 if form.errors else 200)


@require_POST
@exige(Permissao.NOTA_ANALISAR, de=OPERADORA)
def dispensar(request: Requisicao, slug: str) -> HttpResponse:
    """Let somebody owe no nota; with `dispensa`, ask for it again."""
    if request.POST.get("dispensa"):
        parametrizacao.cobrar(dispensa=dispensa_de(request, request.POST["dispensa"]))
        messages.success(request, "Dispensa retirada. A nota volta a ser cobrada.")
        return redirect("notas:parametros", slug=slug)
    form = DispensaForm(request.POST, request.organizacao)
    if not form.is_valid():
        return _parametros(request, ParametrosForm(instance=parametros_de(request.organizacao.pk)), form, 422)
    parametrizacao.dispensar(operadora=request.organizacao, **form.cleaned_data)
    messages.success(request, "Dispensa registrada.")
    return redirect("notas:parametros", slug=slug)


def _parametros(request: Requisicao, form: ParametrosForm, dispensa: DispensaForm, status: int) -> HttpResponse:
    dispensas = DispensaDeNota.objects.filter(operadora=request.organizacao).select_related("prestador", "convenio")
    contexto = {"form": form, "dispensa": dispensa, "dispensas": dispensas.order_by("pk")}
    return render(request, "notas/parametros.html", contexto, status=status)
