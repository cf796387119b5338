"""All places of one cause: what was decided, before → after in each, and which of them it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads import decisoes as rascunhos
from uploads.causas import com_causa, nas_posicoes, posicoes_de
from uploads.controles import Acao
from uploads.estados import SituacaoDoArquivo
from uploads.formulario_da_causa import FormularioDaCausa
from uploads.formulario_dos_lugares import FormularioDosLugares
from uploads.mesa import Mesa
from uploads.models import Critica
from uploads.portas import arquivo_de

LUGARES_POR_PAGINA = 50


@exige(Permissao.ARQUIVO_CORRIGIR, de=Organizacao.Tipo.PRESTADOR)
@require_http_methods(["GET", "HEAD", "POST"])
def lugares(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One page of the places of a cause; its buttons keep what is ticked and lead on."""
    arquivo = arquivo_de(request, pk)
    if arquivo.situacao != SituacaoDoArquivo.INVALIDO:
        return redirect("uploads:arquivo", slug=slug, pk=pk)
    mesa = Mesa(arquivo, request.user)
    causa = request.GET.get("causa", "")
    if causa not in mesa.linhas:
        messages.warning(request, "Esta causa não existe mais: o arquivo foi conferido de novo. Veja as de agora.")
        return redirect("uploads:corrigir", slug=slug, pk=pk)
    pagina = Paginator(posicoes_de(arquivo, causa), LUGARES_POR_PAGINA).get_page(request.GET.get("pagina"))
    criticas = list(nas_posicoes(arquivo, pagina.object_list).values())
    if request.method == "POST":
        return _receber(request, mesa, causa, pagina, criticas)
    registrar_acesso(request, "arquivo", arquivo.pk, "corrigir")
    [formulario] = mesa.formularios([causa])
    return _pagina(request, mesa, pagina, FormularioDosLugares(formulario, criticas, conferencia=_conferencia(mesa)))


def _receber(
    request: Requisicao, mesa: Mesa, causa: str, pagina: Page[int], criticas: Sequence[Critica]
) -> HttpResponse:
    arquivo = mesa.arquivo
    if request.POST.get("versao") != str(arquivo.versao_atual):
        messages.warning(request, "O arquivo mudou depois que você abriu os lugares, e nada foi marcado. Veja de novo.")
        return redirect("uploads:corrigir", slug=arquivo.prestador.slug, pk=arquivo.pk)
    [formulario] = mesa.formularios([causa])
    preenchido = FormularioDosLugares(formulario, criticas, request.POST, conferencia=_conferencia(mesa))
    if not preenchido.is_valid():
        return _pagina(request, mesa, pagina, preenchido, situacao=422)
    mesa.decisoes.escolher(causa, formulario.nome, formulario.mostrada, so_se_nova=True)
    mesa.decisoes.em_lugares(causa, preenchido.mostrados, preenchido.marcados, preenchido.outros)
    _em_todos(request.POST, mesa, formulario)
    rascunhos.guardar(arquivo, request.user, mesa.decisoes)
    return redirect(_destino(request, mesa, causa))


def _conferencia(mesa: Mesa) -> str:
    return reverse("uploads:campo", kwargs={"slug": mesa.arquivo.prestador.slug, "pk": mesa.arquivo.pk})


def _em_todos(dados: QueryDict, mesa: Mesa, formulario: FormularioDaCausa) -> None:
    """The buttons that reach every place of the cause, on whatever page."""
    causa = formulario.causa.id
    if "usar" in dados and formulario.causa.com_sugestao:
        mesa.decisoes.escolher(causa, formulario.nome, Acao.SUGESTAO)
    if "marcar" in dados:
        todos = set(com_causa(mesa.arquivo).filter(causa=causa).values_list("pk", flat=True))
        mesa.decisoes.escolher(causa, formulario.nome, formulario.mostrada, so_se_nova=True)
        decisao = mesa.decisoes.por_causa[causa]
        decisao.fora = [] if dados["marcar"] == "todos" else sorted(todos)


def _destino(request: Requisicao, mesa: Mesa, causa: str) -> str:
    argumentos = {"slug": mesa.arquivo.prestador.slug, "pk": mesa.arquivo.pk}
    aonde, _, numero = request.POST.get("ir", "").partition("-")
    if aonde == "pagina":
        numero = numero if numero.isascii() and numero.isdigit() else "1"
        return f"{reverse('uploads:lugares', kwargs=argumentos)}?causa={causa}&pagina={numero}"
    if request.POST.keys() & {"usar", "marcar"}:
        return f"{reverse('uploads:lugares', kwargs=argumentos)}?{request.GET.urlencode()}"
    return f"{reverse('uploads:corrigir', kwargs=argumentos)}?pagina={mesa.pagina_de(causa)}#causa-{causa}"


def _pagina(
    request: Requisicao, mesa: Mesa, pagina: Page[int], lugares: FormularioDosLugares, situacao: int = 200
) -> HttpResponse:
    formulario: FormularioDaCausa = lugares.da_causa
    contexto = {
        "arquivo": mesa.arquivo,
        "formulario": formulario,
        "causa": formulario.causa,
        "pagina": pagina,
        "pagina_da_causa": mesa.pagina_de(formulario.causa.id),
        "lugares": lugares,
    }
    return render(request, "uploads/lugares.html", contexto, status=situacao)
