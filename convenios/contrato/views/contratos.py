"""The list of contracts: of a prestador by operadora, of an operadora by prestador, each with its convênios."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from convenios.models import Convenio, Credenciamento

_POR_PAGINA = 50


class FiltroDeContratos(forms.Form):
    """What the list is asked for."""

    texto = forms.CharField(label="Nome, CNPJ ou código", required=False, max_length=60)


@require_GET
@exige(Permissao.CONVENIO_VER)
def contratos(request: Requisicao, slug: str) -> HttpResponse:
    """Every contract of the organisation in the URL, as far as the filter leaves them."""
    filtro = FiltroDeContratos(request.GET)
    texto = filtro.cleaned_data["texto"] if filtro.is_valid() else ""
    achados = _achados(request.organizacao, texto)
    pagina = Paginator(achados, _POR_PAGINA).get_page(request.GET.get("pagina"))
    operadoras = {credenciamento.operadora_id for credenciamento in pagina}
    convenios = list(Convenio.objects.filter(operadora__in=operadoras, ativo=True).order_by("-principal", "nome"))
    contexto = {
        "filtro": filtro,
        "pagina": pagina,
        "linhas": [(contrato, _da_operadora(convenios, contrato)) for contrato in pagina],
        "hoje": timezone.localdate(),
    }
    return render(request, "convenios/contratos.html", contexto)


def _achados(organizacao: Organizacao, texto: str) -> QuerySet[Credenciamento]:
    lado, outro = ("prestador", "operadora") if organizacao.e_prestador else ("operadora", "prestador")
    dela = Credenciamento.objects.filter(**{lado: organizacao}).select_related("operadora", "prestador")
    if not texto:
        return dela.order_by(f"{outro}__sigla", "pk")
    algarismos = "".join(filter(str.isalnum, texto))
    procurado = Q(**{f"{outro}__sigla__icontains": texto}) | Q(**{f"{outro}__nome__icontains": texto})
    procurado |= Q(codigo_na_operadora__iexact=texto) | Q(**{f"{outro}__documento": algarismos})
    return dela.filter(procurado).order_by(f"{outro}__sigla", "pk")


def _da_operadora(convenios: list[Convenio], contrato: Credenciamento) -> list[Any]:
    return [convenio for convenio in convenios if convenio.operadora_id == contrato.operadora_id]
