"""The panel of money, of either side, as a page and as a workbook."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from conecta.respostas import XLSX, anexo
from demonstrativos.painel import da_operadora, do_prestador
from demonstrativos.painel.forms import FiltroDoPainel
from demonstrativos.painel.quadros import Quadro


@require_GET
@exige(Permissao.INDICADOR_VER)
def painel(request: Requisicao, slug: str) -> HttpResponse:
    """Each figure as a chart with its table."""
    filtro = FiltroDoPainel(request.GET, request.organizacao)
    return render(request, "painel/painel.html", {"filtro": filtro, "quadros": _quadros(request, filtro)})


@require_GET
@exige(Permissao.INDICADOR_VER)
def painel_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """Each figure as a sheet."""
    primeiro, *outros = (
        quadro.folha() for quadro in _quadros(request, FiltroDoPainel(request.GET, request.organizacao))
    )
    arquivo = planilha.escrever(primeiro.titulo, primeiro.colunas, primeiro.linhas, *outros)
    return anexo(arquivo, f"indicadores-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


def _quadros(request: Requisicao, filtro: FiltroDoPainel) -> list[Quadro]:
    outro, meses = filtro.escolhidos
    if request.organizacao.e_prestador:
        return do_prestador.quadros(request.organizacao, outro, meses)
    return da_operadora.quadros(request.organizacao, outro, meses)
