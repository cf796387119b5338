"""Lots of typed guides: opening one, filling it, putting it in order."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from lotes.estados import Canal, SituacaoDoLote
from lotes.models import Lote
from lotes.portas import lote_de
from uploads.digitacao import montagem
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.forms_lotes import FiltrosDeGuias, NovoLoteForm
from uploads.digitacao.models import GuiaDigitada
from uploads.digitacao.montagem_canal import com_nomes
from uploads.digitacao.montagem_digitacao import digitar_no_lote
from uploads.digitacao.montagem_ignoradas import ignorar_no_lote
from uploads.digitacao.montagem_mensagem import maximo_de_guias
from uploads.gravacao import Chave

PRESTADOR = Organizacao.Tipo.PRESTADOR
MAIS_GUIAS: Final = 500
"""Loose guides of a page: five lots."""
_DIGITOS: Final = 18
_MAIOR_CAIXA: Final = 5_000


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def novo(request: Requisicao, slug: str) -> HttpResponse:
    """*+ Novo Lote*: what its guides have in common; then its page, still empty."""
    form = NovoLoteForm(request.POST or None, prestador=request.organizacao)
    if request.method != "POST" or not form.is_valid():
        return render(request, "digitacao/lote_novo.html", {"form": form}, status=422 if form.errors else 200)
    lote = montagem.abrir_lote(
        prestador=request.organizacao,
        convenio=form.cleaned_data["convenio"],
        tipo=form.cleaned_data["tipo"],
        versao=form.cleaned_data["versao"],
        por=request.user,
    )
    messages.success(request, f"Lote {lote.numero} criado. Adicione guias prontas, ou digite guias para ele.")
    return redirect("lotes:lote", slug=slug, pk=lote.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def adicionar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Adicionar Guias*: the loose guides that may enter the lot, and putting those that were chosen into it."""
    lote = lote_de(request, pk)
    if recusa := _nao_se_arruma(lote):
        return de_volta(request, lote, recusa)
    if request.method != "POST":
        return _candidatas(request, lote)
    guias = _guias_de(request)
    if not guias:
        return _candidatas(request, lote, "Nenhuma guia foi escolhida. Marque ao menos uma na lista.", 422)
    try:
        montagem.adicionar(lote=lote, guias=guias, por=request.user)
    except ErroDeNegocio as erro:
        return _candidatas(request, lote, erro.frase, 409)
    s = "" if len(guias) == 1 else "s"
    messages.success(request, f"{len(guias)} guia{s} adicionada{s} ao lote {lote.numero}.")
    return redirect("lotes:lote", slug=slug, pk=pk)


@require_POST
@exige(Permissao.LOTE_MUDAR, de=PRESTADOR)
def arrumar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take guides out of the lot, move them to another, or change their order; the button says which."""
    lote = lote_de(request, pk)
    if recusa := _nao_se_arruma(lote):
        return de_volta(request, lote, recusa)
    try:
        feito = _arrumar(request, lote)
    except ErroDeNegocio as erro:
        return de_volta(request, lote, erro.frase)
    if feito:
        messages.success(request, feito)
    return redirect(f"{request.build_absolute_uri('../')}#guias")


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=PRESTADOR)
def digitar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Digitar Guia* for this lot: it enters when it is ready."""
    lote = lote_de(request, pk)
    try:
        guia = digitar_no_lote(lote=lote, por=request.user)
    except ErroDeNegocio as erro:
        return de_volta(request, lote, erro.frase)
    return redirect("digitacao:guia", slug=slug, pk=guia.pk)


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=PRESTADOR)
def ignorar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Ignore what the closing found in the lot's guides and may be ignored, for one reason."""
    lote = lote_de(request, pk)
    por_guia = _achados_de(request)
    if not por_guia:
        return de_volta(request, lote, "Nenhuma crítica foi escolhida. Marque ao menos uma.")
    guias = _todas(request, [str(guia) for guia in por_guia])
    try:
        with transaction.atomic():
            for guia in sorted(guias, key=lambda guia: guia.pk):
                justificativa = request.POST.get("justificativa", "")
                ignorar_no_lote(guia=guia, achados=por_guia[guia.pk], justificativa=justificativa, por=request.user)
    except ErroDeNegocio as erro:
        return de_volta(request, lote, erro.frase)
    messages.success(request, "Ignoradas com a sua justificativa. Feche o lote de novo.")
    return redirect("lotes:lote", slug=slug, pk=pk)


def _achados_de(request: Requisicao) -> dict[int, set[Chave]]:
    """What was marked, by guide: each box says guide, rule, field and value, as JSON. Http404 for anything else."""
    por_guia: defaultdict[int, set[Chave]] = defaultdict(set)
    for texto in request.POST.getlist("critica"):
        try:
            guia, regra, campo, valor = json.loads(texto[:_MAIOR_CAIXA])
        except (ValueError, TypeError, RecursionError):
            raise Http404("crítica") from None
        if not (isinstance(valor, str | None) and all(map(_e_texto, (regra, campo, valor or "")))):
            raise Http404("crítica")
        por_guia[numero_de(str(guia))].add((regra, campo, valor))
    return por_guia


def _e_texto(valor: object) -> bool:
    """Whether it is a text that a column takes: JSON may also say NUL, and halves of characters."""
    return isinstance(valor, str) and "\0" not in valor and valor == valor.encode(errors="replace").decode()


def _arrumar(request: Requisicao, lote: Lote) -> str:
    """Do what the button says; the sentence about it, "" where none is needed."""
    for nome, passo in (("subir", -1), ("descer", 1)):
        if nome in request.POST:
            montagem.deslocar(lote=lote, guia=_uma(request, nome), passo=passo, por=request.user)
            return ""
    acao = _ACOES.get(request.POST.get("acao", ""))
    guias = _guias_de(request)
    if acao is None or not guias:
        raise LoteRecusado("Nenhuma guia foi escolhida. Marque ao menos uma na lista.", lote)
    return acao(request, lote, guias)


def _tirar(request: Requisicao, lote: Lote, guias: Sequence[GuiaDigitada]) -> str:
    montagem.tirar(lote=lote, guias=guias, por=request.user)
    return "A guia está de novo sem lote." if len(guias) == 1 else f"{len(guias)} guias estão de novo sem lote."


def _mover(request: Requisicao, lote: Lote, guias: Sequence[GuiaDigitada]) -> str:
    escolhido = request.POST.get("para", "")
    if not escolhido:
        raise LoteRecusado("Escolha para qual lote as guias vão.", lote)
    para = lote_de(request, numero_de(escolhido))
    montagem.mover(lote=lote, para=para, guias=guias, por=request.user)
    s = "" if len(guias) == 1 else "s"
    return f"{len(guias)} guia{s} movida{s} para o lote {para.numero}."


_ACOES: Mapping[str, Callable[[Requisicao, Lote, Sequence[GuiaDigitada]], str]] = {"tirar": _tirar, "mover": _mover}


def _candidatas(request: Requisicao, lote: Lote, recusa: str = "", status: int = 200) -> HttpResponse:
    todas = montagem.candidatas(lote)
    filtros = FiltrosDeGuias(request.GET, todas)
    guias = filtros.guias()
    maximo, ja = maximo_de_guias(lote), lote.guias_digitadas.count()
    contexto: dict[str, Any] = {
        "lote": lote,
        "filtros": filtros,
        "guias": com_nomes(lote, list(guias[:MAIS_GUIAS])),
        "quantas": guias.count(),
        "mais_guias": MAIS_GUIAS,
        "valor": guias.aggregate(valor=Sum("valor_informado"))["valor"] or Decimal(0),
        "soltas": todas.count(),
        "maximo_de_guias": maximo,
        "cabem": max(maximo - ja, 0),
        "recusa": recusa,
    }
    return render(request, "digitacao/lote_adicionar.html", contexto, status=status)


def nao_tem_guias_digitadas(lote: Lote) -> str:
    """Why there is nothing of typing about that lot; "" for a lot of typed guides."""
    if lote.canal != Canal.DIGITACAO:
        return (
            f"O lote {lote.numero} veio de um arquivo, e as guias dele não mudam aqui. Corrija o arquivo, em Uploads."
        )
    return ""


def _nao_se_arruma(lote: Lote) -> str:
    """Why the guides of a lot cannot be changed; "" for an open lot of typed guides."""
    if recusa := nao_tem_guias_digitadas(lote):
        return recusa
    if lote.situacao != SituacaoDoLote.ABERTO:
        return f"O lote {lote.numero} não está aberto, e as guias dele não mudam."
    return ""


def de_volta(request: Requisicao, lote: Lote, recusa: str) -> HttpResponse:
    """To the lot's page, with what was refused."""
    messages.error(request, recusa)
    return redirect("lotes:lote", slug=request.organizacao.slug, pk=lote.pk)


def _uma(request: Requisicao, nome: str) -> GuiaDigitada:
    return _todas(request, [request.POST.get(nome, "")])[0]


def _guias_de(request: Requisicao) -> list[GuiaDigitada]:
    """The guides whose boxes were marked, in the order of the page."""
    return _todas(request, request.POST.getlist("guia"))


def _todas(request: Requisicao, pks: Sequence[str]) -> list[GuiaDigitada]:
    numeros = list(dict.fromkeys(numero_de(pk) for pk in pks))
    achadas = GuiaDigitada.objects.do_prestador(request.organizacao).in_bulk(numeros)
    if len(achadas) != len(numeros):
        raise Http404("guia digitada")
    return [achadas[numero] for numero in numeros]


def numero_de(texto: str) -> int:
    """A number of the address or of a form; Http404 for what cannot be one."""
    if not (texto.isascii() and texto.isdigit() and len(texto) <= _DIGITOS):
        raise Http404("número")
    return int(texto)
