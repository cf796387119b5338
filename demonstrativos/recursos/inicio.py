"""What of appeals stands on the first page: drafts with the days left, glosas whose term ends soon, answers due."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from conecta.contas.models import Organizacao
from conecta.interface.formatos import data, inteiro
from demonstrativos.recursos.consultas import perto_do_fim
from demonstrativos.recursos.estados import POR_RESPONDER, SituacaoDoRecurso
from demonstrativos.recursos.models import Recurso
from demonstrativos.recursos.prazos import limite_de, prazo_ate, regras_do_prestador


def do_prestador(prestador: Organizacao, quantos: int) -> list[dict[str, Any]]:
    """Drafts, those whose term ends first at the top, after what is about to be lost. Lines of `inicio/tarefa.html`."""
    rascunhos = list(
        Recurso.objects.do_prestador(prestador)
        .filter(situacao=SituacaoDoRecurso.RASCUNHO)
        .select_related("operadora", "protocolo__analise")
    )
    regras = regras_do_prestador(prestador, {recurso.operadora_id for recurso in rascunhos})
    linhas = []
    for recurso in rascunhos:
        analise = getattr(recurso.protocolo, "analise", None)
        if analise is None or analise.liberada_em is None:
            continue
        prazo = prazo_ate(limite_de(recurso, regras[recurso.operadora_id]))
        linhas.append((prazo.ate, _rascunho(prestador, recurso, prazo.frase)))
    linhas.sort(key=lambda linha: linha[0])
    return [*_por_perder(prestador), *(linha for _, linha in linhas[:quantos])]


def da_operadora(operadora: Organizacao, quantos: int) -> list[dict[str, Any]]:
    """Appeals that wait for an answer, the nearest term first. Lines of `inicio/tarefa.html`."""
    esperam = (
        Recurso.objects.da_operadora(operadora)
        .filter(situacao__in=POR_RESPONDER)
        .select_related("prestador", "protocolo")
        .order_by("responder_ate", "id")
    )
    return [
        {
            "titulo": f"Recurso {recurso.numero}",
            "url": reverse("recursos:recebido", args=[operadora.slug, recurso.pk]),
            "detalhe": f"{recurso.prestador.sigla}, protocolo {recurso.protocolo.numero}, responder até "
            f"{data(recurso.responder_ate)}",
            "valor": recurso.valor_recursado,
        }
        for recurso in esperam[:quantos]
    ]


def _rascunho(prestador: Organizacao, recurso: Recurso, prazo: str) -> dict[str, Any]:
    return {
        "titulo": f"Recurso {recurso.numero_do_prestador}",
        "url": reverse("recursos:recurso", args=[prestador.slug, recurso.pk]),
        "detalhe": f"{recurso.operadora.rotulo}, protocolo {recurso.protocolo.numero}: {prazo} para enviar",
        "valor": recurso.valor_recursado,
        "estado": "Recurso por enviar",
        "verbo": "Enviar",
    }


def _por_perder(prestador: Organizacao) -> list[dict[str, Any]]:
    perto = perto_do_fim(prestador)
    if not perto["quantas"]:
        return []
    return [
        {
            "titulo": f"{inteiro(perto['quantas'])} glosa{'' if perto['quantas'] == 1 else 's'} sem recurso",
            "url": f"{reverse('recursos:lista', args=[prestador.slug])}?prazo=5",
            "detalhe": f"a primeira vence em {data(perto['ate'])}",
            "valor": perto["valor"],
            "estado": "Prazo de recurso no fim",
            "verbo": "Recorrer",
        }
    ]
