"""The desk: a protocol guide by guide, and what is done to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from conecta.contas.acesso import Requisicao, exige, registrar_acesso
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.erros import ErroDeNegocio
from demonstrativos.analise import acoes_da_mesa
from demonstrativos.analise.acoes_da_mesa import FormularioRecusado, Pedido, ler_acao, numeros
from demonstrativos.analise.codigos import procurar_codigos
from demonstrativos.analise.estados import Conferencia
from demonstrativos.analise.forms import CodigoForm, GlosaForm
from demonstrativos.analise.mesa import contexto_da_mesa
from demonstrativos.analise.models import Acao, Analise, GuiaAnalisada, ItemAnalisado
from demonstrativos.analise.partes import resta
from demonstrativos.analise.portas import analise_do
from lotes.estados import SituacaoDoProtocolo
from lotes.models import Protocolo
from lotes.portas import protocolo_de
from lotes.recusas import OutraPessoaMudou

OPERADORA = Organizacao.Tipo.OPERADORA
_P = SituacaoDoProtocolo
_INTEIROS = ("guia", "protocolo")
_DE_GLOSA = {"glosar", "glosar_guia", "glosar_protocolo"}


@require_GET
@exige(Permissao.ANALISE_VER, de=OPERADORA)
def mesa(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """The desk of a protocol. `?guia=` is the guide's place, `?glosar=` what is about to be refused: the id of an
    item, "guia" or "protocolo"."""
    protocolo = protocolo_de(request, pk)
    analise = analise_do(protocolo)
    if analise is not None and request.htmx.target == "conferencia":
        return _conferencia(request, analise)
    registrar_acesso(request, "protocolo", protocolo.pk, "analisar")
    if analise is None:
        contexto = {
            "protocolo": protocolo,
            "lote": protocolo.lote,
            "pode_fazer": request.vinculo.pode(Permissao.ANALISE_FAZER),
            "pode_avancar": request.vinculo.pode(Permissao.PROTOCOLO_AVANCAR),
        }
        return render(request, "analise/por_comecar.html", contexto)
    return _tela(request, analise, _glosa_pedida(request.GET.getlist("glosar")))


@require_POST
@exige(Permissao.ANALISE_FAZER, de=OPERADORA)
def agir(request: Requisicao, slug: str, pk: int) -> HttpResponse:
    """Do one thing at the desk: `acao` is a verb, with the ids that the button names ("aceitar:12,13")."""
    protocolo = protocolo_de(request, pk)
    analise = analise_do(protocolo)
    if analise is None:
        return redirect("analise:mesa", slug=slug, pk=pk)
    verbo, alvos = ler_acao(request.POST.get("acao", ""))
    guia = _guia(analise, request.POST.get("guia", ""))
    pedido = Pedido(analise=analise, guia=guia, por=request.user, dados=request.POST, alvos=alvos)
    if verbo == "preparar":
        return _tela(request, analise, {"glosando": pedido.itens, "form": CodigoForm()}, guia=guia)
    try:
        feita = acoes_da_mesa.agir(verbo, pedido)
    except FormularioRecusado as recusa:
        return _tela(request, analise, _glosa_recusada(verbo, pedido, recusa.form), guia=guia, status=422)
    except OutraPessoaMudou as erro:
        return _tela(request, analise_do(protocolo) or analise, {"recusa": erro.frase}, guia=guia, status=409)
    except ErroDeNegocio as erro:
        form = GlosaForm(request.POST) if len(pedido.itens) == 1 else CodigoForm(request.POST)
        mais = _glosa_recusada(verbo, pedido, form) if verbo in _DE_GLOSA else {}
        return _tela(request, analise, {**mais, "recusa": erro.frase}, guia=guia, status=422)
    return _feito(request, protocolo, verbo, guia, feita)


@require_GET
@exige(Permissao.ANALISE_VER, de=OPERADORA)
def codigos(request: Requisicao, slug: str) -> JsonResponse:
    """The best codes of Tabela 38 for what was typed, `q`, in the shape that the look-up of fields reads."""
    achados = procurar_codigos(request.GET.get("q", "").replace("\0", ""))
    opcoes = [
        {
            "rotulo": item.codigo,
            "texto": item.texto.strip(),
            "detalhe": "",
            "preenche": {"codigo": f"{item.codigo} {item.texto.strip()}"},
        }
        for item in achados
    ]
    return JsonResponse({"opcoes": opcoes, "mais": False})


def _conferencia(request: Requisicao, analise: Analise) -> HttpResponse:
    """What a desk that was opened during the automatic pass asks for: nothing new yet, or how it ended."""
    if analise.conferencia == Conferencia.PENDENTE:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    propostas = analise.guias.aggregate(soma=Sum("propostas"))["soma"]
    return render(request, "analise/_mesa_conferencia.html", {"analise": analise, "propostas": propostas})


def _feito(request: Requisicao, protocolo: Protocolo, verbo: str, guia: GuiaAnalisada, feita: Acao) -> HttpResponse:
    """The desk as it is now; gone through a guide, at the next one."""
    posicao = guia.posicao
    if verbo == "conferir_guia" and "ficar" not in request.POST:
        posicao = _proxima(guia)
    messages.success(request, f"Desfeito: {feita.titulo}." if verbo == "desfazer" else f"{feita.titulo}.")
    endereco = _endereco(request, protocolo, posicao)
    if not request.htmx:
        return redirect(endereco)
    analise = analise_do(protocolo)
    assert analise is not None
    resposta = _tela(request, analise, {}, posicao=str(posicao))
    resposta["HX-Push-Url"] = endereco
    return resposta


def _endereco(request: Requisicao, protocolo: Protocolo, posicao: int) -> str:
    base = reverse("analise:mesa", args=[request.organizacao.slug, protocolo.pk])
    pagina = request.POST.get("pagina", "")
    daqui = pagina if pagina.isdecimal() and str(posicao) == request.POST.get("guia") else ""
    return f"{base}?guia={posicao}{f'&pagina={daqui}' if daqui else ''}"


def _proxima(guia: GuiaAnalisada) -> int:
    """The place of the next guide that nobody went through yet, after this one first; else it stays."""
    por_conferir = GuiaAnalisada.objects.filter(analise_id=guia.analise_id, conferida_em=None).order_by("posicao")
    posicoes = list(por_conferir.values_list("posicao", flat=True))
    return next((p for p in posicoes if p > guia.posicao), posicoes[0] if posicoes else guia.posicao)


def _guia(analise: Analise, posicao: str) -> GuiaAnalisada:
    if not (posicao.isascii() and posicao.isdecimal() and len(posicao) < 6):
        raise Http404("guia")
    try:
        return GuiaAnalisada.objects.select_related("guia").get(analise=analise, posicao=posicao)
    except GuiaAnalisada.DoesNotExist:
        raise Http404("guia") from None


def _glosa_pedida(textos: list[str]) -> dict[str, Any]:
    """What is about to be refused, by the address."""
    if textos and textos[0] in _INTEIROS:
        return {"inteira": textos[0], "form": CodigoForm()}
    itens = numeros(textos)
    return {"glosando": itens, "form": GlosaForm() if len(itens) == 1 else CodigoForm()} if itens else {}


def _glosa_recusada(verbo: str, pedido: Pedido, form: Any) -> dict[str, Any]:
    """The same form again, with what was typed."""
    if verbo == "reprecificar":
        return {"repreco": form, "reprecificando": pedido.itens}
    inteira = verbo.removeprefix("glosar_") if verbo != "glosar" else ""
    return {"form": form, "inteira": inteira} if inteira else {"form": form, "glosando": pedido.itens}


def _tela(
    request: Requisicao,
    analise: Analise,
    mais: dict[str, Any],
    *,
    guia: GuiaAnalisada | None = None,
    posicao: str = "",
    status: int = 200,
) -> HttpResponse:
    dados = request.POST if request.method == "POST" else request.GET
    edita = request.vinculo.pode(Permissao.ANALISE_FAZER) and analise.protocolo.situacao == _P.EM_ANALISE
    if not edita:
        mais = {nome: valor for nome, valor in mais.items() if nome == "recusa"}
    onde = posicao or (str(guia.posicao) if guia else dados.get("guia", ""))
    glosando = mais.get("glosando", [])
    contexto = contexto_da_mesa(
        analise,
        request.user,
        posicao=onde,
        pagina=dados.get("pagina") if onde == dados.get("guia") else None,
        glosando=glosando,
    )
    contexto |= {
        **mais,
        "glosando": glosando,
        "um": _um(analise, glosando),
        "edita": edita,
        "pode_avancar": request.vinculo.pode(Permissao.PROTOCOLO_AVANCAR),
        "ve_mensagens": request.vinculo.pode(Permissao.MENSAGEM_ESCREVER),
        "pode_reabrir": request.vinculo.pode(Permissao.ANALISE_REABRIR),
    }
    parte = "analise/_mesa.html" if request.htmx.target == "mesa" else "analise/mesa.html"
    return render(request, parte, contexto, status=status)


def _um(analise: Analise, glosando: list[int]) -> dict[str, Any] | None:
    """The one item that is being refused, with what the form says of it."""
    if len(glosando) != 1:
        return None
    item = ItemAnalisado.objects.filter(analise=analise, pk=glosando[0]).select_related("item", "guia").first()
    return {"item": item, "resta": resta(item)} if item else None
