"""*Nota Fiscal Pendente* and *Pagamentos Pendentes*, and a nota as its prestador works on it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from conecta.arquivos import cofre
from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.notas import transicoes
from demonstrativos.notas.estados import SituacaoDaNota
from demonstrativos.notas.forms import MAIOR_ARQUIVO, NotaForm
from demonstrativos.notas.leitura import ler_nota
from demonstrativos.notas.models import NotaFiscal
from demonstrativos.notas.pendencias import pagamentos_pendentes as achar_pagamentos_pendentes
from demonstrativos.notas.pendencias import pendentes as protocolos_pendentes
from demonstrativos.notas.portas import nota_de, protocolos_da_nota
from demonstrativos.notas.views.nota import pagina_da_nota
from lotes.mensagens.erros import AnexoRecusado
from lotes.mensagens.recepcao import MEGA, Recebido, VariosNoDisco
from lotes.models import Protocolo
from lotes.paginas import pagina_de

PRESTADOR = Organizacao.Tipo.PRESTADOR
_S = SituacaoDaNota
ABAS = {
    "pendentes": (),
    "enviadas": (_S.EM_ANALISE, _S.ACEITA),
    "com-erro": (_S.PENDENTE, _S.INDEFERIDA),
}


@require_GET
@exige(Permissao.PAGAMENTO_VER, de=PRESTADOR)
def pendentes(request: Requisicao, slug: str) -> HttpResponse:
    """Tabs: protocols that owe a nota, notas that were sent, notas to be corrected or sent."""
    aba = request.GET.get("aba", "")
    aba = aba if aba in ABAS else "pendentes"
    notas = NotaFiscal.objects.de(request.organizacao).select_related("operadora").order_by("-id")
    devidos = protocolos_pendentes(request.organizacao).order_by("operadora__sigla", "numero")
    linhas: Any = devidos if aba == "pendentes" else notas.filter(situacao__in=ABAS[aba])
    quantas = {nome: notas.filter(situacao__in=ABAS[nome]).count() for nome in ("enviadas", "com-erro")}
    quantas["pendentes"] = devidos.count()
    contexto = {
        "aba": aba,
        "abas": [
            ("pendentes", "Pendentes", quantas["pendentes"]),
            ("enviadas", "Enviadas", quantas["enviadas"]),
            ("com-erro", "Com erro", quantas["com-erro"]),
        ],
        "pagina": pagina_de(linhas, quantas[aba], request.GET.get("pagina")),
        "pode_enviar": request.vinculo.pode(Permissao.NOTA_ENVIAR),
    }
    return render(request, "notas/pendentes.html", contexto)


@require_GET
@exige(Permissao.PAGAMENTO_VER, de=PRESTADOR)
def pagamentos_pendentes(request: Requisicao, slug: str) -> HttpResponse:
    """Closed payments that wait for a nota."""
    achados = achar_pagamentos_pendentes(request.organizacao)
    contexto = {
        "pendentes": pagina_de(achados, len(achados), request.GET.get("pagina")),
        "quantos": len(achados),
        "total": sum((p.pagamento.valor_liquido for p in achados), Decimal(0)),
    }
    return render(request, "notas/pagamentos_pendentes.html", contexto)


# The token is in the body: reading it reads the file, so the handler that bounds it has to be in place before.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.NOTA_ENVIAR, de=PRESTADOR)
def nova(request: Requisicao, slug: str) -> HttpResponse:
    """A nota for the protocols that were chosen in the list."""
    return _nova(*_recebendo(request))


@csrf_protect
def _nova(request: Requisicao, manipulador: VariosNoDisco) -> HttpResponse:
    dados = request.POST if request.method == "POST" else request.GET
    protocolos = protocolos_da_nota(request, dados.getlist("protocolo"))
    if not protocolos:
        messages.warning(request, "Nenhum protocolo foi escolhido. Marque ao menos um na lista.")
        return redirect("notas:pendentes", slug=request.organizacao.slug)
    if request.method != "POST":
        return _tela(request, NotaForm(), protocolos)
    form, recusa = _formulario(request, manipulador)
    if recusa or not form.is_valid():
        return _tela(request, form, protocolos, status=422, recusa=recusa)
    assert form.da_nota is not None, "a new nota has its file"
    try:
        nota = transicoes.criar(
            prestador=request.organizacao,
            protocolos=protocolos,
            dados=form.dados,
            arquivo=form.da_nota,
            por=request.user,
        )
    except ErroDeNegocio as erro:
        return _tela(request, form, protocolos, status=409, recusa=erro.frase)
    return _seguir(request, nota)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@exige(Permissao.NOTA_ENVIAR, de=PRESTADOR)
def corrigir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """A nota that was not sent yet, or was refused."""
    return _corrigir(*_recebendo(request), nota_de(request, pk))


@csrf_protect
def _corrigir(request: Requisicao, manipulador: VariosNoDisco, nota: NotaFiscal) -> HttpResponse:
    protocolos = [
        linha.protocolo for linha in nota.protocolos.select_related("protocolo__lote", "protocolo__operadora")
    ]
    if request.method != "POST":
        campos = ("numero", "serie", "data_de_emissao", "valor", "justificativa")
        return _tela(request, NotaForm(initial={c: getattr(nota, c) for c in campos}), protocolos, nota=nota)
    form, recusa = _formulario(request, manipulador, corrige=nota)
    if recusa or not form.is_valid():
        return _tela(request, form, protocolos, nota=nota, status=422, recusa=recusa)
    try:
        corrigida = transicoes.corrigir(nota=nota, dados=form.dados, arquivo=form.da_nota, por=request.user)
    except ErroDeNegocio as erro:
        return _tela(request, form, protocolos, nota=nota, status=409, recusa=erro.frase)
    return _seguir(request, corrigida)


@require_POST
@exige(Permissao.NOTA_ENVIAR, de=PRESTADOR)
def enviar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Enviar Nota*."""
    return _mudar(request, pk, transicoes.enviar, "Nota enviada. A operadora já pode analisá-la.")


@require_POST
@exige(Permissao.NOTA_ENVIAR, de=PRESTADOR)
def cancelar(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """*Cancelar Nota*: its protocols owe one again."""
    return _mudar(request, pk, transicoes.cancelar, "Nota cancelada. Os protocolos dela esperam outra.")


def _mudar(request: Requisicao, pk: int, transicao: Callable[..., NotaFiscal], feito: str) -> HttpResponse:
    try:
        transicao(nota=nota_de(request, pk), por=request.user)
    except ErroDeNegocio as erro:
        return pagina_da_nota(request, nota_de(request, pk), status=409, recusa=erro.frase)
    messages.success(request, feito)
    return redirect("notas:nota", slug=request.organizacao.slug, pk=pk)


def _seguir(request: Requisicao, nota: NotaFiscal) -> HttpResponse:
    """Send it at once where that was asked for and nothing stands against it; else show what does."""
    if request.POST.get("enviar"):
        return _mudar(request, nota.pk, transicoes.enviar, "Nota enviada. A operadora já pode analisá-la.")
    messages.success(request, "Nota salva. Falta enviá-la.")
    return redirect("notas:nota", slug=request.organizacao.slug, pk=nota.pk)


def _recebendo(request: Requisicao) -> tuple[Requisicao, VariosNoDisco]:
    manipulador = VariosNoDisco(request, MAIOR_ARQUIVO * MEGA)
    request.upload_handlers = [manipulador]
    return request, manipulador


def _formulario(
    request: Requisicao, manipulador: VariosNoDisco, corrige: NotaFiscal | None = None
) -> tuple[NotaForm, str]:
    """The form with its file, and a sentence where the file did not arrive whole."""
    recebido: Recebido | None = None
    recusa = ""
    try:
        recebido = manipulador.recebido("arquivo")
    except AnexoRecusado as erro:
        recusa = erro.frase
    guardada = ler_nota(cofre.abrir(corrige.conteudo_id)) if corrige is not None and corrige.modelo else None
    return NotaForm(request.POST, recebido=recebido, corrige=corrige, guardada=guardada), recusa


def _tela(
    request: Requisicao,
    form: NotaForm,
    protocolos: list[Protocolo],
    *,
    nota: NotaFiscal | None = None,
    status: int = 200,
    recusa: str = "",
) -> HttpResponse:
    contexto = {
        "form": form,
        "protocolos": protocolos,
        "nota": nota,
        "total": sum((p.valor_liberado for p in protocolos), Decimal(0)),
        "recusa": recusa,
    }
    return render(request, "notas/formulario.html", contexto, status=status)
