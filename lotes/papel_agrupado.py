"""Equal procedures of a guide as one line, on paper. When they may be is `lotes.impressao.pode_agrupar`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from lotes.papel_valores import escrever, numero_de

_LINHA: Final = re.compile(r"(procedimentosExecutados/procedimentoExecutado)\[(\d+)\]/(.+)")
_DATA: Final = "dataExecucao"
_SOMADOS: Final = ("quantidadeExecutada", "valorTotal")
_DE_CADA_UM: Final = frozenset({"sequencialItem", _DATA, "horaInicial", "horaFinal", *_SOMADOS})

_Linha = dict[str, str]


def agrupar(valores: Mapping[str, str]) -> dict[str, str]:
    """The values with the procedures that differ only in when they were done summed into the first of them.

    The date of such a line is "01/11/2026 a 30/11/2026", which is no value of the XML; its hours are left out.
    """
    outros: dict[str, str] = {}
    linhas: dict[tuple[str, int], _Linha] = {}
    for caminho, texto in valores.items():
        achada = _LINHA.fullmatch(caminho)
        if achada is None:
            outros[caminho] = texto
        else:
            linhas.setdefault((achada[1], int(achada[2])), {})[achada[3]] = texto
    iguais: dict[tuple[tuple[str, str], ...], list[tuple[str, int]]] = {}
    for lugar in sorted(linhas):
        iguais.setdefault(_o_que_e(linhas[lugar]), []).append(lugar)
    for lugares in iguais.values():
        grade, posicao = lugares[0]
        juntas = _juntar([linhas[lugar] for lugar in lugares])
        outros.update({f"{grade}[{posicao}]/{nome}": texto for nome, texto in juntas.items()})
    return outros


def _o_que_e(linha: _Linha) -> tuple[tuple[str, str], ...]:
    """All that a line says but when it was, how often and for how much in all: with its team."""
    return tuple(sorted((nome, texto) for nome, texto in linha.items() if nome not in _DE_CADA_UM))


def _juntar(linhas: Sequence[_Linha]) -> _Linha:
    if len(linhas) == 1:
        return linhas[0]
    juntas = {nome: texto for nome, texto in linhas[0].items() if nome not in ("horaInicial", "horaFinal")}
    for nome in _SOMADOS:
        juntas[nome] = str(sum(numero_de(linha.get(nome, "")) for linha in linhas))
    datas = sorted(linha[_DATA] for linha in linhas if _DATA in linha)
    if datas and datas[0] != datas[-1]:
        juntas[_DATA] = f"{escrever(None, datas[0])} a {escrever(None, datas[-1])}"
    return juntas
