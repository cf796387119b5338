"""Documents of a lot: put beside it before it is sent, listed, downloaded, removed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from lotes.estados import POR_ENVIAR
from lotes.mensagens import anexos, consultas
from lotes.mensagens.documentos import MIDIAS, Formato
from lotes.mensagens.forms import DocumentosForm
from lotes.mensagens.portas import anexo_de, lote_da_conversa
from lotes.mensagens.recepcao import VariosNoDisco
from lotes.mensagens.respostas import anexo_chamado
from lotes.models import Lote
from lotes.telas import protocolo_do

PRESTADOR = Organizacao.Tipo.PRESTADOR


# The token is in the body: reading it reads the documents, so the handler that bounds them has to be in place before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.MENSAGEM_VER)
def do_lote(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """All documents of a lot, and the form that adds to one that was not sent yet."""
    manipulador = VariosNoDisco(request)
    request.upload_handlers = [manipulador]
    return _do_lote(request, manipulador, lote_da_conversa(request, pk))


@csrf_protect
def _do_lote(request: Requisicao, manipulador: VariosNoDisco, lote: Lote) -> HttpResponse:
    if request.method != "POST":
        registrar_acesso(request, "anexos", lote.pk, "ver")
        return _pagina(request, lote, DocumentosForm(None, manipulador))
    if not _anexa(request):
        raise PermissionDenied(Permissao.MENSAGEM_ESCREVER)
    documentos = DocumentosForm(request.POST, manipulador)
    if not documentos.is_valid():
        return _pagina(request, lote, documentos, status=422)
    try:
        feitos = anexos.anexar(lote=lote, por=request.user, documentos=documentos.documentos)
    except ErroDeNegocio as recusa:
        documentos.recusa = recusa.frase
        return _pagina(request, lote, documentos, status=422)
    quantos = "1 documento anexado" if len(feitos) == 1 else f"{len(feitos)} documentos anexados"
    messages.success(request, f"{quantos}. A operadora recebe junto com o lote.")
    return redirect("mensagens:anexos", slug=request.organizacao.slug, pk=lote.pk)


@require_GET
@exige(Permissao.MENSAGEM_VER)
def baixar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The bytes of a document, as they came, only ever as an attachment."""
    anexo = anexo_de(request, pk)
    registrar_acesso(request, "anexo", anexo.pk, "baixar")
    midia = MIDIAS[Formato(anexo.formato_documento)]
    return anexo_chamado(cofre.abrir(anexo.conteudo_id), anexo.nome, midia)


@require_POST
@exige(Permissao.MENSAGEM_ESCREVER, de=PRESTADOR)
def remover_do_lote(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take a document back, while the lot was not sent."""
    anexo = anexo_de(request, pk)
    anexos.remover(anexo=anexo, por=request.user)
    messages.success(request, f"“{anexo.nome}” foi removido do lote {anexo.lote.numero}.")
    return redirect("mensagens:anexos", slug=slug, pk=anexo.lote_id)


def _anexa(request: Requisicao) -> bool:
    return request.organizacao.e_prestador and request.vinculo.pode(Permissao.MENSAGEM_ESCREVER)


def _pagina(request: Requisicao, lote: Lote, documentos: DocumentosForm, *, status: int = 200) -> HttpResponse:
    contexto = {
        "lote": lote,
        "protocolo": protocolo_do(lote),
        "anexos": consultas.anexos_do(lote),
        "documentos": documentos,
        "limites": anexos.limites_de(lote.operadora_id),
        "anexa": _anexa(request) and lote.situacao in POR_ENVIAR,
    }
    return render(request, "mensagens/anexos.html", contexto, status=status)
