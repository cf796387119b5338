"""The operadora's side: the work list, a protocol, and its advance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from conecta import planilha
from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.planilha import Coluna
from conecta.respostas import XLSX, XML, anexo
from lotes import avanco, telas
from lotes.consultas import listar_protocolos, ordenar_protocolos, protocolos_filtrados
from lotes.estados import MUDANCAS_DO_PROTOCOLO, SituacaoDoProtocolo
from lotes.forms import AvancarForm, FiltrosDeProtocolos
from lotes.models import Protocolo
from lotes.planos_de_contas import PlanosDeContas
from lotes.portas import protocolo_de, protocolos_de
from lotes.recusas import OutraPessoaMudou

OPERADORA = Organizacao.Tipo.OPERADORA
DE_PAGAMENTO = {SituacaoDoProtocolo.FATURADO, SituacaoDoProtocolo.PAGO}
_P = SituacaoDoProtocolo
CAMINHO = (
    _P.EM_ANALISE,
    _P.AGUARDANDO_INFORMACAO,
    _P.LIBERADO,
    _P.FATURADO,
    _P.PAGO,
    _P.ENCERRADO_SEM_PAGAMENTO,
    _P.CANCELADO,
    _P.BLOQUEIO_JUDICIAL,
)
"""The states in the order in which a choice shows them: the straight way first."""

COLUNAS = (
    Coluna("Protocolo"),
    Coluna("Data Envio", 17),
    Coluna("Nº Lote"),
    Coluna("Prestador", 34),
    Coluna("CNPJ", 16),
    Coluna("Convênio", 24),
    Coluna("Plano de contas", 24),
    Coluna("Tipo de Guia", 24),
    Coluna("Guias", 8),
    Coluna("Vlr. Informado"),
    Coluna("Vlr. Processado"),
    Coluna("Vlr. Glosado"),
    Coluna("Vlr. Liberado"),
    Coluna("Situação", 34),
    Coluna("Data Pagamento"),
)


@require_GET
@exige(Permissao.PROTOCOLO_VER, de=OPERADORA)
def protocolos(request: Requisicao, slug: str) -> HttpResponse:
    """The work list: oldest first, what is not at an end."""
    filtros, achados = _filtrados(request)
    lista = listar_protocolos(achados, request.GET.get("ordem", ""), request.GET.get("pagina"))
    contexto = {
        "filtros": filtros,
        "lista": lista,
        "ordem": lista.ordem,
        "pode_avancar": request.vinculo.pode(Permissao.PROTOCOLO_AVANCAR),
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"lotes/protocolos.html{parte}", contexto)


@require_GET
@exige(Permissao.PROTOCOLO_VER, de=OPERADORA)
def protocolos_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The whole result of the filters as a spreadsheet."""
    _, achados = _filtrados(request)
    ordenados, _ = ordenar_protocolos(achados, request.GET.get("ordem", ""))
    registrar_acesso(request, "protocolo", 0, "exportar lista")
    arquivo = planilha.escrever("Protocolos", COLUNAS, _linhas(ordenados))
    return anexo(arquivo, f"protocolos-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


@require_GET
@exige(Permissao.PROTOCOLO_VER, de=OPERADORA)
def protocolo(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """A received protocol: the same details as the prestador sees, guides, timeline and ignored críticas."""
    o_protocolo = protocolo_de(request, pk)
    registrar_acesso(request, "protocolo", o_protocolo.pk, "ver")
    contexto = {
        **telas.detalhes(o_protocolo.lote, request.GET.get("pagina"), para_a_operadora=True),
        "pode_avancar": request.vinculo.pode(Permissao.PROTOCOLO_AVANCAR)
        and bool(_proximas(request, _situacoes([o_protocolo]))),
    }
    parte = "#guias" if request.htmx.target == "guias" else ""
    return render(request, f"lotes/protocolo.html{parte}", contexto)


@require_GET
@exige(Permissao.PROTOCOLO_VER, de=OPERADORA)
def protocolo_xml(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The XML as it was sent, byte for byte."""
    o_protocolo = protocolo_de(request, pk)
    registrar_acesso(request, "protocolo", o_protocolo.pk, "baixar")
    return anexo(cofre.abrir(o_protocolo.conteudo_id), f"protocolo-{o_protocolo.numero}.xml", XML)


@require_http_methods(["GET", "POST"])
@exige(Permissao.PROTOCOLO_AVANCAR, de=OPERADORA)
def avancar(request: Requisicao, slug: str) -> HttpResponse:
    """*Avançar situação* of one protocol or many: the next states that all of them allow, or nothing changes."""
    dados = request.POST if request.method == "POST" else request.GET
    ids = _em_partes(dados.getlist("protocolo"))
    if not ids:
        messages.warning(request, "Nenhum protocolo foi escolhido. Marque ao menos um na lista.")
        return redirect("lotes:protocolos", slug=slug)
    escolhidos = protocolos_de(request, ids)
    if request.method == "GET":
        return oferecer_avanco(request, escolhidos)
    _exigir_permissao_de_pagamento(request)
    _exigir_permissao_de_reabrir(request, escolhidos)
    vistos = _vistos(request.POST)
    form = AvancarForm(request.POST, opcoes=_proximas(request, set(vistos.values()) or _situacoes(escolhidos)))
    if not form.is_valid():
        return _tela_de_avanco(request, form, escolhidos, status=422)
    return _avancar(request, form, escolhidos, vistos)


def oferecer_avanco(request: Requisicao, escolhidos: list[Protocolo]) -> HttpResponse:
    """The page that asks where these go, for whoever has chosen them."""
    form = AvancarForm(opcoes=_proximas(request, _situacoes(escolhidos)), initial={"data": timezone.localdate()})
    return _tela_de_avanco(request, form, escolhidos)


def _avancar(
    request: Requisicao, form: AvancarForm, escolhidos: list[Protocolo], vistos: dict[int, SituacaoDoProtocolo]
) -> HttpResponse:
    try:
        mudados = avanco.avancar_varios(protocolos=escolhidos, por=request.user, vistos=vistos, **form.cleaned_data)
    except OutraPessoaMudou as erro:
        # What was chosen may not fit what is there now: the person decides again from there.
        agora = protocolos_de(request, [str(p.pk) for p in escolhidos])
        recomeco = AvancarForm(opcoes=_proximas(request, _situacoes(agora)), initial=form.cleaned_data | {"para": ""})
        return _tela_de_avanco(request, recomeco, agora, status=409, recusa=erro.frase)
    except ErroDeNegocio as erro:
        return _tela_de_avanco(request, form, escolhidos, status=409, recusa=erro.frase)
    messages.success(request, _feito(mudados))
    if len(mudados) == 1:
        return redirect("lotes:protocolo", slug=request.organizacao.slug, pk=mudados[0].pk)
    return redirect("lotes:protocolos", slug=request.organizacao.slug)


def _feito(mudados: list[Protocolo]) -> str:
    situacao = mudados[0].get_situacao_display()
    if len(mudados) == 1:
        return f"Protocolo {mudados[0].numero} passado a “{situacao}”. O prestador já pode ver."
    return f"{len(mudados)} protocolos passados a “{situacao}”. Os prestadores já podem ver."


def _tela_de_avanco(
    request: Requisicao, form: AvancarForm, escolhidos: list[Protocolo], *, status: int = 200, recusa: str = ""
) -> HttpResponse:
    contexto = {
        "form": form,
        "protocolos": escolhidos,
        "sem_saida": not form.fields["para"].choices[1:],
        "recusa": recusa,
        "total": sum((p.valor_informado for p in escolhidos), Decimal(0)),
    }
    return render(request, "lotes/avancar.html", contexto, status=status)


def _proximas(request: Requisicao, situacoes: set[SituacaoDoProtocolo]) -> list[SituacaoDoProtocolo]:
    """The next states that every one of these allows and that this person may give, the straight way first."""
    permitidas = set.intersection(*(set(MUDANCAS_DO_PROTOCOLO[situacao]) for situacao in situacoes))
    if not request.vinculo.pode(Permissao.PROTOCOLO_PAGAMENTO):
        permitidas -= DE_PAGAMENTO
    if _P.BLOQUEIO_JUDICIAL in situacoes and not request.vinculo.pode(Permissao.ANALISE_REABRIR):
        permitidas -= {_P.EM_ANALISE}
    return [situacao for situacao in CAMINHO if situacao in permitidas]


def _situacoes(protocolos: Iterable[Protocolo]) -> set[SituacaoDoProtocolo]:
    return {SituacaoDoProtocolo(p.situacao) for p in protocolos}


def _exigir_permissao_de_pagamento(request: Requisicao) -> None:
    pedida = request.POST.get("para", "")
    if pedida in {str(int(s)) for s in DE_PAGAMENTO} and not request.vinculo.pode(Permissao.PROTOCOLO_PAGAMENTO):
        raise PermissionDenied(Permissao.PROTOCOLO_PAGAMENTO)


def _exigir_permissao_de_reabrir(request: Requisicao, escolhidos: Iterable[Protocolo]) -> None:
    """Through a court's block an analysis that was released comes back: that is the right of who may open it again."""
    volta = request.POST.get("para") == str(int(_P.EM_ANALISE)) and _P.BLOQUEIO_JUDICIAL in _situacoes(escolhidos)
    if volta and not request.vinculo.pode(Permissao.ANALISE_REABRIR):
        raise PermissionDenied(Permissao.ANALISE_REABRIR)


def _vistos(dados: QueryDict) -> dict[int, SituacaoDoProtocolo]:
    """What the form says that the person saw: `visto` is "id:code", separated by commas."""
    pares = (par.partition(":") for par in _em_partes(dados.getlist("visto")))
    codigos = {str(int(s)): s for s in SituacaoDoProtocolo}
    return {int(pk): codigos[codigo] for pk, _, codigo in pares if pk.isdecimal() and codigo in codigos}


def _em_partes(valores: list[str]) -> list[str]:
    """A thousand of them in one field: forms may have only so many."""
    return [parte for valor in valores for parte in valor.split(",") if parte]


def _filtrados(request: Requisicao) -> tuple[FiltrosDeProtocolos, QuerySet[Protocolo]]:
    """The form and what it leaves: nothing, while a filter is wrong."""
    filtros = FiltrosDeProtocolos(request.GET, request.organizacao)
    if not filtros.is_valid():
        return filtros, Protocolo.objects.none()
    return filtros, protocolos_filtrados(request.organizacao, filtros.cleaned_data)


def _linhas(achados: QuerySet[Protocolo]) -> Iterator[tuple[Any, ...]]:
    contas = PlanosDeContas()
    for p in achados.iterator(chunk_size=2_000):
        yield (
            p.numero,
            p.enviado_em,
            p.lote.numero,
            p.prestador.sigla,
            p.prestador.documento,
            *contas.nome_e_conta(p.lote),
            p.lote.get_tipo_de_guia_display(),
            p.lote.quantidade_de_guias,
            p.valor_informado,
            p.valor_processado,
            p.valor_glosado,
            p.valor_liberado,
            p.get_situacao_display(),
            p.data_de_pagamento,
        )
