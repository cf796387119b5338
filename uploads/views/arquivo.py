"""One file: how its work goes, what was found, what was changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from uploads import progresso, transicoes
from uploads.causas import com_causa, titulos
from uploads.consultas import ABA_DE
from uploads.estados import SituacaoDoArquivo
from uploads.forms import FiltroDeCriticas
from uploads.models import Alteracao, Arquivo, Critica
from uploads.models.critica import COM_SUGESTAO
from uploads.portas import arquivo_de
from uploads.progresso import Etapa
from uploads.transicoes import Ignorar

CRITICAS_POR_PAGINA = 50
ALTERACOES_POR_PAGINA = 50
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
    if request.htmx:
        return _terminou(request, arquivo)
    registrar_acesso(request, "arquivo", arquivo.pk, "ver")
    return _criticas(request, arquivo)


@exige(Permissao.ARQUIVO_INCLUIR, de=_PRESTADOR)
@require_POST
def tentar_de_novo(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Queue a file again that was set aside."""
    arquivo = arquivo_de(request, pk)
    try:
        transicoes.tentar_de_novo(arquivo_id=arquivo.pk, por=request.user)
    except ErroDeNegocio as erro:
        return _criticas(request, arquivo_de(request, pk), aviso=erro.frase, situacao=409)
    return redirect("uploads:arquivo", slug=slug, pk=pk)


@exige(Permissao.ARQUIVO_CORRIGIR, de=_PRESTADOR)
@require_POST
def ignorar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Ignore the ticked críticas with one justification, or take that back."""
    arquivo = arquivo_de(request, pk)
    ids = frozenset(int(valor) for valor in request.POST.getlist("critica") if valor.isascii() and valor.isdigit())
    try:
        texto = _ignorar(request, arquivo, ids)
    except ErroDeNegocio as erro:
        digitado = request.POST.get("justificativa", "")
        return _criticas(request, arquivo_de(request, pk), aviso=erro.frase, situacao=409, digitado=digitado)
    messages.success(request, texto)
    return redirect(f"{reverse('uploads:arquivo', kwargs={'slug': slug, 'pk': pk})}?{request.GET.urlencode()}")


def _ignorar(request: Requisicao, arquivo: Arquivo, ids: frozenset[int]) -> str:
    versao = arquivo.versao_atual
    if "desfazer" in request.POST:
        quantas = transicoes.desfazer_ignorar(arquivo_id=arquivo.pk, versao=versao, criticas=ids, por=request.user)
        return "1 crítica voltou a valer." if quantas == 1 else f"{quantas} críticas voltaram a valer."
    pedido = Ignorar(ids, request.POST.get("justificativa", ""))
    quantas = transicoes.ignorar(arquivo_id=arquivo.pk, versao=versao, pedido=pedido, por=request.user)
    contadas = "1 crítica ignorada" if quantas == 1 else f"{quantas} críticas ignoradas"
    return f"{contadas}. Vale a partir do próximo Salvar Reprocessar."


def _criticas(
    request: Requisicao, arquivo: Arquivo, *, aviso: str = "", situacao: int = 200, digitado: str = ""
) -> HttpResponse:
    todas = Critica.objects.filter(arquivo=arquivo, versao=arquivo.versao_atual)
    codigos = list(todas.order_by("codigo").values_list("codigo", flat=True).distinct())
    filtro = FiltroDeCriticas(request.GET, codigos)
    criticas = _filtradas(com_causa(arquivo), filtro)
    pagina = Paginator(criticas.order_by("posicao"), CRITICAS_POR_PAGINA).get_page(request.GET.get("pagina"))
    contexto = {
        "arquivo": arquivo,
        "filtro": filtro,
        "pagina": pagina,
        "titulos": titulos(set(codigos)),
        "aviso": aviso,
        "digitado": digitado,
        "alteracoes": _alteracoes(request, arquivo),
        "corrige": _corrige(request, arquivo, todas),
        "ignora": todas.filter(severidade=Critica.Severidade.IGNORAVEL).exists(),
    }
    return render(request, "uploads/arquivo.html", contexto, status=situacao)


def _corrige(request: Requisicao, arquivo: Arquivo, criticas: QuerySet[Critica]) -> bool:
    """Whether there is something to do here: a file that could not be read is mended in the system that made it.

    Unless the Conecta knows how, as where only the declared encoding lies.
    """
    return (
        request.vinculo.pode(Permissao.ARQUIVO_CORRIGIR)
        and arquivo.situacao == SituacaoDoArquivo.INVALIDO
        and criticas.filter(COM_SUGESTAO | ~Q(caminho="/", severidade=Critica.Severidade.IMPEDITIVA)).exists()
    )


def _filtradas(criticas: QuerySet[Critica], filtro: FiltroDeCriticas) -> QuerySet[Critica]:
    if not filtro.is_valid():
        return criticas
    limpos: dict[str, Any] = filtro.cleaned_data
    if texto := limpos["texto"]:
        criticas = criticas.filter(
            Q(mensagem__icontains=texto)
            | Q(caminho_legivel__icontains=texto)
            | Q(guia=texto)
            | Q(valor__icontains=texto)
        )
    if codigo := limpos["codigo"]:
        criticas = criticas.filter(codigo=codigo)
    match limpos["severidade"]:
        case "ignorada":
            criticas = criticas.filter(ignorada=True)
        case "":
            pass
        case severidade:
            criticas = criticas.filter(severidade=severidade, ignorada=False)
    return criticas


def _alteracoes(request: Requisicao, arquivo: Arquivo) -> Any:
    linhas = Alteracao.objects.filter(arquivo=arquivo).order_by("-versao", "id")
    return Paginator(linhas, ALTERACOES_POR_PAGINA).get_page(request.GET.get("alteracoes"))


def _pergunta(request: Requisicao) -> bool:
    return request.htmx.target == "andamento"


def _terminou(request: Requisicao, arquivo: Arquivo) -> HttpResponse:
    """The answer to a script: to the last poll, or to a sending whose work was done at once. On to the history.

    Who has no script stays on the file's own page, which says the same.
    """
    _dizer_o_resultado(request, arquivo)
    resposta = HttpResponse(status=286)
    aba = ABA_DE[SituacaoDoArquivo(arquivo.situacao)].id
    resposta["HX-Redirect"] = f"{reverse('uploads:arquivos', kwargs={'slug': request.organizacao.slug})}?aba={aba}"
    return resposta


def _dizer_o_resultado(request: Requisicao, arquivo: Arquivo) -> None:
    if arquivo.situacao == SituacaoDoArquivo.IMPORTADO:
        texto = f"“{arquivo.nome}” importado. O lote {arquivo.numero_lote} está aberto: falta fechá-lo e enviá-lo."
        messages.success(request, texto)
    elif arquivo.situacao == SituacaoDoArquivo.INVALIDO:
        quantas = arquivo.quantidade_de_criticas
        contadas = "1 crítica" if quantas == 1 else f"{quantas} críticas"
        messages.warning(request, f"“{arquivo.nome}” ficou inválido: {contadas}. Corrija e reprocesse.")
    else:
        messages.error(request, arquivo.erro)


def _etapas(arquivo: Arquivo) -> list[tuple[str, str]]:
    """Each step's name with what it is: "feito", "atual" or "" for those to come."""
    lugar = [etapa for etapa, _ in _ETAPAS].index(progresso.etapa_de(arquivo.pk))
    return [
        (nome, "feito" if indice < lugar else "atual" if indice == lugar else "")
        for indice, (_, nome) in enumerate(_ETAPAS)
    ]
