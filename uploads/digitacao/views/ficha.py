"""The form of one guide, laid out as it is printed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from uploads.digitacao import juizo, sem_script, transicoes
from uploads.digitacao.abertura import abrir
from uploads.digitacao.contrato import contrato_de
from uploads.digitacao.formulario import valores_do_envio
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.passo_avisos import da_pendencia, pendencias_da_guia
from uploads.digitacao.portas import guia_digitada_de
from uploads.digitacao.tela import tela_da_guia
from uploads.digitacao.views.passo import vista_em


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.GUIA_DIGITAR, de=Organizacao.Tipo.PRESTADOR)
def ficha(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The form, and what was typed into it. `acao` says which button sent it."""
    guia = guia_digitada_de(request, pk)
    registrar_acesso(request, "guia_digitada", guia.pk, "ver")
    if request.method != "POST":
        return _pagina(request, guia)
    guia.valores = valores_do_envio(guia.versao_tiss, guia.tipo, request.POST.dict())
    acao = request.POST.get("acao", "")
    if sem_script.e_de_linha(acao):
        guia.valores, abertas = sem_script.aplicar(acao, guia.valores)
        return _pagina(request, guia, abertas=abertas, nao_salva=True)
    try:
        salva, achado = transicoes.salvar(guia=guia, valores=guia.valores, vista=vista_em(request), por=request.user)
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
        return _pagina(request, guia, status=409, nao_salva=True)
    if achado.impede:
        return _pagina(request, salva, status=422, respondida=True)
    messages.success(request, "Guia salva, pronta para um lote.")
    if acao == "nova":
        return redirect("digitacao:nova", slug=slug)
    return redirect("digitacao:guia", slug=slug, pk=pk)


def _pagina(request: Requisicao, guia: GuiaDigitada, status: int = 200, **mais: Any) -> HttpResponse:
    """The form with its findings, who else has it open, and what the convênio tells whoever bills by it."""
    outra = abrir(guia=guia, por=request.user)
    contexto = tela_da_guia(guia, juizo.de_json(guia.criticas), **mais) | {
        "aberta_por_outro": outra,
        "alerta": contrato_de(guia).regras.alerta,
        "avisos": [da_pendencia(pendencia) for pendencia in pendencias_da_guia(guia)],
    }
    return render(request, "digitacao/ficha.html", contexto, status=status)
