"""*Informativos*: the operadora writes them, the prestador reads them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from lotes.mensagens import informativos
from lotes.mensagens.forms_dos_informativos import FiltroDeInformativos, InformativoForm
from lotes.mensagens.models import Informativo, PdfDoInformativo
from lotes.mensagens.models.informativo import MAIOR_PDF
from lotes.mensagens.portas import informativo_de
from lotes.mensagens.recepcao import VariosNoDisco
from lotes.mensagens.respostas import anexo_chamado

OPERADORA = Organizacao.Tipo.OPERADORA
POR_PAGINA = 50


@require_GET
@exige(Permissao.MENSAGEM_VER)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """What is shown to the prestador today; of the operadora, all that it wrote and how far each was read."""
    org = request.organizacao
    if org.e_prestador:
        achados = informativos.com_leitura(informativos.mostrados(org), request.user, org)
        contexto: dict[str, Any] = {"pagina": Paginator(achados, POR_PAGINA).get_page(request.GET.get("pagina"))}
        return render(request, "mensagens/informativos.html", contexto)
    filtro = FiltroDeInformativos(request.GET)
    todos = informativos.com_leituras(org)
    if filtro.is_valid() and filtro.cleaned_data["situacao"]:
        todos = todos.filter(situacao=filtro.cleaned_data["situacao"])
    contexto = {
        "filtro": filtro,
        "pagina": Paginator(todos if filtro.is_valid() else todos.none(), POR_PAGINA).get_page(
            request.GET.get("pagina")
        ),
        "publica": request.vinculo.pode(Permissao.INFORMATIVO_PUBLICAR),
    }
    return render(request, "mensagens/informativos_da_operadora.html", contexto)


@require_GET
@exige(Permissao.MENSAGEM_VER)
def informativo(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """One of them. A prestador's person who opens it has read it."""
    este = informativo_de(request, pk)
    org = request.organizacao
    if org.e_prestador:
        informativos.ler(informativo=este, prestador=org, por=request.user)
    contexto = {
        "informativo": este,
        "pdf": PdfDoInformativo.objects.defer("dados").filter(informativo=este).first(),
        "publica": not org.e_prestador and request.vinculo.pode(Permissao.INFORMATIVO_PUBLICAR),
        "leituras": informativos.leituras_de(este) if este.publicado_em and not org.e_prestador else None,
        "destinatarios": [] if org.e_prestador else list(este.destinatarios.select_related("prestador")),
    }
    return render(request, "mensagens/informativo.html", contexto)


@require_GET
@exige(Permissao.MENSAGEM_VER)
def documento(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Its PDF."""
    pdf = PdfDoInformativo.objects.filter(informativo=informativo_de(request, pk)).first()
    if pdf is None:
        raise Http404("PDF")
    return anexo_chamado(bytes(pdf.dados), pdf.nome, "application/pdf")


# The token is in the body: reading it reads the PDF, so the handler that bounds it has to be in place before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.INFORMATIVO_PUBLICAR, de=OPERADORA)
def novo(request: Requisicao, slug: str) -> HttpResponse:
    """Write a draft."""
    return _editar(*_recebendo(request), None)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.INFORMATIVO_PUBLICAR, de=OPERADORA)
def mudar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Change what one says."""
    return _editar(*_recebendo(request), informativo_de(request, pk))


def _recebendo(request: Requisicao) -> tuple[Requisicao, VariosNoDisco]:
    manipulador = VariosNoDisco(request, MAIOR_PDF)
    request.upload_handlers = [manipulador]
    return request, manipulador


@csrf_protect
def _editar(request: Requisicao, manipulador: VariosNoDisco, este: Informativo | None) -> HttpResponse:
    form = InformativoForm(request.POST if request.method == "POST" else None, request.organizacao, este)
    if request.method == "POST" and form.is_valid():
        try:
            gravado = _gravar(request, manipulador, form, este)
        except ErroDeNegocio as recusa:
            form.add_error(None, recusa.frase)
        else:
            falta = "Falta publicá-lo." if gravado.situacao == Informativo.Situacao.RASCUNHO else ""
            messages.success(request, f"“{gravado.titulo}” salvo. {falta}".strip())
            return redirect("mensagens:informativo", slug=request.organizacao.slug, pk=gravado.pk)
    contexto = {"form": form, "informativo": este}
    return render(request, "mensagens/informativo_form.html", contexto, status=422 if form.errors else 200)


def _gravar(
    request: Requisicao, manipulador: VariosNoDisco, form: InformativoForm, este: Informativo | None
) -> Informativo:
    recebido = manipulador.recebido("pdf")
    return informativos.gravar(
        operadora=request.organizacao,
        informativo=este,
        valores=form.valores,
        prestadores=list(form.cleaned_data["prestadores"]),
        pdf=informativos.ler_pdf(recebido) if recebido is not None else None,
        sem_pdf=form.cleaned_data.get("sem_pdf", False),
        por=request.user,
    )


@require_POST
@exige(Permissao.INFORMATIVO_PUBLICAR, de=OPERADORA)
def publicar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Show it."""
    return _mudar_situacao(request, pk, informativos.publicar, "publicado. Os prestadores já podem ler")


@require_POST
@exige(Permissao.INFORMATIVO_PUBLICAR, de=OPERADORA)
def arquivar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Show it no more."""
    return _mudar_situacao(request, pk, informativos.arquivar, "arquivado. Nenhum prestador o vê mais")


@require_POST
@exige(Permissao.INFORMATIVO_PUBLICAR, de=OPERADORA)
def excluir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Remove a draft."""
    este = informativo_de(request, pk)
    informativos.excluir(informativo=este, por=request.user)
    messages.success(request, f"Rascunho “{este.titulo}” excluído.")
    return redirect("mensagens:informativos", slug=slug)


def _mudar_situacao(request: Requisicao, pk: int, transicao: Callable[..., Informativo], feito: str) -> HttpResponse:
    este = transicao(informativo=informativo_de(request, pk), por=request.user)
    messages.success(request, f"“{este.titulo}” {feito}.")
    return redirect("mensagens:informativo", slug=request.organizacao.slug, pk=este.pk)
