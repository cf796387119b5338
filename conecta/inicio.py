"""The first page of each kind of organisation: what needs me today."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from conecta.contas.acesso import Requisicao, exige
from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.interface.formatos import datahora
from convenios.models import Credenciamento
from convenios.numeracao.numeros import avisos_de
from demonstrativos.pagamentos.consultas import por_mes, previstos
from demonstrativos.recursos import inicio as recursos
from lotes.estados import SituacaoDoLote, SituacaoDoProtocolo
from lotes.mensagens.inicio import informativos_importantes, pedidos_a_responder, respondidas
from lotes.models import Lote, Protocolo
from lotes.prazos import avisos_de_prazo
from uploads.digitacao.lista import somar_por_aba
from uploads.estados import SituacaoDoArquivo
from uploads.models import Arquivo

QUANTOS = 5
"""Lines of each kind; the lists behind them show the rest."""


@require_GET
@exige(Permissao.INICIO)
def inicio(request: Requisicao, slug: str) -> HttpResponse:
    """The page of the organisation in the URL."""
    contexto = _do_prestador(request) if request.organizacao.e_prestador else _da_operadora(request)
    return render(request, f"inicio/{request.organizacao.tipo}.html", {"hoje": _hoje(), **contexto})


def _do_prestador(request: Requisicao) -> dict[str, Any]:
    ve_arquivos = request.vinculo.pode(Permissao.ARQUIVO_VER)
    ve_mensagens = request.vinculo.pode(Permissao.MENSAGEM_VER)
    return {
        "informativos": informativos_importantes(request.organizacao, request.user) if ve_mensagens else [],
        "pedidos_de_documentos": pedidos_a_responder(request.organizacao) if ve_mensagens else [],
        "invalidos": _arquivos(request, SituacaoDoArquivo.INVALIDO) if ve_arquivos else [],
        "em_processamento": _arquivos(request, SituacaoDoArquivo.EM_PROCESSAMENTO) if ve_arquivos else [],
        "prazos": avisos_de_prazo(request.organizacao, timezone.now()),
        "a_fechar": _lotes(request.organizacao, SituacaoDoLote.ABERTO, "criado_em"),
        "a_enviar": _lotes(request.organizacao, SituacaoDoLote.FECHADO, "fechado_em"),
        "enviados_recentes": _enviados(request.organizacao),
        "numeracoes": _numeracoes(request.organizacao),
        "recursos": recursos.do_prestador(request.organizacao, QUANTOS)
        if request.vinculo.pode(Permissao.RECURSO_VER)
        else [],
        **_a_receber(request),
        "digitadas": _digitadas(request.organizacao) if request.vinculo.pode(Permissao.GUIA_VER) else [],
    }


def _a_receber(request: Requisicao) -> dict[str, Any]:
    """The next payments with their dates, and what is to come by month."""
    if not request.vinculo.pode(Permissao.PAGAMENTO_VER):
        return {"pagamentos": [], "meses": []}
    proximos = previstos(request.organizacao)
    return {"pagamentos": proximos[:QUANTOS], "meses": por_mes(proximos)}


def _digitadas(organizacao: Organizacao) -> list[dict[str, Any]]:
    """Typed guides that wait for somebody: begun, with findings, ready and in no lot."""
    somas, lista = somar_por_aba(organizacao), reverse("digitacao:lista", args=[organizacao.slug])
    linhas = (
        ("prontas", "ambar", "s-prazo", "Ver", "Sem lote", "Guias digitadas prontas", "prontas e fora de lote"),
        ("criticas", "vermelho", "s-erro", "Corrigir", "Com críticas", "Guias digitadas com críticas", "a corrigir"),
        (
            "digitacao",
            "neutro",
            "s-aberto",
            "Continuar",
            "Em digitação",
            "Guias em digitação",
            "começadas e não salvas",
        ),
    )
    return [
        {
            "titulo": titulo,
            "url": f"{lista}?aba={aba}",
            "detalhe": detalhe,
            "valor": somas[aba].valor,
            "guias": somas[aba].quantas,
            "tom": tom,
            "simbolo": simbolo,
            "verbo": verbo,
            "estado": estado,
        }
        for aba, tom, simbolo, verbo, estado, titulo, detalhe in linhas
        if somas[aba].quantas
    ]


def _numeracoes(organizacao: Organizacao) -> list[dict[str, Any]]:
    """Where guide numbers end soon."""
    contratos = dict(Credenciamento.objects.filter(prestador=organizacao).values_list("operadora_id", "pk"))
    return [
        {
            "titulo": f"Numeração de {fim.tipo.label}, {fim.convenio.nome}",
            "url": reverse(
                "numeracao:faixas",
                args=[organizacao.slug, contratos[fim.convenio.operadora_id], fim.convenio.codigo],
            ),
            "detalhe": f"{fim.convenio.operadora.sigla}: restam {fim.restantes} de {fim.total} números"
            if fim.restantes
            else f"{fim.convenio.operadora.sigla}: os números acabaram",
        }
        for fim in avisos_de(organizacao)[:QUANTOS]
    ]


def _arquivos(request: Requisicao, situacao: SituacaoDoArquivo) -> list[dict[str, Any]]:
    arquivos = Arquivo.objects.do_prestador(request.organizacao).filter(situacao=situacao).order_by("-criado_em")
    slug = request.organizacao.slug
    return [
        {
            "titulo": arquivo.nome,
            "url": reverse("uploads:arquivo", args=[slug, arquivo.pk]),
            "detalhe": f"Nº Lote {arquivo.numero_lote}, incluído em {datahora(arquivo.criado_em)}"
            + _criticas(arquivo.quantidade_de_criticas),
        }
        for arquivo in arquivos[:QUANTOS]
    ]


def _criticas(quantas: int) -> str:
    if not quantas:
        return ""
    return f", {quantas} crítica{'' if quantas == 1 else 's'}"


def _lotes(organizacao: Organizacao, situacao: SituacaoDoLote, mais_antigo_por: str) -> list[dict[str, Any]]:
    lotes = (
        Lote.objects.do_prestador(organizacao)
        .select_related("operadora")
        .filter(situacao=situacao)
        .order_by(mais_antigo_por)
    )
    return [
        {
            "titulo": f"Lote {lote.numero}",
            "url": reverse("lotes:lote", args=[organizacao.slug, lote.pk]),
            "detalhe": f"{lote.operadora.rotulo}, {lote.get_tipo_de_guia_display()}",
            "valor": lote.valor_informado,
            "guias": lote.quantidade_de_guias,
        }
        for lote in lotes[:QUANTOS]
    ]


def _enviados(organizacao: Organizacao) -> list[dict[str, Any]]:
    protocolos = (
        Protocolo.objects.filter(prestador=organizacao).select_related("lote", "operadora").order_by("-enviado_em")
    )
    return [
        {
            "titulo": f"Lote {protocolo.lote.numero}",
            "url": reverse("lotes:lote", args=[organizacao.slug, protocolo.lote_id]),
            "detalhe": f"{protocolo.operadora.rotulo}, protocolo {protocolo.numero}, {datahora(protocolo.enviado_em)}",
            "situacao": protocolo.situacao,
        }
        for protocolo in protocolos[:QUANTOS]
    ]


def _da_operadora(request: Requisicao) -> dict[str, Any]:
    organizacao = request.organizacao
    recebidos = Protocolo.objects.da_operadora(organizacao)
    totais = {
        linha["situacao"]: linha
        for linha in recebidos.values("situacao").annotate(quantos=Count("id"), valor=Sum("valor_informado"))
    }
    url = reverse("lotes:protocolos", args=[organizacao.slug])
    por_situacao = [
        {
            "codigo": int(situacao),
            "quantos": totais[situacao]["quantos"],
            "valor": totais[situacao]["valor"],
            "url": f"{url}?situacao={int(situacao)}",
        }
        for situacao in SituacaoDoProtocolo
        if situacao in totais
    ]
    mais_antigos = (
        recebidos.filter(situacao=SituacaoDoProtocolo.ENVIADO)
        .select_related("prestador", "lote")
        .order_by("enviado_em")
    )
    return {
        "por_situacao": por_situacao,
        "recebidos": [_recebido(organizacao, p) for p in mais_antigos[:QUANTOS]],
        "respondidas": respondidas(request) if request.vinculo.pode(Permissao.MENSAGEM_VER) else [],
        "recursos": recursos.da_operadora(organizacao, QUANTOS),
    }


def _recebido(organizacao: Organizacao, protocolo: Protocolo) -> dict[str, Any]:
    return {
        "titulo": f"Protocolo {protocolo.numero}",
        "url": reverse("lotes:protocolo", args=[organizacao.slug, protocolo.pk]),
        "detalhe": f"{protocolo.prestador.sigla}, {protocolo.lote.get_tipo_de_guia_display()}, "
        f"enviado em {datahora(protocolo.enviado_em)}",
        "valor": protocolo.valor_informado,
        "guias": protocolo.lote.quantidade_de_guias,
    }


def _hoje() -> date:
    return timezone.localdate()
