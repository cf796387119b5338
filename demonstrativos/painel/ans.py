"""What ANS publishes about an operadora's glosas, half-yearly: shipped by the package `tiss`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from tiss.operadoras import perfil


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicadorDaAns:
    """The last half-year that ANS itself holds consistent. Shares in percent, times in days."""

    periodo: str
    glosa_inicial: Decimal
    glosa_final: Decimal
    dias_para_pagar: Decimal
    fonte: str
    atualizado_em: date


@cache
def indicador_de(registro_ans: str) -> IndicadorDaAns | None:
    """The figures of the operadora with that register of six digits; None where ANS publishes none that hold."""
    dados = perfil(registro_ans) if registro_ans else None
    if dados is None:
        return None
    indicadores = dados["indicadores"]
    semestre = next((semestre for semestre in reversed(indicadores["serie"]) if semestre["consistente"]), None)
    if semestre is None:
        return None
    ano, metade = semestre["periodo"].split("-")
    return IndicadorDaAns(
        periodo=f"{int(metade)}º semestre de {ano}",
        glosa_inicial=Decimal(str(semestre["glosa_inicial"])),
        glosa_final=Decimal(str(semestre["glosa_final"])),
        dias_para_pagar=Decimal(str(semestre["tempo_medio_pagamento"])),
        fonte=indicadores["fonte"]["titulo"],
        atualizado_em=date.fromisoformat(indicadores["fonte"]["atualizado_em"]),
    )
