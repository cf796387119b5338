"""*Meus usuais*: professionals and procedures that were learnt."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from uploads.digitacao.conhecidos_usuais import (
    PROCEDIMENTOS,
    PROFISSIONAIS,
    Usual,
    esquecer,
    favoritar,
    procedimentos,
    profissionais,
    renomear,
)
from uploads.digitacao.models import ProcedimentoUsual, ProfissionalConhecido
from uploads.digitacao.procuras_profissionais import registro_em_palavras
from uploads.digitacao.procuras_texto import limpo

_PRESTADOR: Final = Organizacao.Tipo.PRESTADOR
_POR_PAGINA: Final = 50
_DIGITOS: Final = 18
_ABAS: Final = ((PROFISSIONAIS, "Profissionais"), (PROCEDIMENTOS, "Procedimentos e materiais"))


@require_GET
@exige(Permissao.GUIA_DIGITAR, de=_PRESTADOR)
def usuais(request: Requisicao, slug: str) -> HttpResponse:
    """What was learnt, the most used first."""
    aba = PROCEDIMENTOS if request.GET.get("aba") == PROCEDIMENTOS else PROFISSIONAIS
    procurado, pedida = limpo(request.GET.get("q", "")), request.GET.get("ordem", "")
    linhas: Any
    if aba == PROCEDIMENTOS:
        linhas, ordem = procedimentos(request.organizacao, procurado, pedida)
    else:
        linhas, ordem = profissionais(request.organizacao, procurado, pedida)
    pagina = Paginator(linhas, _POR_PAGINA).get_page(request.GET.get("pagina"))
    if aba == PROFISSIONAIS:
        for quem in pagina.object_list:
            quem.registro = registro_em_palavras(quem)
    contexto = {"aba": aba, "abas": _ABAS, "procurado": procurado, "ordem": ordem, "pagina": pagina}
    return render(request, "digitacao/lista_usuais.html", contexto)


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=_PRESTADOR)
def mudar(request: Requisicao, slug: str) -> HttpResponse:
    """Rename (`acao` renomear:<id>) or forget (esquecer:<id>) one of the tab `aba`."""
    verbo, _, pk = request.POST.get("acao", "").partition(":")
    usual = _usual(request, request.POST.get("aba", ""), pk)
    if usual is None:
        return _ja_nao_esta(request, slug)
    try:
        if verbo == "esquecer":
            esquecer(usual=usual)
            messages.success(request, "Esquecido: volta a ser oferecido quando aparecer numa guia.")
        elif verbo == "renomear":
            renomear(usual=usual, nome=limpo(request.POST.get(f"nome-{pk}", "")))
            messages.success(request, "Nome mudado.")
    except ErroDeNegocio as erro:
        messages.error(request, erro.frase)
    return _de_volta(request, slug)


@require_POST
@exige(Permissao.GUIA_DIGITAR, de=_PRESTADOR)
def favorito(request: Requisicao, slug: str) -> HttpResponse:
    """Star a procedure, or take its star away."""
    usual = _usual(request, PROCEDIMENTOS, request.POST.get("procedimento", ""))
    if not isinstance(usual, ProcedimentoUsual):
        return _ja_nao_esta(request, slug)
    favoritar(procedimento=usual)
    return _de_volta(request, slug)


def _usual(request: Requisicao, aba: str, pk: str) -> Usual | None:
    """One that the prestador of the URL has learnt; None for any other."""
    modelo = ProcedimentoUsual if aba == PROCEDIMENTOS else ProfissionalConhecido
    if not (pk.isascii() and pk.isdecimal() and len(pk) <= _DIGITOS):
        return None
    return modelo.objects.filter(prestador=request.organizacao, pk=int(pk)).first()


def _ja_nao_esta(request: Requisicao, slug: str) -> HttpResponse:
    messages.error(request, "Este registro já não está entre os usuais, e nada mudou. Confira a lista.")
    return _de_volta(request, slug)


def _de_volta(request: Requisicao, slug: str) -> HttpResponse:
    endereco = QueryDict(request.POST.get("filtros", "")[:500])
    return redirect(f"{reverse('digitacao:usuais', kwargs={'slug': slug})}?{endereco.urlencode()}")
