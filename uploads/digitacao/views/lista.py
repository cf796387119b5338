"""*Guias digitadas*: the list, its spreadsheet, and what is done with several guides at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from conecta import planilha
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.planilha import Coluna
from conecta.respostas import XLSX, anexo
from uploads.digitacao import montagem
from uploads.digitacao.copias import duplicar
from uploads.digitacao.erros import LoteRecusado
from uploads.digitacao.exclusao import excluir, restaurar
from uploads.digitacao.lista import ABAS, Aba, aba_de, contar_por_aba, do_dia, filtradas, listar, ordenar
from uploads.digitacao.lista_forms import FiltrosDaLista
from uploads.digitacao.models import GuiaDigitada, GuiaDigitadaQuerySet

_PRESTADOR: Final = Organizacao.Tipo.PRESTADOR
_MAIS: Final = 500
"""Guides that one action takes: ten pages."""
_MAIS_COPIAS: Final = 20
_DIGITOS: Final = 18
_COLUNAS: Final = (
    Coluna("Digitada em", 17),
    Coluna("Nº Guia Prestador", 20),
    Coluna("Nº Guia Operadora", 20),
    Coluna("Carteira", 20),
    Coluna("Beneficiário", 34),
    Coluna("Operadora", 28),
    Coluna("Convênio", 24),
    Coluna("Tipo de Guia", 24),
    Coluna("Atendimento"),
    Coluna("Situação", 18),
    Coluna("Lote"),
    Coluna("Itens", 8),
    Coluna("Valor"),
    Coluna("Digitada por", 24),
)


@require_GET
@exige(Permissao.GUIA_VER, de=_PRESTADOR)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """The tabs with their counters, one page of guides, and what was typed today."""
    registrar_acesso(request, "guia_digitada", 0, "listar")
    aba, filtros, guias = _filtradas(request)
    pagina = listar(guias, request.GET.get("ordem", ""), request.GET.get("pagina"))
    contas = contar_por_aba(request.organizacao)
    contexto: dict[str, Any] = {
        "aba": aba,
        "abas": [(cada, contas[cada.id]) for cada in ABAS],
        "filtros": filtros,
        "filtrou": any(request.GET.get(nome) for nome in filtros.fields),
        "lista": pagina,
        "ordem": pagina.ordem,
        "hoje": do_dia(request.organizacao, timezone.localdate()),
        "desfazer": _numeros(request.GET.getlist("desfazer")),
        "digita": request.vinculo.pode(Permissao.GUIA_DIGITAR),
        "monta": request.vinculo.pode(Permissao.LOTE_MUDAR),
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"digitacao/lista.html{parte}", contexto)


@require_GET
@exige(Permissao.GUIA_VER, de=_PRESTADOR)
def lista_xlsx(request: Requisicao, slug: str) -> HttpResponse | FileResponse:
    """The whole result of the filters as a spreadsheet."""
    _, _, guias = _filtradas(request)
    ordenadas, _ = ordenar(guias, request.GET.get("ordem", ""))
    registrar_acesso(request, "guia_digitada", 0, "exportar lista")
    arquivo = planilha.escrever("Guias", _COLUNAS, _linhas(ordenadas))
    return anexo(arquivo, f"guias-{timezone.localdate():%Y-%m-%d}.xlsx", XLSX)


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=_PRESTADOR)
def varias(request: Requisicao, slug: str) -> HttpResponse:
    """What the button says, with the guides that were chosen; then the list again, as it was."""
    acao = _ACOES.get(request.POST.get("acao", ""))
    numeros = _numeros(request.POST.getlist("guia"))
    guias = list(
        GuiaDigitada.objects.do_prestador(request.organizacao)
        .filter(pk__in=numeros)
        .select_related("prestador", "operadora", "convenio", "lote")
        .order_by("pk")
    )
    if acao is None or not guias:
        messages.error(request, "Nenhuma guia foi escolhida. Marque ao menos uma na lista.")
        return _de_volta(request, slug)
    try:
        return acao(request, slug, guias)
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
        return _de_volta(request, slug)


def _excluir(request: Requisicao, slug: str, guias: Sequence[GuiaDigitada]) -> HttpResponse:
    feitas = excluir(guias=guias, por=request.user)
    return _de_volta(request, slug, desfazer=[guia.pk for guia in feitas])


def _restaurar(request: Requisicao, slug: str, guias: Sequence[GuiaDigitada]) -> HttpResponse:
    feitas = restaurar(guias=guias, por=request.user)
    s = "" if len(feitas) == 1 else "s"
    messages.success(request, f"{len(feitas)} guia{s} restaurada{s}.")
    return _de_volta(request, slug)


def _duplicar(request: Requisicao, slug: str, guias: Sequence[GuiaDigitada]) -> HttpResponse:
    if len(guias) > _MAIS_COPIAS:
        messages.error(request, f"Escolha até {_MAIS_COPIAS} guias de cada vez para duplicar.")
        return _de_volta(request, slug)
    with transaction.atomic():
        copias = [duplicar(guia=guia, por=request.user) for guia in guias]
    if len(copias) == 1:
        messages.success(request, "Guia duplicada, sem número e sem autorização. Confira as datas.")
        return redirect("digitacao:guia", slug=slug, pk=copias[0].pk)
    messages.success(request, f"{len(copias)} guias duplicadas: estão em digitação, sem número e sem autorização.")
    return redirect(f"{reverse('digitacao:lista', kwargs={'slug': slug})}?aba=digitacao")


def _por_em_lote(request: Requisicao, slug: str, guias: Sequence[GuiaDigitada]) -> HttpResponse:
    """A new lot of them, where the person may make one."""
    if not request.vinculo.pode(Permissao.LOTE_MUDAR):
        raise LoteRecusado("Quem fatura cria os lotes. Avise que estas guias estão prontas.", guias[0])
    if len({(guia.convenio_id, guia.tipo, guia.versao_tiss) for guia in guias}) > 1:
        raise LoteRecusado(
            "Um lote só tem guias de um convênio, de um tipo e de uma versão TISS. Filtre a lista por convênio e tipo.",
            guias[0],
        )
    lote = montagem.criar_lote(guias=guias, por=request.user)
    messages.success(request, f"Lote {lote.numero} criado com {len(guias)} guia{'' if len(guias) == 1 else 's'}.")
    return redirect("lotes:lote", slug=slug, pk=lote.pk)


_Acao = Callable[[Requisicao, str, Sequence[GuiaDigitada]], HttpResponse]
_ACOES: Final[dict[str, _Acao]] = {
    "excluir": _excluir,
    "restaurar": _restaurar,
    "duplicar": _duplicar,
    "lote": _por_em_lote,
}


def _de_volta(request: Requisicao, slug: str, desfazer: Sequence[int] = ()) -> HttpResponse:
    """To the list with the filters that the form came with."""
    endereco = QueryDict(request.POST.get("filtros", "")[:2_000], mutable=True)
    endereco.pop("desfazer", None)
    endereco.setlist("desfazer", [str(pk) for pk in desfazer])
    return redirect(f"{reverse('digitacao:lista', kwargs={'slug': slug})}?{endereco.urlencode()}")


def _numeros(textos: Sequence[str]) -> list[int]:
    certos = [texto for texto in textos if texto.isascii() and texto.isdecimal() and len(texto) <= _DIGITOS]
    return [int(texto) for texto in certos[:_MAIS]]


def _filtradas(request: Requisicao) -> tuple[Aba, FiltrosDaLista, GuiaDigitadaQuerySet]:
    """Tab and form, and what they leave: nothing, while a filter is wrong."""
    aba, filtros = aba_de(request.GET.get("aba")), FiltrosDaLista(request.GET, request.organizacao)
    if not filtros.is_valid():
        return aba, filtros, GuiaDigitada.objects.none()
    return aba, filtros, filtradas(request.organizacao, aba, filtros.cleaned_data)


def _linhas(guias: GuiaDigitadaQuerySet) -> Iterator[tuple[Any, ...]]:
    for guia in guias.iterator(chunk_size=2_000):
        yield (
            guia.criado_em,
            guia.numero_do_prestador,
            guia.numero_da_operadora,
            guia.numero_carteira,
            guia.nome_do_beneficiario,
            guia.operadora.rotulo,
            guia.convenio.nome,
            guia.get_tipo_display(),
            guia.data_de_atendimento,
            guia.get_situacao_display(),
            guia.lote and guia.lote.numero,
            guia.quantidade_de_itens,
            guia.valor_informado,
            guia.criado_por_nome,
        )
