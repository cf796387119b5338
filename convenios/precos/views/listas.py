"""Editions of Brasíndice and Simpro that the operadora imported: the list, the items of each, and throwing one away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.models import Convenio
from convenios.precos.consultas import edicoes_de, itens_filtrados
from convenios.precos.forms import FiltroDeItens
from convenios.precos.models import EdicaoDeReferencia
from convenios.precos.portas import edicao_de
from convenios.precos.transicoes import excluir_edicao
from convenios.precos.views.comum import OPERADORA, filtros_de, muda, pagina_de


@require_GET
@exige(Permissao.PRECO_VER, de=OPERADORA)
def listas(request: Requisicao, slug: str) -> HttpResponse:
    """Every edition imported, and until when each holds."""
    edicoes = edicoes_de(request.organizacao)
    pagina = Paginator(edicoes, 50).get_page(request.GET.get("pagina"))
    contexto = {"pagina": pagina, "hoje": _em_vigor(request.organizacao), "muda": muda(request)}
    return render(request, "convenios/precos/listas.html", contexto)


@require_GET
@exige(Permissao.PRECO_VER, de=OPERADORA)
def edicao(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One edition and its items."""
    desta = edicao_de(request, pk)
    filtro = FiltroDeItens(request.GET)
    itens = itens_filtrados(desta, filtros_de(filtro).get("texto", ""))
    em_vigor = desta.pk in _em_vigor(request.organizacao)
    contexto: dict[str, Any] = {
        "edicao": desta,
        "filtro": filtro,
        "pagina": pagina_de(request, itens, filtro),
        "em_vigor": em_vigor,
        "usam": _que_usam(desta) if em_vigor else 0,
        "muda": muda(request),
    }
    return render(request, "convenios/precos/edicao.html", contexto)


@require_POST
@exige(Permissao.PRECO_MUDAR, de=OPERADORA)
def excluir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Throw an edition away, so that it can be imported again."""
    desta = edicao_de(request, pk)
    try:
        excluir_edicao(
            edicao=desta,
            em_vigor=desta.pk in _em_vigor(request.organizacao),
            sabendo=request.POST.get("sabendo") == "on",
            por=request.user,
        )
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
        return redirect("precos:edicao", slug=slug, pk=pk)
    messages.success(request, f"{desta} excluído, com os seus itens.")
    return redirect("precos:listas", slug=slug)


def _em_vigor(operadora: Organizacao) -> set[int]:
    """The edition of each list that gives today's prices."""
    hoje: date = timezone.localdate()
    comecaram = EdicaoDeReferencia.objects.filter(operadora=operadora, inicio__lte=hoje)
    return set(comecaram.order_by("lista", "-inicio").distinct("lista").values_list("pk", flat=True))


def _que_usam(desta: EdicaoDeReferencia) -> int:
    """How many convênios say themselves that they price by that list."""
    usa = Q(referencia_medicamento=desta.lista) | Q(referencia_material=desta.lista)
    return Convenio.objects.filter(usa, operadora=desta.operadora_id).count()
