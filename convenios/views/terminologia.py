"""Looking terminology up: the search, one code, and what completes a field that is being typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from convenios import terminologia_busca as busca
from convenios.models import ItemDaTerminologia
from convenios.terminologia_busca import Vigencia
from convenios.terminologia_forms import BuscaForm
from convenios.terminologia_tabelas import rotulo


@dataclass(frozen=True, slots=True, kw_only=True)
class Linha:
    """A term as lists show it. `dono`: whose own code it is, "" for the standard's."""

    item: ItemDaTerminologia
    situacao: Vigencia
    dono: str


@require_GET
@exige(Permissao.TERMINOLOGIA_VER)
def pesquisa(request: Requisicao, slug: str) -> HttpResponse:
    """The search and what it finds."""
    form = BuscaForm(request.GET)
    contexto: dict[str, Any] = {"form": form, "muda": request.vinculo.pode(Permissao.TERMINOLOGIA_MUDAR)}
    if form.is_valid():
        criterios = form.criterios()
        achados = busca.procurar(criterios, pagina=request.GET.get("pagina"))
        contexto |= {
            "dia": criterios.dia,
            "texto": criterios.texto,
            "pagina": achados.pagina,
            "parecidos": achados.parecidos,
            "linhas": _linhas(achados.pagina, criterios.dia),
        }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"convenios/terminologia/pesquisa.html{parte}", contexto)


@require_GET
@exige(Permissao.TERMINOLOGIA_VER)
def opcoes(request: Requisicao, slug: str) -> HttpResponse:
    """The few best terms that are valid on `dia`, for a field that completes what is typed (`?tabela=22&q=…&dia=`).

    `operadora` (id) leaves out the own codes of others. For htmx a list of options, else JSON: `{"itens": […]}`.
    """
    form = BuscaForm(request.GET)
    linhas: list[Linha] = []
    if form.is_valid() and form.cleaned_data["q"].strip():
        criterios = form.criterios()
        linhas = _linhas(busca.opcoes(criterios, operadora=_numero(request.GET.get("operadora"))), criterios.dia)
    if request.htmx:
        return render(request, "convenios/terminologia/_opcoes.html", {"linhas": linhas})
    return JsonResponse({"itens": [_em_json(linha) for linha in linhas]})


@require_GET
@exige(Permissao.TERMINOLOGIA_VER)
def termo(request: Requisicao, slug: str, tabela: str, termo: str) -> HttpResponse:
    """One code: every period in which it is, was or will be valid, and where that was said."""
    periodos = busca.periodos(tabela, termo)
    if not periodos:
        raise Http404("termo da terminologia")
    hoje = timezone.localdate()
    linhas = _linhas(periodos, hoje)
    atual = next((linha for linha in linhas if linha.situacao == Vigencia.VIGENTE), linhas[0])
    contexto = {"linhas": linhas, "atual": atual, "hoje": hoje, "tabela": rotulo(tabela)}
    return render(request, "convenios/terminologia/termo.html", contexto)


def _linhas(itens: Iterable[ItemDaTerminologia], dia: date) -> list[Linha]:
    itens = list(itens)
    donos = dict(
        Organizacao.objects.filter(pk__in={item.operadora_id for item in itens if item.operadora_id}).values_list(
            "pk", "sigla"
        )
    )
    return [
        Linha(item=item, situacao=busca.situacao(item, dia), dono=donos.get(item.operadora_id or 0, ""))
        for item in itens
    ]


def _em_json(linha: Linha) -> dict[str, str]:
    item = linha.item
    return {"tabela": item.tabela, "codigo": item.codigo, "texto": item.texto, "dono": linha.dono}


def _numero(texto: str | None) -> int | None:
    return int(texto) if texto and texto.isascii() and texto.isdecimal() and len(texto) < 18 else None
