"""Appeals of a prestador: the list, one of them, and everything that is done with a draft."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from conecta.respostas import XML, anexo
from demonstrativos.recursos import conferencia, preparo, telas, transicoes
from demonstrativos.recursos.anexos import EXTENSOES_ACEITAS
from demonstrativos.recursos.consultas import listar_recursos, recursos_filtrados
from demonstrativos.recursos.enderecos import na_mesma_pagina
from demonstrativos.recursos.estados import SituacaoDoRecurso
from demonstrativos.recursos.forms import FiltrosDeRecursos
from demonstrativos.recursos.grade import GradeRecusada, ler_grade
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.palavras import descricoes_de
from demonstrativos.recursos.portas import ids_de, recebido_de, recurso_de, recursos_de
from demonstrativos.recursos.prazos import Prazo, Regra, limite_de, prazo_ate, regra_entre, regras_do_prestador
from demonstrativos.recursos.telas import Linha

PRESTADOR = Organizacao.Tipo.PRESTADOR
POR_PAGINA = 50
MENSAGENS = {"recurso": "xml_id", "recebimento": "recebimento_id", "resposta": "resposta_id"}
"""The messages of an appeal, by the name that they are downloaded by."""


@require_GET
@exige(Permissao.RECURSO_VER, de=PRESTADOR)
def lista(request: Requisicao, slug: str) -> HttpResponse:
    """Appeals of the prestador, the newest first."""
    filtros = FiltrosDeRecursos(request.GET, request.organizacao)
    meus = Recurso.objects.do_prestador(request.organizacao)
    achados = recursos_filtrados(meus, filtros.cleaned_data) if filtros.is_valid() else meus.none()
    achados = achados.select_related("protocolo__analise")
    lista = listar_recursos(achados, request.GET.get("ordem", ""), "-recurso", request.GET.get("pagina"))
    regras = regras_do_prestador(request.organizacao, {recurso.operadora_id for recurso in lista.pagina})
    contexto = {
        "filtros": filtros,
        "lista": lista,
        "ordem": lista.ordem,
        "prazos": [(recurso, _prazo(recurso, regras[recurso.operadora_id])) for recurso in lista.pagina],
        "pode_fazer": request.vinculo.pode(Permissao.RECURSO_FAZER),
    }
    parte = "#lista" if request.htmx.target == "lista" else ""
    return render(request, f"recursos/lista.html{parte}", contexto)


@require_GET
@exige(Permissao.RECURSO_VER, de=PRESTADOR)
def recurso(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """An appeal: while it is a draft, what is changed in it; then what was sent and what was answered."""
    este = recurso_de(request, pk)
    registrar_acesso(request, "recurso", este.pk, "ver")
    return _pagina(request, este)


@require_POST
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def gravar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Keep the values and justifications of the lines that the page showed."""
    este = recurso_de(request, pk)
    linhas = _da_pagina(request, telas.linhas_de(este))
    try:
        preparo.gravar(recurso=este, pedidos=ler_grade(linhas, request.POST), por=request.user)
    except GradeRecusada as recusa:
        return _pagina(request, este, linhas=linhas, recusa=recusa.frase, status=422)
    except ErroDeNegocio as recusa:
        return _pagina(request, este, recusa=recusa.frase, status=409)
    messages.success(request, f"Recurso {este.numero_do_prestador} salvo. A operadora ainda não o vê.")
    return _voltar(request, este)


@require_POST
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def tirar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Take the marked lines out of a draft."""
    este = recurso_de(request, pk)
    marcados = ids_de(request.POST.getlist("item"))
    itens = {item for linha in telas.linhas_de(este) if linha.item.pk in marcados for item in linha.itens}
    if not itens:
        messages.warning(request, "Nenhuma linha foi marcada. Marque as que saem do recurso.")
        return _voltar(request, este)
    return _fazer(
        request,
        este,
        lambda: preparo.tirar(recurso=este, itens=itens, por=request.user),
        "As glosas marcadas saíram do recurso. Elas podem ser incluídas de novo enquanto durar o prazo.",
    )


@require_POST
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def nivel(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Appeal whole what was refused whole, or item by item."""
    este = recurso_de(request, pk)
    if request.POST.get("como") == "inteiro":
        return _fazer(
            request,
            este,
            lambda: preparo.por_inteiro(recurso=este, por=request.user),
            "O que foi glosado por inteiro, e está todo no recurso, é recursado por inteiro.",
        )
    return _fazer(
        request,
        este,
        lambda: preparo.por_item(recurso=este, por=request.user),
        "O recurso é item a item: cada um pode ter valor e justificativa próprios.",
    )


@require_POST
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def enviar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Send a draft: it gets the operadora's number and changes no more."""
    este = recurso_de(request, pk)
    try:
        enviado = transicoes.enviar(recurso=este, por=request.user)
    except ErroDeNegocio as recusa:
        return _pagina(request, recurso_de(request, pk), recusa=recusa.frase, status=409)
    messages.success(
        request,
        f"Recurso enviado à {enviado.operadora.rotulo}, que o recebeu com o número {enviado.numero}. "
        f"A resposta é devida até {enviado.responder_ate:%d/%m/%Y}.",
    )
    return _voltar(request, enviado)


@require_GET
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def conferir(request: Requisicao, slug: str) -> HttpResponse:
    """What several drafts lack, and the button that sends those that lack nothing."""
    escolhidos = [este for este in recursos_de(request, request.GET.getlist("recurso")) if este.editavel]
    if not escolhidos:
        messages.warning(request, "Nenhum recurso em preparo foi escolhido. Marque ao menos um na lista.")
        return redirect("recursos:recursos", slug=slug)
    linhas = [
        (este, [impedimento.frase for impedimento in conferencia.impedimentos(este)], _prazo_de(este))
        for este in escolhidos
    ]
    prontos = [este for este, frases, _ in linhas if not frases]
    contexto = {
        "linhas": linhas,
        "prontos": len(prontos),
        "total": sum((este.valor_recursado for este in prontos), Decimal(0)),
    }
    return render(request, "recursos/conferir.html", contexto)


@require_POST
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def enviar_varios(request: Requisicao, slug: str) -> HttpResponse:
    """Send several drafts: each that can be, is; of the others it is said why not."""
    enviados = 0
    for este in recursos_de(request, request.POST.getlist("recurso")):
        if este.situacao != SituacaoDoRecurso.RASCUNHO:
            continue
        try:
            transicoes.enviar(recurso=este, por=request.user)
        except ErroDeNegocio as recusa:
            messages.error(request, recusa.frase)
        else:
            enviados += 1
    if enviados:
        quantos = "1 recurso enviado" if enviados == 1 else f"{enviados} recursos enviados"
        messages.success(request, f"{quantos}. As operadoras já os receberam.")
    else:
        messages.warning(request, "Nenhum recurso foi enviado. Marque recursos em preparo, já justificados.")
    return redirect("recursos:recursos", slug=slug)


@require_POST
@exige(Permissao.RECURSO_FAZER, de=PRESTADOR)
def excluir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Drop a draft; its glosas can be appealed against again."""
    este = recurso_de(request, pk)
    try:
        transicoes.excluir(recurso=este, por=request.user)
    except ErroDeNegocio as recusa:
        return _pagina(request, recurso_de(request, pk), recusa=recusa.frase, status=409)
    messages.success(request, f"Recurso {este.numero_do_prestador} excluído. As glosas dele voltaram à lista.")
    return redirect("recursos:lista", slug=slug)


@require_GET
@exige(Permissao.RECURSO_VER)
def xml(request: Requisicao, slug: str, pk: int, qual: str) -> HttpResponse | FileResponse:
    """A message of an appeal as it was written, byte for byte; of a draft there is none."""
    este = recurso_de(request, pk) if request.organizacao.e_prestador else recebido_de(request, pk)
    conteudo = getattr(este, MENSAGENS[qual])
    if conteudo is None:
        messages.warning(request, "Esta mensagem ainda não existe: ela nasce com o envio ou com a resposta.")
        return redirect(
            "recursos:recurso" if request.organizacao.e_prestador else "recursos:recebido", slug=slug, pk=pk
        )
    registrar_acesso(request, "recurso", este.pk, "baixar")
    return anexo(cofre.abrir(conteudo), f"{qual}-{este.numero}.xml", XML)


def _fazer(request: Requisicao, este: Recurso, acao: Any, feito: str) -> HttpResponse:
    try:
        acao()
    except ErroDeNegocio as recusa:
        return _pagina(request, recurso_de(request, este.pk), recusa=recusa.frase, status=409)
    messages.success(request, feito)
    return _voltar(request, este)


def _voltar(request: Requisicao, este: Recurso) -> HttpResponse:
    return na_mesma_pagina(request, reverse("recursos:recurso", args=[request.organizacao.slug, este.pk]))


def _da_pagina(request: Requisicao, linhas: list[Linha]) -> list[Linha]:
    """Of the lines, those that the form sent."""
    enviados = {nome.removeprefix("justificativa-") for nome in request.POST if nome.startswith("justificativa-")}
    return [linha for linha in linhas if str(linha.item.pk) in enviados]


def _pagina(
    request: Requisicao, este: Recurso, *, linhas: list[Linha] | None = None, recusa: str = "", status: int = 200
) -> HttpResponse:
    todas = telas.linhas_de(este) if linhas is None else linhas
    contexto: dict[str, Any] = {
        "endereco": reverse("recursos:recurso", args=[request.organizacao.slug, este.pk]),
        "recurso": este,
        "pagina": Paginator(todas, POR_PAGINA).get_page(request.GET.get("pagina")),
        "quantas": len(todas),
        "ha_inteiras": any(linha.inteira for linha in todas),
        "descricoes": descricoes_de(linha.item.codigo for linha in todas),
        "prazo": _prazo_de(este),
        "anexos": este.anexos.select_related("guia"),
        "extensoes": EXTENSOES_ACEITAS,
        "muda": este.editavel and request.vinculo.pode(Permissao.RECURSO_FAZER),
        "recusa": recusa,
    }
    if contexto["muda"]:
        contexto["impedimentos"] = [impedimento.frase for impedimento in conferencia.impedimentos(este)]
        contexto["codigos"] = telas.codigos_de([este])
    return render(request, "recursos/recurso.html", contexto, status=status)


def _prazo_de(este: Recurso) -> Prazo | None:
    return _prazo(este, regra_entre(este.operadora_id, este.prestador_id))


def _prazo(este: Recurso, regra: Regra) -> Prazo | None:
    """Until when a draft can be sent, and a sent one is to be answered; None where nothing waits."""
    if este.situacao in {SituacaoDoRecurso.ENVIADO, SituacaoDoRecurso.EM_ANALISE} and este.responder_ate:
        return prazo_ate(este.responder_ate)
    analise = getattr(este.protocolo, "analise", None) if este.editavel else None
    if analise is None or analise.liberada_em is None:
        return None
    return prazo_ate(limite_de(este, regra))
