"""Corrigir Críticas: cause by cause, then *Salvar Reprocessar*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from tiss_schemas.edicao import ErroDeEdicao
from uploads import decisoes as rascunhos
from uploads import transicoes
from uploads.decisoes import Decisoes
from uploads.efeito import Efeito, prever
from uploads.erros import CorrecaoConcorrente, CriticaNaoIgnoravel, MudancaNaoPermitida
from uploads.estados import SituacaoDoArquivo
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.mesa import CAUSAS_POR_PAGINA, Mesa
from uploads.models import Arquivo
from uploads.portas import arquivo_de
from uploads.previa import previa
from uploads.versoes import conteudo_de

_ID_DE_CAUSA = re.compile(r"[0-9a-f]{32}")
_PRESTADOR = Organizacao.Tipo.PRESTADOR


@dataclass(slots=True)
class _Dito:
    """What a page says besides its forms: why nothing was saved, what was typed in vain, what would be left."""

    aviso: str = ""
    perdidos: Sequence[tuple[str, list[str]]] = ()
    efeito: Efeito | None = None
    situacao: int = 200
    com_erro: list[FormularioDaCausa] = field(default_factory=list)


@exige(Permissao.ARQUIVO_CORRIGIR, de=_PRESTADOR)
@require_http_methods(["GET", "HEAD", "POST"])
def corrigir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The correction screen, and what its buttons do."""
    arquivo = arquivo_de(request, pk)
    if request.method == "POST":
        return _receber(request, arquivo)
    if arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        messages.info(request, "Este arquivo não espera correção.")
        return redirect("uploads:arquivo", slug=slug, pk=pk)
    registrar_acesso(request, "arquivo", arquivo.pk, "corrigir")
    return _reabrir(request, arquivo)


@exige(Permissao.ARQUIVO_CORRIGIR, de=_PRESTADOR)
@require_GET
def totais(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """What recalculating would change, with what is decided so far. The correction screen asks when it is on view."""
    arquivo = arquivo_de(request, pk)
    mesa = Mesa(arquivo, request.user)
    formularios = mesa.formularios(mesa.decididas)
    validos = all(formulario.is_valid() for formulario in formularios)
    edicoes = mesa.correcao(formularios).edicoes if validos else []
    modelo = "uploads/totais.html" if request.htmx else "uploads/totais_pagina.html"
    return render(request, modelo, {"arquivo": arquivo, "previa": previa(conteudo_de(arquivo), edicoes)})


def _reabrir(request: Requisicao, arquivo: Arquivo) -> HttpResponse:
    """The screen as it was left; what a new verdict has left behind is listed once."""
    velhas = rascunhos.ultrapassadas(arquivo, request.user)
    if not velhas.por_causa:
        return _pagina(request, Mesa(arquivo, request.user), _Dito())
    mesa = Mesa(arquivo, request.user, velhas)
    perdidos = rascunhos.digitado(velhas.separar(mesa.linhas))
    rascunhos.guardar(arquivo, request.user, velhas)
    return _pagina(request, mesa, _Dito(perdidos=perdidos))


def _receber(request: Requisicao, arquivo: Arquivo) -> HttpResponse:
    """Take what the page sent into the decisions, then do what the button says."""
    mesa = Mesa(arquivo, request.user)
    enviadas = ids_de_causas(request.POST.getlist("causas"))
    versao = _numero(request.POST.get("versao"))
    mesa.decisoes.receber(enviadas, request.POST)
    mesa.decisoes.recalcular = "recalcular" in request.POST
    if versao != arquivo.versao_atual or any(causa not in mesa.linhas for causa in enviadas):
        return _conflito(request, mesa, _alguem_salvou(arquivo, versao))
    if "conferir" in request.POST or not _guarda(request, mesa.decisoes):
        return _julgar_ou_salvar(request, mesa, enviadas)
    rascunhos.guardar(arquivo, request.user, mesa.decisoes)
    return redirect(_destino(request, arquivo))


def _guarda(request: Requisicao, decisoes: Decisoes) -> bool:
    """Whether the button only decides something or leads on: the file stays as it is."""
    if "sugestoes" in request.POST:
        decisoes.marcar_sugestoes()
    elif "desfazer" in request.POST:
        causa = request.POST["desfazer"]
        if _ID_DE_CAUSA.fullmatch(causa):
            decisoes.deixar(causa)
        else:
            decisoes.desmarcar_sugestoes()
    elif "descartar" in request.POST:
        decisoes.por_causa.clear()
        decisoes.sugestoes = False
    else:
        return "ir" in request.POST
    return True


def _destino(request: Requisicao, arquivo: Arquivo) -> str:
    """Where a button leads: another page, the places of a cause, or back to where it was pressed."""
    aonde, _, qual = request.POST.get("ir", "").partition("-")
    argumentos = {"slug": arquivo.prestador.slug, "pk": arquivo.pk}
    if aonde == "lugares" and _ID_DE_CAUSA.fullmatch(qual):
        return f"{reverse('uploads:lugares', kwargs=argumentos)}?causa={qual}"
    tela = reverse("uploads:corrigir", kwargs=argumentos)
    if aonde == "pagina":
        return f"{tela}?pagina={_numero(qual) or 1}"
    return f"{tela}?{request.GET.urlencode()}" if request.GET else tela


def _julgar_ou_salvar(request: Requisicao, mesa: Mesa, enviadas: Sequence[str]) -> HttpResponse:
    formularios = mesa.formularios({*enviadas, *mesa.decisoes.por_causa})
    com_erro = [formulario for formulario in formularios if formulario.is_bound and not formulario.is_valid()]
    rascunhos.guardar(mesa.arquivo, request.user, mesa.decisoes)
    if com_erro:
        return _pagina(request, mesa, _Dito(situacao=422, com_erro=com_erro))
    # What was offered as chosen and left so is meant, though nothing was decided about it.
    decididos = [f for f in formularios if f.is_bound or f.add_prefix("acao") in request.POST]
    fazer = _prever if "conferir" in request.POST else _salvar
    try:
        return fazer(request, mesa, decididos)
    except (CorrecaoConcorrente, MudancaNaoPermitida) as erro:
        return _conflito(request, mesa, erro)
    except CriticaNaoIgnoravel as erro:
        return _pagina(request, mesa, _Dito(erro.frase, situacao=422))
    except ErroDeEdicao as erro:
        culpados = _dizer_no_campo(formularios, erro)
        return _pagina(request, mesa, _Dito(erro.mensagem, situacao=422, com_erro=culpados))


def _salvar(request: Requisicao, mesa: Mesa, formularios: Sequence[FormularioDaCausa]) -> HttpResponse:
    arquivo, correcao = mesa.arquivo, mesa.correcao(formularios)
    transicoes.salvar_correcoes(
        arquivo_id=arquivo.pk,
        versao=arquivo.versao_atual,
        edicoes=correcao.edicoes,
        ignorar=correcao.ignorar,
        recalcular=mesa.decisoes.recalcular,
        por=request.user,
    )
    rascunhos.esquecer(arquivo, request.user)
    messages.success(request, f"Correções salvas. “{arquivo.nome}” está sendo conferido de novo.")
    return redirect("uploads:arquivo", slug=arquivo.prestador.slug, pk=arquivo.pk)


def _prever(request: Requisicao, mesa: Mesa, formularios: Sequence[FormularioDaCausa]) -> HttpResponse:
    efeito = prever(mesa.arquivo, mesa.correcao(formularios), recalcular=mesa.decisoes.recalcular)
    return _pagina(request, mesa, _Dito(efeito=efeito))


def ids_de_causas(textos: Sequence[str]) -> list[str]:
    """Those that are ids of causes: what else somebody writes into an address is no question to the database."""
    return [texto for texto in textos if _ID_DE_CAUSA.fullmatch(texto)][: 2 * CAUSAS_POR_PAGINA]


def _pagina(request: Requisicao, mesa: Mesa, dito: _Dito) -> HttpResponse:
    """The screen, or only what *Conferir antes de salvar* asked for."""
    contexto = {"arquivo": mesa.arquivo, "dito": dito, "efeito": dito.efeito, "com_erro": dito.com_erro}
    if request.htmx.target == "efeito":
        return render(request, "uploads/efeito.html", contexto, status=dito.situacao)
    pagina = mesa.pagina(request.GET.get("pagina"))
    escolhidas = [causa for causa in ids_de_causas([request.GET.get("causa", "")]) if causa in mesa.linhas]
    prontos = {formulario.causa.id: formulario for formulario in dito.com_erro}
    outros = mesa.formularios({*(escolhidas or pagina.object_list)} - prontos.keys())
    ordem = {causa: lugar for lugar, causa in enumerate(mesa.linhas)}
    formularios = sorted([*prontos.values(), *outros], key=lambda formulario: ordem[formulario.causa.id])
    conferencia = reverse("uploads:campo", kwargs={"slug": mesa.arquivo.prestador.slug, "pk": mesa.arquivo.pk})
    for formulario in formularios:
        formulario.conferir_em(conferencia)
    contexto |= {
        "mesa": mesa,
        "formularios": formularios,
        "pagina": None if escolhidas else pagina,
        "aviso": dito.aviso,
        "perdidos": dito.perdidos,
        "tem_o_que_fazer": bool(mesa.decididas) or any(f.tem_escolha or f.recalculada for f in formularios),
    }
    return render(request, "uploads/corrigir.html", contexto, status=dito.situacao)


def _conflito(request: Requisicao, mesa: Mesa, erro: ErroDeNegocio) -> HttpResponse:
    """409: who saved and when, with everything that was typed, where it still belongs or as a list."""
    mesa.arquivo.refresh_from_db()
    decisoes = rascunhos.ultrapassadas(mesa.arquivo, request.user)
    decisoes.por_causa |= mesa.decisoes.por_causa
    nova = Mesa(mesa.arquivo, request.user, decisoes)
    if mesa.arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        nova.linhas = {}
    perdidos = rascunhos.digitado(decisoes.separar(nova.linhas))
    return _pagina(request, nova, _Dito(erro.frase, perdidos, situacao=409))


def _alguem_salvou(arquivo: Arquivo, versao: int) -> ErroDeNegocio:
    if versao == arquivo.versao_atual:
        return CorrecaoConcorrente(
            "O arquivo foi conferido de novo depois que você abriu esta tela, e as críticas são outras. Confira o que "
            "você digitou e salve de novo.",
            arquivo,
        )
    return transicoes.correcao_concorrente(arquivo)


def _dizer_no_campo(formularios: Sequence[FormularioDaCausa], erro: ErroDeEdicao) -> list[FormularioDaCausa]:
    """Put a correction's refusal at the cause whose place it names; the form that says it now."""
    for formulario in formularios:
        if formulario.is_bound and any(erro.caminho.startswith(lugar.caminho) for lugar in formulario.causa.lugares):
            formulario.add_error("v0" if "v0" in formulario.fields else None, erro.mensagem)
            return [formulario]
    return []


def _numero(texto: str | None) -> int:
    return int(texto) if texto and texto.isascii() and texto.isdigit() and len(texto) < 6 else 0
