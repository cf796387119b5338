"""Corrigir Críticas: cause by cause, then *Salvar Reprocessar*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from tiss_schemas.edicao import ErroDeEdicao
from tiss_schemas.leitura import ArquivoRecusado, Documento, ler
from uploads import transicoes
from uploads.causas import Causa, causas, montar
from uploads.controles import precisa_do_documento
from uploads.correcao import com_todas_as_sugestoes, correcao_de
from uploads.erros import CorrecaoConcorrente, CriticaNaoIgnoravel, MudancaNaoPermitida
from uploads.estados import SituacaoDoArquivo
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.models import Arquivo, Critica, Versao
from uploads.portas import arquivo_de
from uploads.previa import previa

CAUSAS_POR_PAGINA = 20
_ID_DE_CAUSA = re.compile(r"[0-9a-f]{32}")
_PRESTADOR = Organizacao.Tipo.PRESTADOR


@exige(Permissao.ARQUIVO_CORRIGIR, de=_PRESTADOR)
@require_http_methods(["GET", "HEAD", "POST"])
def corrigir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The correction screen, and its *Salvar Reprocessar*."""
    arquivo = arquivo_de(request, pk)
    if request.method == "POST":
        return _salvar(request, arquivo)
    if arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        messages.info(request, "Este arquivo não espera correção.")
        return redirect("uploads:arquivo", slug=slug, pk=pk)
    registrar_acesso(request, "arquivo", arquivo.pk, "corrigir")
    linhas = causas(arquivo)
    if escolhidas := _ids_de_causas([request.GET.get("causa", "")]):
        linhas = linhas.filter(causa__in=escolhidas)
    pagina = Paginator(linhas, CAUSAS_POR_PAGINA).get_page(request.GET.get("pagina"))
    return _pagina(request, arquivo, _formularios(arquivo, montar(arquivo, pagina.object_list)), pagina=pagina)


@exige(Permissao.ARQUIVO_CORRIGIR, de=_PRESTADOR)
@require_GET
def totais(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """What recalculating would change, old → new. Asked for by the correction screen when it is on view."""
    arquivo = arquivo_de(request, pk)
    modelo = "uploads/totais.html" if request.htmx else "uploads/totais_pagina.html"
    return render(request, modelo, {"arquivo": arquivo, "previa": previa(_bytes(arquivo))})


def _salvar(request: Requisicao, arquivo: Arquivo) -> HttpResponse:
    versao = _numero(request.POST.get("versao"))
    ids = _ids_de_causas(request.POST.getlist("causas"))
    linhas = list(causas(arquivo).filter(causa__in=ids))
    formularios = _formularios(arquivo, montar(arquivo, linhas), request.POST)
    if versao != arquivo.versao_atual or len(linhas) != len(set(ids)):
        return _conflito(request, arquivo, formularios, _alguem_salvou(arquivo, versao))
    if sum(not formulario.is_valid() for formulario in formularios):
        return _pagina(request, arquivo, formularios, situacao=422)
    try:
        _aplicar(request, arquivo, formularios)
    except (CorrecaoConcorrente, MudancaNaoPermitida) as erro:
        return _conflito(request, arquivo, formularios, erro)
    except CriticaNaoIgnoravel as erro:
        return _pagina(request, arquivo, formularios, situacao=422, aviso=erro.frase)
    except ErroDeEdicao as erro:
        _dizer_no_campo(formularios, erro)
        return _pagina(request, arquivo, formularios, situacao=422, aviso=erro.mensagem)
    messages.success(request, f"Correções salvas. “{arquivo.nome}” está sendo conferido de novo.")
    return redirect("uploads:arquivo", slug=arquivo.prestador.slug, pk=arquivo.pk)


def _ids_de_causas(textos: Sequence[str]) -> list[str]:
    """Those that are ids of causes: what else somebody writes into an address is no question to the database."""
    return [texto for texto in textos if _ID_DE_CAUSA.fullmatch(texto)][:CAUSAS_POR_PAGINA]


def _aplicar(request: Requisicao, arquivo: Arquivo, formularios: Sequence[FormularioDaCausa]) -> None:
    correcao = correcao_de(arquivo, formularios)
    if "sugestoes" in request.POST:
        correcao = com_todas_as_sugestoes(arquivo, correcao)
    transicoes.salvar_correcoes(
        arquivo_id=arquivo.pk,
        versao=arquivo.versao_atual,
        edicoes=correcao.edicoes,
        ignorar=correcao.ignorar,
        recalcular="recalcular" in request.POST,
        por=request.user,
    )


def _formularios(arquivo: Arquivo, todas: list[Causa], dados: QueryDict | None = None) -> list[FormularioDaCausa]:
    documento = None
    if any(precisa_do_documento(causa.exemplo, arquivo.versao_tiss) for causa in todas):
        documento = _documento(arquivo)
    return [FormularioDaCausa(causa, arquivo.versao_tiss, documento, dados) for causa in todas]


def _pagina(
    request: Requisicao,
    arquivo: Arquivo,
    formularios: Sequence[FormularioDaCausa],
    *,
    pagina: Page[Any] | None = None,
    situacao: int = 200,
    aviso: str = "",
    perdidos: Sequence[tuple[str, list[str]]] = (),
) -> HttpResponse:
    contexto = {
        "arquivo": arquivo,
        "formularios": formularios,
        "pagina": pagina,
        "aviso": aviso,
        "perdidos": perdidos,
        "com_erro": [formulario for formulario in formularios if formulario.is_bound and formulario.errors],
        "tem_o_que_fazer": any(formulario.tem_escolha or formulario.recalculada for formulario in formularios),
        "recalcular": request.method != "POST" or "recalcular" in request.POST,
        **_contas(arquivo),
    }
    return render(request, "uploads/corrigir.html", contexto, status=situacao)


def _contas(arquivo: Arquivo) -> dict[str, int]:
    """How many críticas of the current version have a suggestion, and how many stop the file as it stands."""
    return Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual).aggregate(
        sugestoes=Count("id", filter=Q(sugestao__isnull=False)),
        impedem=Count("id", filter=Q(ignorada=False) & ~Q(severidade=Critica.Severidade.INFORMATIVA)),
    )


def _conflito(
    request: Requisicao, arquivo: Arquivo, formularios: Sequence[FormularioDaCausa], erro: ErroDeNegocio
) -> HttpResponse:
    """409: who saved and when, with everything that was typed, where it still belongs or as a list."""
    arquivo.refresh_from_db()
    mostrados = formularios if arquivo.situacao == SituacaoDoArquivo.INVALIDO else []
    perdidos = _digitado(request.POST, exceto={formulario.causa.id for formulario in mostrados})
    return _pagina(request, arquivo, mostrados, situacao=409, aviso=erro.frase, perdidos=perdidos)


def _alguem_salvou(arquivo: Arquivo, versao: int) -> ErroDeNegocio:
    if versao == arquivo.versao_atual:
        return CorrecaoConcorrente(
            "O arquivo foi conferido de novo depois que você abriu esta tela, e as críticas são outras. Confira o que "
            "você digitou e salve de novo.",
            arquivo,
        )
    return transicoes.correcao_concorrente(arquivo)


def _digitado(dados: QueryDict, *, exceto: set[str]) -> list[tuple[str, list[str]]]:
    """What was typed for causes that are not on the page any more, under the name that the page gave each."""
    perdidos = []
    for causa in dados.getlist("causas")[:CAUSAS_POR_PAGINA]:
        prefixo = f"c-{causa}-"
        partes = ("v", "em_", "justificativa")
        valores = [
            valor
            for nome, valor in dados.items()
            if nome.startswith(prefixo) and nome.removeprefix(prefixo).startswith(partes) and str(valor).strip()
        ]
        if causa not in exceto and valores:
            perdidos.append((dados.get(f"{prefixo}nome", ""), [str(valor) for valor in valores]))
    return perdidos


def _dizer_no_campo(formularios: Sequence[FormularioDaCausa], erro: ErroDeEdicao) -> None:
    """Put a correction's refusal at the cause whose place it names."""
    for formulario in formularios:
        if any(erro.caminho.startswith(lugar.caminho) for lugar in formulario.causa.lugares):
            formulario.add_error("v0" if "v0" in formulario.fields else None, erro.mensagem)
            return


def _documento(arquivo: Arquivo) -> Documento | None:
    try:
        return ler(_bytes(arquivo))
    except ArquivoRecusado:
        return None


def _bytes(arquivo: Arquivo) -> bytes:
    versao = Versao.objects.get(arquivo=arquivo, numero=arquivo.versao_atual)
    return cofre.abrir(versao.conteudo_id)


def _numero(texto: str | None) -> int:
    return int(texto) if texto and texto.isascii() and texto.isdigit() and len(texto) < 6 else 0
