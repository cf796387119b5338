"""Uploads › Novo."""

from __future__ import annotations

from itertools import chain
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from convenios.models import ParametrosDaOperadora
from tiss_schemas import catalogo
from uploads import isolamento, recepcao, transicoes
from uploads.erros import LimiteDeEnvios
from uploads.limites import contar_envio
from uploads.models import Arquivo
from uploads.recepcao import EnvioRecusado, NaMemoria

ULTIMOS = 5


# The token is in the body: reading it reads the file, so the upload handler has to be in place before. That is why the
# check is not the middleware's but that of the inner function.
@csrf_exempt
@exige(Permissao.ARQUIVO_INCLUIR, de=Organizacao.Tipo.PRESTADOR)
@require_http_methods(["GET", "HEAD", "POST"])
def novo(request: Requisicao, slug: str) -> HttpResponse:
    """The page that takes a file, and the file."""
    manipulador = NaMemoria(request)
    request.upload_handlers = [manipulador]
    return _novo(request, manipulador)


@csrf_protect
def _novo(request: Requisicao, manipulador: NaMemoria) -> HttpResponse:
    if request.method != "POST":
        return pagina(request)
    try:
        recebido = recepcao.receber(request, manipulador)
        contar_envio(request.organizacao)
    except EnvioRecusado as recusado:
        return pagina(request, [frase_da_recusa(recusado)])
    except LimiteDeEnvios as limite:
        return pagina(request, [limite.frase], situacao=429)
    arquivo = transicoes.incluir(
        prestador=request.organizacao, nome=recebido.nome, dados=recebido.dados, por=request.user
    )
    return redirect("uploads:arquivo", slug=request.organizacao.slug, pk=arquivo.pk)


def frase_da_recusa(recusado: EnvioRecusado) -> str:
    """What the person reads, with its code."""
    return f"{recusado.frase} Código {recusado.codigo} da Tabela 38 da ANS."


def pagina(request: Requisicao, erros: list[str] | None = None, situacao: int = 0, **outros: Any) -> HttpResponse:
    """The page that takes a file: with why one was refused, or with `outros`, what a test of one has given."""
    isolamento.preparar()
    contexto = {
        **outros,
        "erros": erros or [],
        "versoes": _em_palavras(_versoes_aceitas()),
        "ultimos": Arquivo.objects.do_prestador(request.organizacao).order_by("-criado_em", "-id")[:ULTIMOS],
    }
    return render(request, "uploads/novo.html", contexto, status=situacao or (422 if erros else 200))


def _versoes_aceitas() -> list[str]:
    """Versions that are installed and that an operadora of this prestador accepts: the scope shows no other's."""
    aceitas = set(chain.from_iterable(ParametrosDaOperadora.objects.values_list("versoes_aceitas", flat=True)))
    return [versao.numero for versao in catalogo.versoes() if versao.numero in aceitas]


def _em_palavras(nomes: list[str]) -> str:
    """ "4.01.00, 4.02.00 ou 4.03.00"."""
    return " ou ".join(filter(None, [", ".join(nomes[:-1]), *nomes[-1:]]))
