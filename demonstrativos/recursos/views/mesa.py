"""The operadora's side: appeals received, and the desk where they are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.importacao.celulas import ErroDaCelula, dinheiro
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from demonstrativos.recursos import respostas, telas, transicoes
from demonstrativos.recursos.consultas import (
    ORDENS_DOS_RECURSOS,
    listar_recursos,
    ordenar,
    recursos_filtrados,
)
from demonstrativos.recursos.enderecos import na_mesma_pagina
from demonstrativos.recursos.erros import ValorRecusado
from demonstrativos.recursos.estados import POR_RESPONDER
from demonstrativos.recursos.forms import MAIOR_TEXTO, FiltrosDeRecebidos
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.palavras import descricoes_de
from demonstrativos.recursos.portas import ids_de, recebido_de
from demonstrativos.recursos.prazos import prazo_ate
from demonstrativos.recursos.views.recursos import POR_PAGINA

OPERADORA = Organizacao.Tipo.OPERADORA
COLUNAS = (
    Coluna("Recurso", 12),
    Coluna("Recurso no prestador", 22),
    Coluna("Prestador", 34),
    Coluna("Protocolo", 14),
    Coluna("Envio", 17),
    Coluna("Responder até", 14),
    Coluna("Situação", 26),
    Coluna("Vlr. Recursado"),
    Coluna("Vlr. Acatado"),
)


@require_GET
@exige(Permissao.RECURSO_VER, de=OPERADORA)
def recebidos(request: Requisicao, slug: str) -> HttpResponse:
    """The work list: what waits for an answer, the nearest term first."""
    filtros, achados = _filtrados(request)
    lista = listar_recursos(achados, request.GET.get("ordem", ""), "prazo", request.GET.get("pagina"))
    contexto = {
        "filtros": filtros,
        "lista": lista,
        "ordem": lista.ordem,
        "prazos": [
            (recurso, prazo_ate(recurso.responder_ate) if recurso.situacao in POR_RESPONDER else None)
            for recurso in lista.pagina
        ],
        "pode_ajustar": request.vinculo.pode(Permissao.ANALISE_AJUSTAR),
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"recursos/recebidos.html{parte}", contexto)


@require_GET
@exige(Permissao.RECURSO_VER, de=OPERADORA)
def recebidos_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The whole result as a spreadsheet."""
    _, achados = _filtrados(request)
    ordenados, _ = ordenar(
        achados.select_related("prestador", "protocolo"), ORDENS_DOS_RECURSOS, request.GET.get("ordem", ""), "prazo"
    )
    registrar_acesso(request, "recurso", 0, "exportar lista")
    arquivo = planilha.escrever("Recursos de glosa", COLUNAS, _linhas(ordenados))
    return anexo(arquivo, f"recursos-de-glosa-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


@require_GET
@exige(Permissao.RECURSO_VER, de=OPERADORA)
def recebido(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One appeal, line by line: what was refused, what the prestador says, and the decision."""
    este = recebido_de(request, pk)
    registrar_acesso(request, "recurso", este.pk, "ver")
    return _pagina(request, este)


@require_POST
@exige(Permissao.RECURSO_RESPONDER, de=OPERADORA)
def decidir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Accept or refuse the marked lines, or a part of one."""
    este = recebido_de(request, pk)
    motivo = request.POST.get("justificativa", "").strip()
    if len(motivo) > MAIOR_TEXTO:
        recusa = f"O motivo tem {len(motivo)} caracteres; cabem {MAIOR_TEXTO}. Encurte-o."
        return _pagina(request, este, recusa=recusa, status=422)
    marcados = ids_de(request.POST.getlist("item"))
    acoes: dict[str, Callable[[], Any]] = {
        "acatar": lambda: respostas.acatar(recurso=este, itens=list(marcados), por=request.user, justificativa=motivo),
        "recusar": lambda: respostas.recusar(
            recurso=este, itens=list(marcados), por=request.user, justificativa=motivo
        ),
        "parte": lambda: _em_parte(request, este, marcados, motivo),
    }
    acao = acoes.get(request.POST.get("acao", ""))
    if acao is None:
        return _voltar(request, este)
    return _fazer(request, este, acao, "Decisão guardada. O prestador só a vê depois de “Responder”.")


@require_POST
@exige(Permissao.RECURSO_RESPONDER, de=OPERADORA)
def desfazer(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Undo the last decision."""
    este = recebido_de(request, pk)
    return _fazer(
        request, este, lambda: respostas.desfazer(recurso=este, por=request.user), "A última decisão foi desfeita."
    )


@require_POST
@exige(Permissao.RECURSO_RESPONDER, de=OPERADORA)
def responder(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Give the answer that the page showed: it changes no more, and the prestador reads it."""
    este = recebido_de(request, pk)
    return _fazer(
        request,
        este,
        lambda: transicoes.responder(recurso=este, por=request.user, visto=_visto(request)),
        f"Recurso {este.numero} respondido. O prestador já pode ver; o que foi acatado espera por um pagamento.",
    )


def _em_parte(request: Requisicao, este: Recurso, marcados: set[int], motivo: str) -> None:
    if len(marcados) != 1:
        raise ValorRecusado("Para acatar em parte, marque uma linha só e escreva o valor.", este)
    try:
        valor = dinheiro(request.POST.get("valor", "").strip() or "?", algarismos=12)
    except ErroDaCelula as erro:
        raise ValorRecusado(f"Valor acatado: {erro.frase}", este) from None
    (item,) = marcados
    respostas.acatar_em_parte(recurso=este, item=item, valor=valor, por=request.user, justificativa=motivo)


def _visto(request: Requisicao) -> Decimal | None:
    """What the page said was accepted; None for a form without it."""
    try:
        return Decimal(request.POST.get("visto", ""))
    except InvalidOperation:
        return None


def _fazer(request: Requisicao, este: Recurso, acao: Callable[[], Any], feito: str) -> HttpResponse:
    try:
        acao()
    except ErroDeNegocio as recusa:
        return _pagina(request, recebido_de(request, este.pk), recusa=recusa.frase, status=409)
    messages.success(request, feito)
    return _voltar(request, este)


def _voltar(request: Requisicao, este: Recurso) -> HttpResponse:
    return na_mesma_pagina(request, reverse("recursos:recebido", args=[request.organizacao.slug, este.pk]))


def _pagina(request: Requisicao, este: Recurso, *, recusa: str = "", status: int = 200) -> HttpResponse:
    linhas = telas.linhas_de(este)
    a_responder = este.situacao in POR_RESPONDER
    contexto: dict[str, Any] = {
        "endereco": reverse("recursos:recebido", args=[request.organizacao.slug, este.pk]),
        "recurso": este,
        "pagina": Paginator(linhas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "quantas": len(linhas),
        "decididas": sum(linha.resposta is not None for linha in linhas),
        "acatado": sum((linha.valor_acatado for linha in linhas), Decimal(0)),
        "descricoes": descricoes_de(linha.item.codigo for linha in linhas),
        "prazo": prazo_ate(este.responder_ate) if a_responder and este.responder_ate else None,
        "anexos": este.anexos.select_related("guia"),
        "decide": a_responder and request.vinculo.pode(Permissao.RECURSO_RESPONDER),
        "ultima": este.acoes.filter(desfeita_em__isnull=True).first(),
        "marcados": request.POST.getlist("item"),
        "motivo": request.POST.get("justificativa", ""),
        "valor": request.POST.get("valor", ""),
        "recusa": recusa,
    }
    return render(request, "recursos/recebido.html", contexto, status=status)


def _filtrados(request: Requisicao) -> tuple[FiltrosDeRecebidos, QuerySet[Recurso]]:
    filtros = FiltrosDeRecebidos(request.GET, request.organizacao)
    todos = Recurso.objects.da_operadora(request.organizacao)
    return filtros, recursos_filtrados(todos, filtros.cleaned_data) if filtros.is_valid() else todos.none()


def _linhas(recursos: QuerySet[Recurso]) -> Iterator[tuple[Any, ...]]:
    for recurso in recursos.iterator(chunk_size=2_000):
        yield (
            recurso.numero,
            recurso.numero_do_prestador,
            recurso.prestador.sigla,
            recurso.protocolo.numero,
            recurso.enviado_em,
            recurso.responder_ate,
            recurso.get_situacao_display(),
            recurso.valor_recursado,
            recurso.valor_acatado,
        )
