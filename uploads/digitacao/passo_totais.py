"""The totals of lines, categories and guide, as the lines add up while they are typed.

What a total is made of is what `tiss_schemas.totais` puts right in a message; here a line that is not complete yet
counts with nothing, so that the sum of the others can be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from tiss_schemas.fichas import Grade
from tiss_schemas.totais import CATEGORIA_DA_DESPESA
from tiss_schemas.valores import contas_exatas, decimal_de, produto, soma
from uploads.digitacao.passo_campos import Campos, nomes_das_linhas

_FATORES: Final = ("quantidadeExecutada", "valorUnitario", "reducaoAcrescimo")
_TOTAL: Final = "valorTotal"
_DESPESA: Final = "codigoDespesa"
_GERAIS: Final = ("valorTotalGeral", "valorTotalHonorarios")
_DA_GTO: Final = {"valorProc": "valorTotalProc", "valorFranquia": "valorTotalFranquia", "qtdUS": "qtdTotalUS"}
_PROCEDIMENTOS: Final = "valorProcedimentos"


@contas_exatas()
def somar(campos: Campos, valores: Mapping[str, str]) -> dict[str, str]:
    """Every total that the guide has, by path; "" for one of which nothing is to be said."""
    totais: dict[str, str] = {}
    parcelas: list[tuple[str, Decimal]] = []
    for grade in campos.grades:
        for nome in nomes_das_linhas(valores, grade.caminho):
            parcelas += _da_linha(grade, nome, valores, totais)
    _das_categorias(campos, parcelas, totais)
    _da_gto(campos, valores, totais)
    return totais


def _da_linha(
    grade: Grade, nome: str, valores: Mapping[str, str], totais: dict[str, str]
) -> Iterable[tuple[str, Decimal]]:
    """Set the line's total; its category and amount, where it has all that it takes."""
    relativos = {coluna.caminho.rpartition("/")[2]: coluna.caminho for coluna in grade.colunas}
    if _TOTAL not in relativos:
        return
    total = produto(decimal_de(valores.get(f"{nome}/{relativos[fator]}")) for fator in _FATORES if fator in relativos)
    totais[f"{nome}/{relativos[_TOTAL]}"] = "" if total is None else f"{total:f}"
    if total is not None:
        despesa = valores.get(f"{nome}/{relativos[_DESPESA]}", "") if _DESPESA in relativos else None
        yield (_PROCEDIMENTOS if despesa is None else CATEGORIA_DA_DESPESA.get(despesa, "")), total


def _das_categorias(campos: Campos, parcelas: list[tuple[str, Decimal]], totais: dict[str, str]) -> None:
    """A category in which nothing is stays empty, which the standard allows; the total of all is always there."""
    for categoria in (_PROCEDIMENTOS, *CATEGORIA_DA_DESPESA.values()):
        if (caminho := campos.caminho(categoria)) is not None:
            dela = [valor for outra, valor in parcelas if outra == categoria]
            totais[caminho] = f"{soma(dela):f}" if dela else ""
    if (caminho := campos.caminho(*_GERAIS)) is not None:
        totais[caminho] = f"{soma(valor for _, valor in parcelas):f}"


def _da_gto(campos: Campos, valores: Mapping[str, str], totais: dict[str, str]) -> None:
    """The sums of the lines of a guia odontológica, which carry amounts and no unit prices."""
    for folha, total in _DA_GTO.items():
        caminho = campos.caminho(total)
        if caminho is None:
            continue
        escritos = [
            decimal_de(valores.get(f"{nome}/{folha}"))
            for grade in campos.grades
            for nome in nomes_das_linhas(valores, grade.caminho)
        ]
        lidos = [valor for valor in escritos if valor is not None]
        totais[caminho] = f"{soma(lidos):f}" if lidos or total == "valorTotalProc" else ""
