"""Uploads › Novo › Testar arquivo: the verdict at once, and nothing kept of the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import structlog
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from uploads import recepcao, teste
from uploads.limites import LimiteDeTestes
from uploads.models import Critica
from uploads.recepcao import EnvioRecusado, NaMemoria
from uploads.relatorio import CausaDoTeste, Relatorio
from uploads.teste import TesteInterrompido
from uploads.views.envio import frase_da_recusa, pagina

registro_de_eventos = structlog.get_logger(__name__)

COLUNAS = (
    *(Coluna("Regra", 8), Coluna("Código", 8), Coluna("Crítica", 40), Coluna("O que está errado", 70)),
    *(Coluna("Efeito", 34), Coluna("Nº Guia Prestador", 22), Coluna("Caminho", 60), Coluna("Linha", 10)),
    *(Coluna("Valor no arquivo", 30), Coluna("Sugestão", 30)),
)


# As for sending a file: the token is in the body, so the upload handler has to be in place before it is read.
@csrf_exempt
@exige(Permissao.ARQUIVO_INCLUIR, de=Organizacao.Tipo.PRESTADOR)
@require_http_methods(["GET", "HEAD", "POST"])
def testar(request: Requisicao, slug: str) -> HttpResponse:
    """The page that takes a file, with the report of the one that came. There is nothing to go back to."""
    if request.method != "POST":
        return redirect("uploads:novo", slug=slug)
    manipulador = NaMemoria(request)
    request.upload_handlers = [manipulador]
    return _testar(request, manipulador)


@csrf_protect
def _testar(request: Requisicao, manipulador: NaMemoria) -> HttpResponse:
    try:
        recebido = recepcao.receber(request, manipulador)
        relatorio = teste.testar(recebido, prestador=request.organizacao, por=request.user)
    except EnvioRecusado as recusado:
        return pagina(request, [frase_da_recusa(recusado)])
    except LimiteDeTestes as limite:
        resposta = _resultado(request, situacao=429, aviso=limite.frase)
        resposta["Retry-After"] = str(limite.espera)
        return resposta
    except TesteInterrompido as erro:
        return _resultado(request, situacao=422, aviso=erro.frase)
    registrar_acesso(request, "arquivo", 0, "testar")
    registro_de_eventos.info("arquivo_testado", octetos=relatorio.tamanho, achados=relatorio.achados)
    return _resultado(request, relatorio=relatorio, selado=teste.selar(relatorio, request.organizacao))


def _resultado(request: Requisicao, *, situacao: int = 200, **contexto: Any) -> HttpResponse:
    """The page with a result on it. Where htmx asks, the form stays as it is, with its file chosen."""
    resposta = pagina(request, situacao=situacao, **contexto)
    if request.htmx:
        resposta["HX-Retarget"] = "#resultado"
        resposta["HX-Reselect"] = "#resultado > *"
        resposta["HX-Reswap"] = "innerHTML"
        resposta["HX-Push-Url"] = "false"
    return resposta


@exige(Permissao.ARQUIVO_INCLUIR, de=Organizacao.Tipo.PRESTADOR)
@require_POST
def planilha_do_teste(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The report that the page brings back, as a spreadsheet: it was never kept here."""
    relatorio = teste.abrir(request.POST.get("relatorio", ""), request.organizacao)
    registrar_acesso(request, "arquivo", 0, "baixar relatório de teste")
    arquivo = planilha.escrever("Teste de arquivo", COLUNAS, _linhas(relatorio))
    return anexo(arquivo, f"teste-{timezone.localtime(relatorio.testado_em):%Y-%m-%d-%H%M}.xlsx", XLSX)


def _linhas(relatorio: Relatorio) -> Iterator[tuple[Any, ...]]:
    for causa in relatorio.causas:
        da_causa = (causa.regra, causa.codigo, causa.titulo)
        efeito = Critica.Severidade(causa.severidade).label
        for lugar in causa.lugares:
            sugestao = lugar.sugestao if lugar.sugestao is not None else " ".join(lugar.passos)
            do_lugar = (lugar.guia, lugar.caminho, lugar.linha, lugar.valor, sugestao)
            yield (*da_causa, causa.mensagem, efeito, *do_lugar)
        if causa.resto:
            yield (*da_causa, _mais(causa), efeito, None, None, None, None, None)
    if relatorio.causas_a_mais:
        texto = f"Mais {relatorio.causas_a_mais} causas, com {relatorio.achados_a_mais} críticas, não estão na lista."
        yield (None, None, None, texto, *[None] * 6)


def _mais(causa: CausaDoTeste) -> str:
    return f"{causa.mensagem} Mais {causa.resto} lugares, que não estão na lista."
