"""What a person decides about notices by e-mail, and an operadora about the size of documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from lotes.mensagens import avisos as dos_avisos
from lotes.mensagens.anexos import gravar_limites, limites_de
from lotes.mensagens.correio import ha_correio
from lotes.mensagens.forms import AvisosForm, LimitesForm

OPERADORA = Organizacao.Tipo.OPERADORA


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.MENSAGEM_VER)
def avisos(request: Requisicao, slug: str) -> HttpResponse:
    """*Avisos por e-mail*: this person's own switch in this organisation."""
    if request.method == "POST":
        form = AvisosForm(request.POST)
        por_email = form.is_valid() and form.cleaned_data["por_email"]
        dos_avisos.escolher(organizacao=request.organizacao, por=request.user, por_email=por_email)
        feito = "Você passa a ser avisado por e-mail" if por_email else "Você não será mais avisado por e-mail"
        messages.success(request, f"{feito} das mensagens de {request.organizacao.sigla}.")
        return redirect("mensagens:avisos", slug=slug)
    quer = dos_avisos.quer(organizacao=request.organizacao, pessoa=request.user)
    contexto = {"form": AvisosForm(initial={"por_email": quer}), "ha_correio": ha_correio()}
    return render(request, "mensagens/avisos.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def limites(request: Requisicao, slug: str) -> HttpResponse:
    """*Tamanho dos anexos*: what the operadora takes."""
    form = LimitesForm(request.POST or None, limites_de(request.organizacao.pk))
    if request.method == "POST" and form.is_valid():
        gravar_limites(
            operadora=request.organizacao,
            por_documento=form.cleaned_data["por_documento"],
            por_lote=form.cleaned_data["por_lote"],
            por_tipo=form.por_tipo,
            por=request.user,
        )
        messages.success(request, "Limites salvos. Valem para os documentos anexados a partir de agora.")
        return redirect("mensagens:limites", slug=slug)
    return render(request, "mensagens/limites.html", {"form": form}, status=422 if form.errors else 200)
