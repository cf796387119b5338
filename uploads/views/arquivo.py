"""One file: how its work goes, what was found, what was changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from uploads import progresso, transicoes
from uploads.consultas import ABA_DE
from uploads.estados import SituacaoDoArquivo
from uploads.models import Arquivo
from uploads.portas import arquivo_de
from uploads.progresso import Etapa

_PRESTADOR = Organizacao.Tipo.PRESTADOR
_ETAPAS = (
    (Etapa.RECEBIDO, "Recebido"),
    (Etapa.LENDO, "Leitura"),
    (Etapa.CONFERINDO, "Estrutura TISS e regras"),
    (Etapa.IMPORTANDO, "Importação"),
)


@exige(Permissao.ARQUIVO_VER, de=_PRESTADOR)
@require_GET
def detalhe(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The file's page: its progress while it is judged, its críticas afterwards."""
    arquivo = arquivo_de(request, pk)
    if arquivo.situacao == SituacaoDoArquivo.EM_PROCESSAMENTO:
        modelo = "uploads/andamento.html#andamento" if _pergunta(request) else "uploads/andamento.html"
        return render(request, modelo, {"arquivo": arquivo, "etapas": _etapas(arquivo)})
    if _pergunta(request):
        return _terminou(request, arquivo)
    return render(request, "uploads/arquivo.html", {"arquivo": arquivo})


@exige(Permissao.ARQUIVO_INCLUIR, de=_PRESTADOR)
@require_POST
def tentar_de_novo(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Queue a file again that was set aside."""
    arquivo = arquivo_de(request, pk)
    transicoes.tentar_de_novo(arquivo_id=arquivo.pk, por=request.user)
    return redirect("uploads:arquivo", slug=slug, pk=pk)


def _pergunta(request: Requisicao) -> bool:
    return request.htmx.target == "andamento"


def _terminou(request: Requisicao, arquivo: Arquivo) -> HttpResponse:
    """The answer to the last poll: on to the history, where the result stands."""
    _dizer_o_resultado(request, arquivo)
    resposta = HttpResponse(status=286)
    aba = ABA_DE[SituacaoDoArquivo(arquivo.situacao)].id
    resposta["HX-Redirect"] = f"{reverse('uploads:arquivos', kwargs={'slug': arquivo.prestador.slug})}?aba={aba}"
    return resposta


def _dizer_o_resultado(request: Requisicao, arquivo: Arquivo) -> None:
    if arquivo.situacao == SituacaoDoArquivo.IMPORTADO:
        texto = f"“{arquivo.nome}” importado. O lote {arquivo.numero_lote} está aberto: falta fechá-lo e enviá-lo."
        messages.success(request, texto)
    elif arquivo.situacao == SituacaoDoArquivo.INVALIDO:
        texto = f"“{arquivo.nome}” ficou inválido: {arquivo.quantidade_de_criticas} crítica(s). Corrija e reprocesse."
        messages.warning(request, texto)
    else:
        messages.error(request, arquivo.erro)


def _etapas(arquivo: Arquivo) -> list[tuple[str, str]]:
    """Each step's name with what it is: "feito", "atual" or "" for those to come."""
    atual = progresso.etapa_de(arquivo.pk)
    ordem = [etapa for etapa, _ in _ETAPAS]
    lugar = ordem.index(atual)
    return [
        (nome, "feito" if indice < lugar else "atual" if indice == lugar else "")
        for indice, (_, nome) in enumerate(_ETAPAS)
    ]
