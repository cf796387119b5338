"""What an operadora demands, as people read it."""

from __future__ import annotations

from collections.abc import Iterator

from convenios.exigencias.models import ExigenciaDoProcedimento
from tiss_schemas import dominios


def o_que_exige(exigencia: ExigenciaDoProcedimento) -> list[str]:
    """Each thing demanded, in few words; empty where the row only takes an exception from a wider one."""
    return list(_partes(exigencia))


def onde_vale(exigencia: ExigenciaDoProcedimento) -> str:
    """Which codes it is about: "4030…" for all that begin so, "todos" for a whole table."""
    if not exigencia.prefixo:
        return "todos"
    return exigencia.prefixo if len(exigencia.prefixo) >= _CODIGO_INTEIRO else f"{exigencia.prefixo}…"


def _partes(exigencia: ExigenciaDoProcedimento) -> Iterator[str]:
    yield from (nome for marcada, nome in _marcas(exigencia) if marcada)
    if exigencia.quantidade_maxima_por_guia:
        yield f"até {exigencia.quantidade_maxima_por_guia} por guia"
    if exigencia.quantidade_maxima_por_dia:
        yield f"até {exigencia.quantidade_maxima_por_dia} por dia"
    if exigencia.intervalo_minimo_dias:
        yield f"{exigencia.intervalo_minimo_dias} dias entre um e outro"
    if exigencia.sexo:
        yield f"sexo {exigencia.get_sexo_display().lower()}"
    if idades := _idades(exigencia):
        yield idades
    if exigencia.graus:
        yield "graus " + ", ".join(dominios.texto("dm_grauPart", grau).lower() for grau in exigencia.graus)
    if exigencia.cbos:
        yield "CBO " + ", ".join(exigencia.cbos)
    if exigencia.denticao:
        yield exigencia.get_denticao_display().lower()


def _marcas(exigencia: ExigenciaDoProcedimento) -> tuple[tuple[bool, str], ...]:
    return (
        (exigencia.exige_autorizacao, "autorização prévia"),
        (exigencia.exige_solicitante, "solicitante"),
        (exigencia.exige_equipe, "equipe"),
        (exigencia.exige_dente_ou_regiao, "dente ou região"),
    )


def _idades(exigencia: ExigenciaDoProcedimento) -> str:
    minima, maxima = exigencia.idade_minima, exigencia.idade_maxima
    if minima is not None and maxima is not None:
        return f"de {minima} a {maxima} anos"
    if maxima is not None:
        return f"até {maxima} anos"
    return "" if minima is None else f"a partir de {minima} anos"


_CODIGO_INTEIRO = 8
"""Digits of a code of TUSS."""
