"""Rows of what is demanded and authorised, made as the screens make them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from convenios.exigencias import transicoes
from convenios.exigencias.models import Autorizacao, ExigenciaDoProcedimento
from tests.fabrica import CARTEIRAS, Cenario


def exigir(cenario: Cenario, operadora: str = "pasa", **exigido: Any) -> ExigenciaDoProcedimento:
    """What that operadora demands of all of table 22, unless told otherwise."""
    novos = {"tabela": "22", "prefixo": "", "inicio": date(2020, 1, 1), **exigido}
    with cenario.dentro(operadora, "gestor"):
        return transicoes.gravar_exigencia(
            operadora=cenario.organizacoes[operadora], novos=novos, por=cenario.pessoa("gestor", operadora)
        )


def autorizar(
    cenario: Cenario,
    operadora: str = "pasa",
    prestador: str = "aurelia",
    itens: list[tuple[str, str, Decimal]] | None = None,
    **dados: Any,
) -> Autorizacao:
    """An authorisation of a week ago, for the first beneficiário, unless told otherwise."""
    dona = cenario.organizacoes[operadora]
    opcoes = {
        "prestador": cenario.organizacoes[prestador],
        "numero_carteira": CARTEIRAS[dona.registro_ans].format(0),
        "senha": "S0000001",
        "emitida_em": timezone.localdate() - timedelta(days=7),
        **dados,
    }
    with cenario.dentro(operadora, "gestor"):
        return transicoes.autorizar(
            operadora=dona, dados=opcoes, itens=itens or [], por=cenario.pessoa("gestor", operadora)
        )
