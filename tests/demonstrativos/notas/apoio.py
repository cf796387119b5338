"""Notas for tests, made by the prestador in its own scope."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from django.utils import timezone

from demonstrativos.notas import transicoes
from demonstrativos.notas.estados import Formato
from demonstrativos.notas.models import NotaFiscal
from demonstrativos.notas.transicoes import ArquivoDaNota, DadosDaNota
from lotes.models import Protocolo
from tests.demonstrativos.pagamentos.apoio import liberado
from tests.fabrica import Cenario

OURO = Path(__file__).parent / "ouro"
_numeros = count(1)


def dados(valor: str = "317.62", **outros: Any) -> DadosDaNota:
    """What is typed of a nota of yesterday."""
    campos = {
        "numero": str(next(_numeros)),
        "serie": "1",
        "data_de_emissao": timezone.localdate() - timedelta(days=1),
        "valor": Decimal(valor),
    }
    return DadosDaNota(**{**campos, **outros})


def pdf() -> ArquivoDaNota:
    """A file that no other nota has."""
    return ArquivoDaNota(nome="nota.pdf", dados=f"%PDF-1.7 {next(_numeros)}".encode(), formato=Formato.PDF)


def criada(
    cenario: Cenario, protocolos: Sequence[Protocolo], valor: str = "317.62", prestador: str = "aurelia", **outros: Any
) -> NotaFiscal:
    """A nota that was not sent."""
    with cenario.dentro(prestador, "financeiro_prestador"):
        return transicoes.criar(
            prestador=cenario.organizacoes[prestador],
            protocolos=protocolos,
            dados=dados(valor, **outros),
            arquivo=pdf(),
            por=cenario.pessoa("financeiro_prestador", prestador),
        )


def enviada(
    cenario: Cenario, protocolos: Sequence[Protocolo], valor: str = "317.62", prestador: str = "aurelia", **outros: Any
) -> NotaFiscal:
    """A nota that waits for the operadora."""
    nota = criada(cenario, protocolos, valor, prestador, **outros)
    with cenario.dentro(prestador, "financeiro_prestador"):
        return transicoes.enviar(nota=nota, por=cenario.pessoa("financeiro_prestador", prestador))


def um_de_cada(cenario: Cenario) -> dict[str, dict[str, int]]:
    """Notas of aurelia to PASA: one that it keeps to itself, one that it sent."""
    guardada, entregue = criada(cenario, [liberado(cenario)]), enviada(cenario, [liberado(cenario)])
    return {"antes": {"notas": guardada.pk}, "enviado": {"notas": entregue.pk}}
