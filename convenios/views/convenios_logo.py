"""The logo of a convênio: shown, changed, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.interface.formatos import tamanho
from convenios.logo_do_convenio import MAIOR_LOGO, LogoRecusado, ler_logo
from convenios.logo_do_convenio import trocar_logo as trocar
from convenios.models import LogoDoConvenio
from convenios.portas_do_convenio import convenio_de
from convenios.recepcao_do_convenio import Pequeno, bytes_de

OPERADORA = Organizacao.Tipo.OPERADORA
_UM_DIA = 86_400


@require_GET
@exige(Permissao.CONVENIO_VER, de=OPERADORA)
def logo(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """The picture. Its address carries its hash (`?v=`), so a browser may keep it."""
    achado = LogoDoConvenio.objects.filter(convenio=convenio_de(request, codigo)).first()
    if achado is None:
        raise Http404("logo")
    resposta = HttpResponse(bytes(achado.imagem), content_type="image/png")
    resposta["Cache-Control"] = f"private, max-age={_UM_DIA}"
    return resposta


# The token is in the body: reading it reads the file, so the handler that bounds it has to be in place before.
@csrf_exempt
@require_POST
@exige(Permissao.CONVENIO_MUDAR, de=OPERADORA)
def trocar_logo(request: Requisicao, slug: str, codigo: int) -> HttpResponse:
    """Take a new picture, or remove the one there is."""
    manipulador = Pequeno(request, MAIOR_LOGO)
    request.upload_handlers = [manipulador]
    return _trocar(request, manipulador, codigo)


@csrf_protect
def _trocar(request: Requisicao, manipulador: Pequeno, codigo: int) -> HttpResponse:
    convenio = convenio_de(request, codigo)
    remover = "remover" in request.POST
    try:
        novo = None if remover else ler_logo(_recebido(request, manipulador))
        trocar(convenio=convenio, logo=novo, por=request.user)
    except ErroDeNegocio as recusa:
        messages.error(request, recusa.frase)
    else:
        feito = "removido" if remover else "trocado. As próximas capas de lote já saem com ele"
        messages.success(request, f"Logo de {convenio.nome} {feito}.")
    return redirect("convenios:convenio", slug=request.organizacao.slug, codigo=codigo)


def _recebido(request: Requisicao, manipulador: Pequeno) -> bytes:
    if manipulador.excedeu:
        raise LogoRecusado(f"A imagem passa de {tamanho(MAIOR_LOGO)}, o limite. Reduza-a e escolha de novo.")
    return bytes_de(request, "logo")
