"""How many notas wait, for the menu."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from conecta.contas.acesso import Requisicao
from demonstrativos.notas.estados import SituacaoDaNota
from demonstrativos.notas.models import NotaFiscal


def contar_pendentes(request: HttpRequest) -> int:
    """Notas of the prestador that somebody has to correct or to send."""
    organizacao = cast(Requisicao, request).organizacao
    situacoes = [SituacaoDaNota.PENDENTE, SituacaoDaNota.INDEFERIDA]
    return NotaFiscal.objects.de(organizacao).filter(situacao__in=situacoes).count()


def contar_a_analisar(request: HttpRequest) -> int:
    """Notas that wait for the operadora's word."""
    organizacao = cast(Requisicao, request).organizacao
    return NotaFiscal.objects.de(organizacao).filter(situacao=SituacaoDaNota.EM_ANALISE).count()
