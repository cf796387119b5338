"""Downloads of a file's versions: as attachments, to the byte, and written down."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads.models import Arquivo, Versao
from uploads.portas import arquivo_de


@exige(Permissao.ARQUIVO_VER, de=Organizacao.Tipo.PRESTADOR)
@require_GET
def original(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The file as it came."""
    return _anexo(request, arquivo_de(request, pk), 1)


@exige(Permissao.ARQUIVO_VER, de=Organizacao.Tipo.PRESTADOR)
@require_GET
def versao(request: Requisicao, slug: str, pk: int, numero: int) -> HttpResponse:
    """One version of the file."""
    return _anexo(request, arquivo_de(request, pk), numero)


def _anexo(request: Requisicao, arquivo: Arquivo, numero: int) -> HttpResponse:
    guardada = Versao.objects.filter(arquivo=arquivo, numero=numero).first()
    if guardada is None:
        raise Http404("versão")
    registrar_acesso(request, "arquivo", arquivo.pk, "baixar")
    resposta = HttpResponse(cofre.abrir(guardada.conteudo_id), content_type="application/xml")
    resposta["Content-Disposition"] = content_disposition_header(True, _nome(arquivo, numero))
    resposta["X-Content-Type-Options"] = "nosniff"
    return resposta


def _nome(arquivo: Arquivo, numero: int) -> str:
    """The name it came with; a corrected version says so before the extension."""
    if numero == 1:
        return arquivo.nome
    return f"{arquivo.nome.rpartition('.')[0] or arquivo.nome} - versão {numero}.xml"
