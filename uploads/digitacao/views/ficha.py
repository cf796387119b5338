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
from uploads.digitacao.erros import OutraPessoaDigitou
from uploads.digitacao.formulario import valores_do_envio
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_digitacao import digitar_no_lote
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
    digitados, vista = valores_do_envio(guia.versao_tiss, guia.tipo, request.POST.dict()), vista_em(request)
    acao = request.POST.get("acao", "")
    if sem_script.e_de_linha(acao):
        digitados, abertas = sem_script.aplicar(acao, digitados)
        return _como_digitada(request, guia, digitados, vista, abertas=abertas)
    try:
        salva, achado = transicoes.salvar(guia=guia, valores=digitados, vista=vista, por=request.user)
    except OutraPessoaDigitou as erro:
        return _como_digitada(request, guia, digitados, vista, status=409, conflito=erro.frase)
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
        return _como_digitada(request, guia, digitados, vista, status=409)
    if achado.impede:
        return _pagina(request, salva, status=422, respondida=True)
    messages.success(request, _salva(salva))
    if acao == "nova":
        return _proxima(request, salva)
    return redirect("digitacao:guia", slug=slug, pk=pk)


def _salva(guia: GuiaDigitada) -> str:
    if guia.lote is None:
        return "Guia salva, pronta para um lote."
    return f"Guia salva no lote {guia.lote.numero}."


def _proxima(request: Requisicao, salva: GuiaDigitada) -> HttpResponse:
    """The next guide of the same kind, for the lot that this one is in while there is room; where it cannot be, the
    choice of another."""
    slug = request.organizacao.slug
    try:
        return redirect("digitacao:guia", slug=slug, pk=_da_mesma_especie(request, salva).pk)
    except ErroDeNegocio as erro:
        messages.info(request, erro.frase)
    return redirect("digitacao:nova", slug=slug)


def _da_mesma_especie(request: Requisicao, salva: GuiaDigitada) -> GuiaDigitada:
    if salva.lote is not None:
        return digitar_no_lote(lote=salva.lote, por=request.user)
    return transicoes.abrir_nova(
        prestador=request.organizacao,
        convenio=salva.convenio,
        tipo=salva.tipo,
        versao=salva.versao_tiss,
        por=request.user,
    )


def _como_digitada(
    request: Requisicao, guia: GuiaDigitada, digitados: dict[str, str], vista: int, **mais: Any
) -> HttpResponse:
    """The form as its sender typed it, which was not kept. It stays of the revision that was seen: where somebody else
    wrote since, saving it is refused until that was looked at."""
    guia.valores, guia.revisao = digitados, vista
    return _pagina(request, guia, nao_salva=True, **mais)


def _pagina(
    request: Requisicao, guia: GuiaDigitada, status: int = 200, conflito: str = "", **mais: Any
) -> HttpResponse:
    """The form with its findings, who else has it open, and what the convênio tells whoever bills by it. `conflito`:
    who wrote since."""
    outra = abrir(guia=guia, por=request.user)
    contexto = tela_da_guia(guia, juizo.de_json(guia.criticas), **mais) | {
        "aberta_por_outro": outra,
        "conflito": conflito,
        "alerta": contrato_de(guia).regras.alerta,
        "avisos": [da_pendencia(pendencia) for pendencia in pendencias_da_guia(guia)],
    }
    return render(request, "digitacao/ficha.html", contexto, status=status)
