"""What recurs: for the clinic by cause and month, for the operadora by prestador, rule and month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from uploads import indicadores
from uploads.forms_dos_indicadores import FiltroDeIndicadores, FiltroDoMapa
from uploads.indicadores import MESES, Causa, Celulas, codigo_atual, frase_da, primeira_vez, recorrentes, somar
from uploads.series import barras, nome_do_mes, ultimos_meses

POR_PAGINA = 50
Linha = TypeVar("Linha", Causa, Celulas)

_ORDENS_DAS_CAUSAS: Mapping[str, Callable[[Causa], Any]] = {
    "regra": lambda causa: (causa.regra, causa.campo),
    "arquivos": lambda causa: (causa.total_de_arquivos, causa.total_de_lugares),
    "lugares": lambda causa: (causa.total_de_lugares, causa.total_de_arquivos),
    "mes": lambda causa: (causa.arquivos[-1], causa.total_de_arquivos),
}
_ORDENS_DO_MAPA: Mapping[str, Callable[[Celulas], Any]] = {
    "prestador": lambda celula: (celula.prestador, celula.regra),
    "regra": lambda celula: (celula.regra, celula.prestador),
    "arquivos": lambda celula: (celula.arquivos, celula.lugares),
    "lugares": lambda celula: (celula.lugares, celula.arquivos),
    "entraram": lambda celula: (celula.entraram, celula.arquivos),
}
_MAIS_ARQUIVOS = "-arquivos"


@require_GET
@exige(Permissao.INDICADOR_VER, de=Organizacao.Tipo.PRESTADOR)
def recorrencia(request: Requisicao, slug: str) -> HttpResponse:
    """*Críticas que se repetem*: the causes of twelve months, and how many files came in at once."""
    filtro = FiltroDeIndicadores(request.GET, request.organizacao)
    meses = ultimos_meses(MESES)
    operadora = filtro.operadora_escolhida
    ordem, causas = _ordenadas(request, recorrentes(request.organizacao, operadora, meses), _ORDENS_DAS_CAUSAS)
    primeira = primeira_vez(request.organizacao, operadora, meses)
    contexto = {
        "filtro": filtro,
        "pagina": Paginator(causas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "ordem": ordem,
        "primeira": primeira,
        "linhas_dos_meses": list(reversed(list(primeira.linhas()))),
        "barras": barras(meses, primeira.julgados, primeira.de_primeira),
        "meses": [nome_do_mes(mes) for mes in meses],
        "total_de_lugares": sum(causa.total_de_lugares for causa in causas),
    }
    return render(request, "uploads/indicadores.html", contexto)


@require_GET
@exige(Permissao.INDICADOR_VER, de=Organizacao.Tipo.PRESTADOR)
def recorrencia_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The causes with every month, as a spreadsheet."""
    filtro = FiltroDeIndicadores(request.GET, request.organizacao)
    meses = ultimos_meses(MESES)
    causas = recorrentes(request.organizacao, filtro.operadora_escolhida, meses)
    _, causas = _ordenadas(request, causas, _ORDENS_DAS_CAUSAS)
    colunas = (*_DA_REGRA, Coluna("Campo", 40), Coluna("Tendência"), Coluna("Arquivos"), Coluna("Lugares"))
    linhas = (
        (
            *_da_regra(causa.regra),
            causa.nome_do_campo,
            causa.tendencia.value,
            causa.total_de_arquivos,
            causa.total_de_lugares,
            *causa.arquivos,
        )
        for causa in causas
    )
    return _planilha("Críticas que se repetem", (*colunas, *_dos_meses(meses)), linhas, "criticas-que-se-repetem")


@require_GET
@exige(Permissao.INDICADOR_VER, de=Organizacao.Tipo.OPERADORA)
def mapa(request: Requisicao, slug: str) -> HttpResponse:
    """What the rules find at each prestador, by month. Own rows only: the database sees to it."""
    filtro = FiltroDoMapa(request.GET, request.organizacao)
    criterios = filtro.criterios
    meses: list[date] = criterios["meses"]
    ordem, celulas = _ordenadas(request, indicadores.mapa(request.organizacao, **criterios), _ORDENS_DO_MAPA)
    contexto = {
        "filtro": filtro,
        "pagina": Paginator(celulas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "ordem": ordem,
        "meses": [nome_do_mes(mes) for mes in meses],
        "somas": somar((celula.meses for celula in celulas), len(meses)),
        "total": {
            "arquivos": sum(celula.arquivos for celula in celulas),
            "lugares": sum(celula.lugares for celula in celulas),
            "entraram": sum(celula.entraram for celula in celulas),
        },
    }
    return render(request, "convenios/mapa.html", contexto)


@require_GET
@exige(Permissao.INDICADOR_VER, de=Organizacao.Tipo.OPERADORA)
def mapa_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The map as a spreadsheet."""
    criterios = FiltroDoMapa(request.GET, request.organizacao).criterios
    _, celulas = _ordenadas(request, indicadores.mapa(request.organizacao, **criterios), _ORDENS_DO_MAPA)
    colunas = (Coluna("Prestador", 34), *_DA_REGRA, Coluna("Arquivos"), Coluna("Lugares"), Coluna("Entraram"))
    linhas = (
        (
            celula.prestador,
            *_da_regra(celula.regra),
            celula.arquivos,
            celula.lugares,
            celula.entraram,
            *celula.meses,
        )
        for celula in celulas
    )
    return _planilha("Mapa de críticas", (*colunas, *_dos_meses(criterios["meses"])), linhas, "mapa-de-criticas")


_DA_REGRA = (Coluna("Regra", 8), Coluna("O que confere", 60), Coluna("Código", 8), Coluna("Descrição na Tabela 38", 40))


def _da_regra(regra: str) -> tuple[str, str, str, str]:
    return (regra, frase_da(regra), *codigo_atual(regra))


def _dos_meses(meses: Sequence[date]) -> list[Coluna]:
    return [Coluna(nome_do_mes(mes), 8) for mes in meses]


def _planilha(titulo: str, colunas: Sequence[Coluna], linhas: Any, nome: str) -> HttpResponse | FileResponse:
    arquivo = planilha.escrever(titulo, colunas, linhas)
    return anexo(arquivo, f"{nome}-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


def _ordenadas(
    request: Requisicao, linhas: list[Linha], ordens: Mapping[str, Callable[[Linha], Any]]
) -> tuple[str, list[Linha]]:
    """The order in force, as in the address, and the rows in it; most files first by default."""
    pedida = request.GET.get("ordem", _MAIS_ARQUIVOS)
    if pedida.removeprefix("-") not in ordens:
        pedida = _MAIS_ARQUIVOS
    return pedida, sorted(linhas, key=ordens[pedida.removeprefix("-")], reverse=pedida.startswith("-"))
