"""Protocols in analysis for the tests of the automatic pass, made as the portal makes them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from conecta.contas.models import Organizacao
from convenios.models import Convenio
from convenios.precos.models import Preco, TabelaDePreco, VinculoDeTabela
from demonstrativos.analise.models import AjusteDoCriterio, Analise, ParametrosDaAnalise
from lotes import avanco
from lotes.estados import SituacaoDoProtocolo as P
from lotes.models import Protocolo
from tests.fabrica import Cenario
from tests.movimento import enviar, lote_aberto


def ligar(cenario: Cenario, operadora: str = "pasa") -> None:
    """Turn the automatic pass on there."""
    with cenario.dentro(operadora):
        ParametrosDaAnalise.objects.update(conferencia_automatica=True)


def em_analise(cenario: Cenario, prestador: str = "aurelia", operadora: str = "pasa", **opcoes: Any) -> Analise:
    """The analysis of a sent lot, its pass still to be made."""
    return analisar(cenario, enviar(cenario, lote_aberto(cenario, prestador, operadora, **opcoes), prestador))


def analisar(cenario: Cenario, protocolo: Protocolo) -> Analise:
    """Let the operadora begin with a protocol."""
    operadora = protocolo.operadora.slug
    with cenario.dentro(operadora, "gestor"):
        avanco.avancar(protocolo=protocolo, para=P.EM_ANALISE, por=cenario.pessoa("gestor", operadora))
        return Analise.objects.select_related("protocolo").get(protocolo=protocolo)


def ajustar(cenario: Cenario, criterio: str, acao: str, operadora: str = "pasa", **mais: Any) -> None:
    """What that operadora lets a criterion do."""
    with cenario.dentro(operadora):
        AjusteDoCriterio.objects.update_or_create(
            operadora=cenario.organizacoes[operadora], criterio=criterio, defaults={"acao": acao, **mais}
        )


def precificar(cenario: Cenario, codigos: dict[str, str], operadora: str = "pasa") -> None:
    """Let procedures cost so much there, by code, from long ago on."""
    with cenario.dentro(operadora):
        dona: Organizacao = cenario.organizacoes[operadora]
        inicio = timezone.localdate() - timedelta(days=400)
        tabela = TabelaDePreco.objects.create(operadora=dona, nome="Contrato", tipo="valores", inicio=inicio)
        for codigo, valor in codigos.items():
            Preco.objects.create(
                operadora=dona, tabela=tabela, tabela_tiss="22", codigo=codigo, valor=Decimal(valor), inicio=inicio
            )
        VinculoDeTabela.objects.create(
            operadora=dona,
            convenio=Convenio.objects.get(operadora=dona, principal=True),
            tabela=tabela,
            natureza="procedimentos",
            inicio=inicio,
        )
