"""The calendar of delivery: kept by the operadora's gestor, read by the prestadores that it holds for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from convenios.calendario import ano as anos
from convenios.calendario import transicoes
from convenios.calendario.forms import ExcecaoForm, JanelaForm, PadraoForm, padrao_de_hoje
from convenios.calendario.models import JanelaDeEntrega
from convenios.calendario.palavras import competencia, momento

OPERADORA = Organizacao.Tipo.OPERADORA


@require_GET
@exige(Permissao.CALENDARIO_VER)
def ano(request: Requisicao, slug: str) -> HttpResponse:
    """The windows of a year (`?ano=`): all for the operadora, for a prestador those that hold for it."""
    agora, numero = timezone.now(), _ano(request.GET.get("ano"))
    listar = anos.ano_do_prestador if request.organizacao.e_prestador else anos.ano_da_operadora
    contexto: dict[str, Any] = {
        "ano": numero,
        "linhas": listar(request.organizacao, numero, agora),
        "muda": request.vinculo.pode(Permissao.CALENDARIO_MUDAR),
    }
    if not request.organizacao.e_prestador:
        fim = anos.ultimo_fim(request.organizacao)
        contexto |= {"ultimo_fim": fim, "acabou": fim is not None and fim <= agora}
    return render(request, f"convenios/calendario/ano_{request.organizacao.tipo}.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CALENDARIO_MUDAR, de=OPERADORA)
def gerar(request: Requisicao, slug: str) -> HttpResponse:
    """Make the windows of many months from a pattern."""
    form = PadraoForm(request.POST or None, request.organizacao, initial=padrao_de_hoje())
    if request.method == "POST" and form.is_valid():
        padrao = form.padrao()
        try:
            geradas = transicoes.gerar(operadora=request.organizacao, padrao=padrao, por=request.user)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, _geradas(geradas))
            return redirect(f"{_endereco(slug)}?ano={padrao.primeira.year}")
    return render(request, "convenios/calendario/gerar.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CALENDARIO_MUDAR, de=OPERADORA)
def nova(request: Requisicao, slug: str) -> HttpResponse:
    """Make one window."""
    return _editar(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.CALENDARIO_MUDAR, de=OPERADORA)
def janela(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change a window, and see who has another end."""
    return _editar(request, _janela_de(request, pk))


@require_POST
@exige(Permissao.CALENDARIO_MUDAR, de=OPERADORA)
def excluir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take a window away."""
    atual = _janela_de(request, pk)
    transicoes.excluir_janela(janela=atual, por=request.user)
    messages.success(request, f"Janela da competência {competencia(atual.competencia)} excluída.")
    return redirect(f"{_endereco(slug)}?ano={atual.competencia.year}")


@require_POST
@exige(Permissao.CALENDARIO_MUDAR, de=OPERADORA)
def abrir_excecao(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Give one prestador another end."""
    atual = _janela_de(request, pk)
    form = ExcecaoForm(request.POST, request.organizacao)
    if form.is_valid():
        try:
            transicoes.abrir_excecao(
                janela=atual,
                prestador=form.cleaned_data["prestador"],
                fecha=form.fecha,
                motivo=form.cleaned_data["motivo"],
                por=request.user,
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"{form.cleaned_data['prestador'].sigla} pode enviar até {momento(form.fecha)}.")
            return redirect("calendario:janela", slug=slug, pk=pk)
    return _pagina(request, atual, JanelaForm(None, request.organizacao, atual), form)


@require_POST
@exige(Permissao.CALENDARIO_MUDAR, de=OPERADORA)
def retirar_excecao(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Let the window end for a prestador as for the others; the button says for whom."""
    atual = _janela_de(request, pk)
    escolhido = request.POST.get("prestador", "")
    excecao = next((e for e in atual.excecoes.all() if str(e.prestador_id) == escolhido), None)
    if excecao is not None:
        transicoes.retirar_excecao(excecao=excecao, por=request.user)
        messages.success(request, f"Exceção retirada: {excecao.prestador.sigla} segue o prazo de todos.")
    return redirect("calendario:janela", slug=slug, pk=pk)


def _editar(request: Requisicao, atual: JanelaDeEntrega | None) -> HttpResponse:
    form = JanelaForm(request.POST or None, request.organizacao, atual)
    if request.method == "POST" and form.is_valid():
        try:
            salva = transicoes.guardar_janela(
                operadora=request.organizacao, janela=atual, valores=form.valores(), por=request.user
            )
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            messages.success(request, f"Janela da competência {competencia(salva.competencia)} salva. Vale já.")
            return redirect(f"{_endereco(request.organizacao.slug)}?ano={salva.competencia.year}")
    return _pagina(request, atual, form, ExcecaoForm(None, request.organizacao))


def _pagina(request: Requisicao, atual: JanelaDeEntrega | None, form: JanelaForm, excecao: ExcecaoForm) -> HttpResponse:
    contexto = {
        "janela": atual,
        "form": form,
        "form_da_excecao": excecao,
        "excecoes": [] if atual is None else list(atual.excecoes.select_related("prestador").order_by("fecha")),
    }
    situacao = 422 if form.errors or excecao.errors else 200
    return render(request, "convenios/calendario/janela.html", contexto, status=situacao)


def _janela_de(request: Requisicao, pk: int) -> JanelaDeEntrega:
    try:
        return JanelaDeEntrega.objects.select_related("operadora").get(pk=pk, operadora=request.organizacao)
    except JanelaDeEntrega.DoesNotExist:
        raise Http404("janela de entrega") from None


def _endereco(slug: str) -> str:
    return reverse("calendario:ano", args=[slug])


def _ano(texto: str | None) -> int:
    """The year asked for, this one where that is none."""
    valido = texto and texto.isascii() and texto.isdecimal() and len(texto) == 4 and 2000 <= int(texto) <= 2100
    return int(texto) if texto and valido else timezone.localdate().year


def _geradas(geradas: transicoes.Geradas) -> str:
    quantas = len(geradas.novas)
    feito = f"{quantas} janela{'' if quantas == 1 else 's'} criada{'' if quantas == 1 else 's'}."
    if not geradas.ja_havia:
        return feito
    if geradas.ja_havia == 1:
        return f"{feito} Uma competência já tinha janela, que não mudou."
    return f"{feito} {geradas.ja_havia} competências já tinham janela, que não mudou."
