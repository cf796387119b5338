"""Two more ways in: the spreadsheet filled in, and the message of the clinic's own system."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.importacao.erros import ArquivoRecusado
from conecta.importacao.recepcao import EXTENSOES
from conecta.interface.formatos import inteiro, tamanho
from demonstrativos.recursos import mensagem_recebida, planilha, preparo
from demonstrativos.recursos.enderecos import que_nomeia
from demonstrativos.recursos.erros import XmlRecusado
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.planilha import Lida
from lotes.mensagens.anexos import nome_limpo
from lotes.mensagens.recepcao import MEGA, Recebido, VariosNoDisco

PRESTADOR = Organizacao.Tipo.PRESTADOR
MAIOR_XML = 15 * MEGA


# The token is in the body: reading it reads the file, so the handler that bounds it has to be in place before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def da_planilha(request: Requisicao, slug: str) -> HttpResponse:
    """Bring the spreadsheet back: what its good rows ask goes into drafts."""
    manipulador = VariosNoDisco(request, maior=planilha.MAIOR_PLANILHA)
    request.upload_handlers = [manipulador]
    return _da_planilha(request, manipulador)


@csrf_protect
def _da_planilha(request: Requisicao, manipulador: VariosNoDisco) -> HttpResponse:
    if request.method != "POST":
        return _pagina_da_planilha(request)
    try:
        arquivo = _recebido(manipulador, planilha.MAIOR_PLANILHA, EXTENSOES, "a planilha, .xlsx ou .csv")
        lida = planilha.ler(BytesIO(arquivo.dados), request.organizacao)
        so_boas = request.POST.get("modo") == "boas"
        if not lida.pedidos or (lida.ruins and not so_boas):
            return _pagina_da_planilha(request, nome=arquivo.nome, lida=lida)
        recursos = preparo.incluir(prestador=request.organizacao, pedidos=lida.pedidos, por=request.user)
    except (ErroDeNegocio, ArquivoRecusado) as recusa:
        return _pagina_da_planilha(request, recusa=recusa.frase)
    deixadas = f" Linhas com erro, deixadas de fora: {inteiro(len(lida.ruins))}." if lida.ruins else ""
    glosas, em = len(lida.pedidos), len(recursos)
    incluidas = "1 glosa incluída" if glosas == 1 else f"{inteiro(glosas)} glosas incluídas"
    messages.success(request, f"{incluidas} em {inteiro(em)} recurso{'' if em == 1 else 's'}.{deixadas}")
    slug = request.organizacao.slug
    em_preparo = f"{reverse('recursos:recursos', args=[slug])}?situacao={SituacaoDoRecurso.RASCUNHO}"
    return redirect(que_nomeia("recursos:conferir", slug, recursos, se_muitos=em_preparo))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def do_xml(request: Requisicao, slug: str) -> HttpResponse:
    """Bring a message RECURSO_GLOSA: it is judged, matched, and becomes a draft."""
    manipulador = VariosNoDisco(request, maior=MAIOR_XML)
    request.upload_handlers = [manipulador]
    return _do_xml(request, manipulador)


@csrf_protect
def _do_xml(request: Requisicao, manipulador: VariosNoDisco) -> HttpResponse:
    if request.method != "POST":
        return _pagina_do_xml(request)
    nome = ""
    try:
        arquivo = _recebido(manipulador, MAIOR_XML, (".xml",), "o arquivo .xml")
        nome = arquivo.nome
        feito = mensagem_recebida.receber(prestador=request.organizacao, dados=arquivo.dados, por=request.user)
    except XmlRecusado as recusa:
        return _pagina_do_xml(request, achados=recusa.achados, nome=nome)
    except (ErroDeNegocio, ArquivoRecusado) as recusa:
        return _pagina_do_xml(request, achados=(recusa.frase,), nome=nome)
    messages.success(request, f"Recurso {feito.numero_do_prestador} incluído. Confira-o e envie-o à operadora.")
    return redirect("recursos:recurso", slug=request.organizacao.slug, pk=feito.pk)


def _recebido(manipulador: VariosNoDisco, maior: int, extensoes: tuple[str, ...], qual: str) -> Recebido:
    arquivo = manipulador.recebido("arquivo")
    if arquivo is None:
        raise ArquivoRecusado(f"Nenhum arquivo foi escolhido. Escolha {qual}.")
    nome = nome_limpo(arquivo.nome)
    if arquivo.excedeu:
        raise ArquivoRecusado(f"“{nome}” passa de {tamanho(maior)}, o limite. Divida-o em dois ou mais.")
    if not nome.lower().endswith(extensoes):
        raise ArquivoRecusado(f"“{nome}” não é {qual}. Confira o arquivo escolhido.")
    return Recebido(nome=nome, dados=arquivo.dados)


def _pagina_da_planilha(
    request: Requisicao, *, nome: str = "", lida: Lida | None = None, recusa: str = ""
) -> HttpResponse:
    contexto: dict[str, Any] = {"nome": nome, "lida": lida, "recusa": recusa, "extensoes": ",".join(EXTENSOES)}
    return render(request, "recursos/planilha.html", contexto, status=422 if recusa or lida else 200)


def _pagina_do_xml(request: Requisicao, *, achados: tuple[str, ...] = (), nome: str = "") -> HttpResponse:
    return render(
        request, "recursos/enviar_xml.html", {"achados": achados, "nome": nome}, status=422 if achados else 200
    )
