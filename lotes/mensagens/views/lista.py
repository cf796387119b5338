"""*Conversas*: the threads of the organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.papeis import Permissao
from lotes.mensagens import transicoes
from lotes.mensagens.consultas import conversas_filtradas, listar, por_ler
from lotes.mensagens.forms import FiltrosDeConversas
from lotes.mensagens.models import Conversa


@require_GET
@exige(Permissao.MENSAGEM_VER)
def conversas(request: Requisicao, slug: str) -> HttpResponse:
    """The list, the last written first."""
    filtros = FiltrosDeConversas(request.GET, request.organizacao)
    achadas = (
        conversas_filtradas(request.organizacao, request.user, filtros.cleaned_data)
        if filtros.is_valid()
        else Conversa.objects.none()
    )
    pagina, ordem = listar(achadas, request.organizacao, request.GET.get("ordem", ""), request.GET.get("pagina"))
    contexto = {
        "filtros": filtros,
        "pagina": pagina,
        "ordem": ordem,
        "por_ler": por_ler(request.organizacao, request.user).count(),
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"mensagens/lista.html{parte}", contexto)


@require_POST
@exige(Permissao.MENSAGEM_VER)
def marcar_todas(request: Requisicao, slug: str) -> HttpResponse:
    """*Marcar todas como lidas*: for this person alone."""
    transicoes.ler_todas(organizacao=request.organizacao, por=request.user)
    messages.success(request, "Todas as conversas foram marcadas como lidas, só para você.")
    return redirect("mensagens:lista", slug=slug)
