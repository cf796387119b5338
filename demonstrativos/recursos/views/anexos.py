"""Documents of an appeal: given with the draft, downloaded by both sides."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.recursos import anexos
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.portas import anexo_de, recurso_de
from lotes.mensagens.recepcao import VariosNoDisco
from lotes.mensagens.respostas import anexo_chamado


# The token is in the body: reading it reads the document, so the handler that bounds it has to be in place before.
@csrf_exempt
@require_POST
@exige(Permissao.RECURSO_FAZER, de=Organizacao.Tipo.PRESTADOR)
def anexar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Put a document with a draft."""
    manipulador = VariosNoDisco(request, maior=anexos.MAIOR_ANEXO)
    request.upload_handlers = [manipulador]
    return _anexar(request, manipulador, recurso_de(request, pk))


@csrf_protect
def _anexar(request: Requisicao, manipulador: VariosNoDisco, recurso: Recurso) -> HttpResponse:
    numero = request.POST.get("guia", "").strip()
    guia = recurso.lote.guias.filter(numero_do_prestador=numero).first() if numero else None
    try:
        if numero and guia is None:
            messages.error(request, f"Não há guia {numero[:20]} no lote deste recurso. Confira o nº, ou deixe-o vazio.")
        else:
            arquivo = manipulador.recebido("arquivo")
            feito = anexos.anexar(recurso=recurso, arquivo=arquivo, por=request.user, guia=guia)
            messages.success(request, f"“{feito.nome}” anexado. A operadora o recebe com o recurso.")
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    return redirect("recursos:recurso", slug=request.organizacao.slug, pk=recurso.pk)


@require_GET
@exige(Permissao.RECURSO_VER)
def baixar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The bytes of a document, as they came, only ever as an attachment."""
    anexo = anexo_de(request, pk)
    registrar_acesso(request, "anexo de recurso", anexo.pk, "baixar")
    return anexo_chamado(cofre.abrir(anexo.conteudo_id), anexo.nome, anexo.midia)


@require_POST
@exige(Permissao.RECURSO_FAZER, de=Organizacao.Tipo.PRESTADOR)
def remover(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take a document out of a draft."""
    anexo = anexo_de(request, pk)
    try:
        anexos.remover(anexo=anexo, por=request.user)
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        messages.success(request, f"“{anexo.nome}” foi removido.")
    return redirect("recursos:recurso", slug=slug, pk=anexo.recurso_id)
