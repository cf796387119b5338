"""Bank data and retenções of the prestadores of an operadora."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.models import Credenciamento
from demonstrativos.pagamentos.cadastro import gravar_conta, gravar_retencoes
from demonstrativos.pagamentos.forms import ContaForm, RetencoesForm
from demonstrativos.pagamentos.models import ContaBancaria, Retencao
from demonstrativos.pagamentos.portas import contrato_de
from lotes.paginas import pagina_de

OPERADORA = Organizacao.Tipo.OPERADORA


@require_GET
@exige(Permissao.PAGAMENTO_VER, de=OPERADORA)
def contas(request: Requisicao, slug: str) -> HttpResponse:
    """Every credenciado, with where it is paid and what is withheld."""
    contratos = Credenciamento.objects.filter(operadora=request.organizacao).select_related("prestador")
    procurado = request.GET.get("q", "").strip()
    if procurado:
        contratos = contratos.filter(prestador__sigla__icontains=procurado[:60].replace("\x00", ""))
    pagina = pagina_de(contratos.order_by("prestador__sigla", "pk"), contratos.count(), request.GET.get("pagina"))
    prestadores = [contrato.prestador_id for contrato in pagina]
    da_operadora: dict[str, Any] = {"operadora": request.organizacao, "prestador__in": prestadores}
    por_prestador = {conta.prestador_id: conta for conta in ContaBancaria.objects.filter(**da_operadora)}
    retidos: dict[int, list[Retencao]] = {}
    for retencao in Retencao.objects.filter(**da_operadora):
        retidos.setdefault(retencao.prestador_id, []).append(retencao)
    contexto = {
        "pagina": pagina,
        "linhas": [(c, por_prestador.get(c.prestador_id), retidos.get(c.prestador_id, [])) for c in pagina],
        "procurado": procurado,
        "pode_mudar": request.vinculo.pode(Permissao.PAGAMENTO_MUDAR),
    }
    return render(request, "pagamentos/contas.html", contexto)


@require_http_methods(["GET", "POST"])
@exige(Permissao.PAGAMENTO_MUDAR, de=OPERADORA)
def conta(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Write down where a prestador is paid, and what is withheld."""
    contrato = contrato_de(request, pk)
    do_contrato = {"operadora": contrato.operadora_id, "prestador": contrato.prestador_id}
    atual = ContaBancaria.objects.filter(**do_contrato).first()
    retencoes = {retencao.tipo: retencao for retencao in Retencao.objects.filter(**do_contrato)}
    dados = request.POST if request.method == "POST" else None
    form, retidas = ContaForm(dados, instance=atual), RetencoesForm(dados, retencoes)
    if dados is not None and form.is_valid() and retidas.is_valid():
        try:
            with transaction.atomic():
                gravar_conta(contrato=contrato, por=request.user, **form.cleaned_data)
                gravar_retencoes(contrato=contrato, valores=retidas.valores(), por=request.user)
        except ErroDeNegocio as erro:
            retidas.add_error(None, erro.frase)
        else:
            messages.success(request, f"Dados de pagamento de {contrato.prestador.sigla} salvos.")
            return redirect("pagamentos:contas", slug=slug)
    contexto = {"contrato": contrato, "form": form, "retencoes": retidas, "atual": atual}
    return render(request, "pagamentos/conta.html", contexto, status=422 if dados is not None else 200)
