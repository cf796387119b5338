"""Corrigir Estrutura: one part of the message as a tree, changed step by step, then *Salvar Reprocessar*."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from tiss_schemas.edicao import ErroDeEdicao, Motivo
from tiss_schemas.leitura import ArquivoRecusado
from uploads import transicoes
from uploads.erros import CorrecaoConcorrente, MudancaNaoPermitida
from uploads.estados import SituacaoDoArquivo
from uploads.estrutura import Estado, Rascunho, estado_ao_salvar, rascunho_de
from uploads.estrutura_acoes import ACOES, NaoPreenchido, edicoes_de
from uploads.estrutura_arvore import SEPARADOR, arvore, id_de
from uploads.estrutura_esboco import esboco
from uploads.estrutura_painel import Painel
from uploads.estrutura_passos import MAIS_PASSOS, Passo, Pedido, em_palavras
from uploads.models import Arquivo
from uploads.portas import arquivo_de
from uploads.versoes import conteudo_de

_ILEGIVEL = "O que esta tela enviou não pôde ser lido. Recarregue a página e faça as correções de novo."
_MUITOS_PASSOS = f"São {MAIS_PASSOS} passos, o máximo de uma vez. Salve antes de continuar."
_NOVOS = (Motivo.INCLUSAO, Motivo.COPIA)


@dataclass(frozen=True, slots=True)
class _Tela:
    """What the answer says besides the message: a refusal, the row with the focus, a control with errors."""

    situacao: int = 200
    aviso: str = ""
    foco: str = ""
    painel: Painel | None = None
    perdidos: tuple[str, ...] = ()
    feito: str = ""


@exige(Permissao.ARQUIVO_CORRIGIR, de=Organizacao.Tipo.PRESTADOR)
@require_http_methods(["GET", "HEAD", "POST"])
def estrutura(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The structure page: `em` names the part, `no` the row to open. A post is one action on the steps that it brings.

    Nothing is stored but by its *Salvar Reprocessar*.
    """
    arquivo = arquivo_de(request, pk)
    try:
        return _agir(request, arquivo) if request.method == "POST" else _abrir(request, arquivo)
    except ArquivoRecusado as recusado:
        return _sem_arvore(request, arquivo, recusado.achado.mensagem, 200)
    except ErroDeEdicao as erro:
        return _sem_arvore(request, arquivo, erro.mensagem, 422)


def _abrir(request: Requisicao, arquivo: Arquivo) -> HttpResponse:
    if arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        messages.info(request, "Este arquivo não espera correção.")
        return redirect("uploads:arquivo", slug=arquivo.prestador.slug, pk=arquivo.pk)
    registrar_acesso(request, "arquivo", arquivo.pk, "corrigir")
    pedido = Pedido(arquivo.versao_atual, request.GET.get("em", ""), aberto=request.GET.get("no", ""))
    return _mostrar(request, arquivo, pedido, _Tela())


def _agir(request: Requisicao, arquivo: Arquivo) -> HttpResponse:
    try:
        pedido = Pedido.de(request.POST)
    except ValueError:
        return _mostrar(request, arquivo, Pedido(arquivo.versao_atual, ""), _Tela(400, _ILEGIVEL))
    if pedido.versao != arquivo.versao_atual or arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        return _conflito(request, arquivo, pedido)
    if pedido.acao == "salvar":
        return _salvar(request, arquivo, pedido)
    if pedido.acao in ACOES:
        return _dar_passo(request, arquivo, pedido)
    if pedido.acao == "numero":
        return _procurar(request, arquivo, pedido)
    return _mostrar(request, arquivo, _navegado(pedido), _Tela(foco=_foco_da_navegacao(pedido)))


def _procurar(request: Requisicao, arquivo: Arquivo, pedido: Pedido) -> HttpResponse:
    """Go to the guide of a Nº Guia Prestador."""
    achada = Estado(arquivo, _rascunho(arquivo, pedido)).guia_de_numero(pedido.alvo)
    if achada is None:
        aviso = f"Nenhuma guia deste arquivo tem o Nº Guia Prestador “{pedido.alvo}”. Confira o número."
        return _mostrar(request, arquivo, pedido, _Tela(422, aviso))
    return _mostrar(request, arquivo, replace(pedido, em=achada, aberto=""), _Tela())


def _navegado(pedido: Pedido) -> Pedido:
    """The request after an action that changes nothing but what is shown."""
    if pedido.acao == "desfazer" and pedido.passos:
        return pedido.desfeito()
    if pedido.acao == "refazer" and pedido.refeitos:
        return pedido.refeito()
    if pedido.acao == "ir":
        return replace(pedido, em=pedido.alvo, aberto="")
    if pedido.acao == "abrir":
        return replace(pedido, aberto=pedido.alvo)
    return replace(pedido, aberto="") if pedido.acao == "fechar" else pedido


def _foco_da_navegacao(pedido: Pedido) -> str:
    return pedido.aberto if pedido.acao in {"fechar", "desfazer", "refazer"} else ""


def _dar_passo(request: Requisicao, arquivo: Arquivo, pedido: Pedido) -> HttpResponse:
    """One more step, tried on the message at once; where it cannot be made, the page says why and keeps the rest."""
    if len(pedido.passos) >= MAIS_PASSOS:
        return _mostrar(request, arquivo, pedido, _Tela(422, _MUITOS_PASSOS))
    painel = None
    try:
        estado = Estado(arquivo, _rascunho(arquivo, pedido))
        painel = Painel(estado, pedido.em or estado.parte_de(pedido.alvo), pedido.alvo, pedido.acao, request.POST)
        passo: Passo = tuple(edicoes_de(painel, pedido.acao))
        if not passo:
            return _mostrar(request, arquivo, replace(pedido, aberto=""), _Tela(foco=pedido.alvo))
        novo = pedido.com(passo)
        depois = _rascunho(arquivo, novo)
    except NaoPreenchido:
        return _mostrar(request, arquivo, replace(pedido, aberto=pedido.alvo), _Tela(422, painel=painel))
    except ErroDeEdicao as erro:
        return _mostrar(request, arquivo, replace(pedido, aberto=pedido.alvo), _Tela(422, erro.mensagem, painel=painel))
    tela = _Tela(foco=_foco_do_passo(pedido, estado, depois), feito=em_palavras(passo, estado.versao))
    return _mostrar(request, arquivo, novo, tela, depois)


def _foco_do_passo(pedido: Pedido, antes: Estado, depois: Rascunho) -> str:
    """The row to go on from: what is new, what comes after what was removed, else the same, else the group around."""
    if pedido.acao in {"incluir", "copiar", "duplicar"}:
        return next(mudanca.caminho for mudanca in reversed(depois.mudancas) if mudanca.motivo in _NOVOS)
    caminho = pedido.alvo.partition(SEPARADOR)[0]
    if pedido.acao == "remover":
        return _no_lugar_de(caminho, antes, depois)
    while caminho and depois.documento.no(caminho) is None:
        caminho = caminho.rpartition("/")[0]
    return caminho


def _no_lugar_de(caminho: str, antes: Estado, depois: Rascunho) -> str:
    """The path of what stands now where something was taken out; of the group where it is empty."""
    pai = caminho.rpartition("/")[0]
    removido, grupo = antes.documento.no(caminho), depois.documento.no(pai)
    if removido is None or grupo is None or len(grupo) == 0:
        return pai
    posicao = sum(1 for _ in removido.itersiblings(preceding=True))
    return depois.documento.caminho(grupo[min(posicao, len(grupo) - 1)])


def _salvar(request: Requisicao, arquivo: Arquivo, pedido: Pedido) -> HttpResponse:
    try:
        transicoes.salvar_correcoes(
            arquivo_id=arquivo.pk,
            versao=pedido.versao,
            passos=pedido.passos,
            recalcular=pedido.recalcular,
            por=request.user,
        )
    except (CorrecaoConcorrente, MudancaNaoPermitida):
        arquivo.refresh_from_db()
        return _conflito(request, arquivo, pedido)
    except ErroDeEdicao as erro:
        return _mostrar(request, arquivo, replace(pedido, aberto=erro.caminho), _Tela(422, erro.mensagem))
    messages.success(request, f"Correções salvas. “{arquivo.nome}” está sendo conferido de novo.")
    destino = reverse("uploads:arquivo", kwargs={"slug": arquivo.prestador.slug, "pk": arquivo.pk})
    return HttpResponse(headers={"HX-Redirect": destino}) if request.htmx else redirect(destino)


def _conflito(request: Requisicao, arquivo: Arquivo, pedido: Pedido) -> HttpResponse:
    """409: who saved and when, with the steps as far as they still fit the file as it is now."""
    if arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        perdidos = tuple(em_palavras(passo, arquivo.versao_tiss) for passo in pedido.passos)
        return _sem_arvore(request, arquivo, transicoes.recusa(arquivo).frase, 409, perdidos)
    dados, passos = conteudo_de(arquivo), pedido.passos
    # Steps are made one after the other: once one cannot be made, none that comes after it counts.
    quantos = bisect_left(range(len(passos)), True, key=lambda ate: not _cabem(dados, passos[: ate + 1]))
    cabem = passos[:quantos]
    perdidos = tuple(em_palavras(passo, arquivo.versao_tiss) for passo in passos[quantos:])
    atual = replace(pedido, versao=arquivo.versao_atual, passos=cabem, refeitos=(), aberto="")
    frase = transicoes.correcao_concorrente(arquivo).frase
    return _mostrar(request, arquivo, atual, _Tela(409, frase, perdidos=perdidos))


def _cabem(dados: bytes, passos: tuple[Passo, ...]) -> bool:
    try:
        rascunho_de(dados, passos)
    except ErroDeEdicao:
        return False
    return True


def _mostrar(
    request: Requisicao, arquivo: Arquivo, pedido: Pedido, tela: _Tela, rascunho: Rascunho | None = None
) -> HttpResponse:
    """The page with the message as it would be saved; `rascunho` is what its steps make of it, where that is known."""
    estado = estado_ao_salvar(arquivo, rascunho or _rascunho(arquivo, pedido), recalcular=pedido.recalcular)
    pedido = replace(pedido, em=_parte(estado, pedido))
    contexto = {
        "arquivo": arquivo,
        "pedido": pedido,
        "estado": estado,
        "tela": tela,
        "esboco": esboco(estado, pedido.em),
        "arvore": arvore(estado, pedido.em, pedido.aberto or tela.foco),
        "painel": tela.painel or _painel(estado, pedido),
        "aberto": id_de(pedido.aberto),
        "foco": id_de(tela.foco),
        "passos": [em_palavras(passo, estado.versao) for passo in pedido.passos],
    }
    return _resposta(request, contexto, tela.situacao)


def _painel(estado: Estado, pedido: Pedido) -> Painel | None:
    try:
        return Painel(estado, pedido.em, pedido.aberto) if pedido.aberto else None
    except ErroDeEdicao:
        return None


def _parte(estado: Estado, pedido: Pedido) -> str:
    """The part to show: where the open row lies, the one asked for, or where there is something to do."""
    if pedido.aberto:
        return estado.parte_de(pedido.aberto.partition(SEPARADOR)[0])
    return pedido.em if estado.raiz_da(pedido.em) is not None else estado.primeira_com_critica()


def _sem_arvore(
    request: HttpRequest, arquivo: Arquivo, aviso: str, situacao: int, perdidos: tuple[str, ...] = ()
) -> HttpResponse:
    return _resposta(request, {"arquivo": arquivo, "tela": _Tela(situacao, aviso, perdidos=perdidos)}, situacao)


def _resposta(request: Any, contexto: dict[str, Any], situacao: int) -> HttpResponse:
    modelo = "uploads/estrutura.html#estrutura" if request.htmx else "uploads/estrutura.html"
    return render(request, modelo, contexto, status=situacao)


def _rascunho(arquivo: Arquivo, pedido: Pedido) -> Rascunho:
    return rascunho_de(conteudo_de(arquivo), pedido.passos)
