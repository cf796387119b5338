"""The buttons of a line, for a browser without script: each sends the form, which comes back with the line changed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from uploads.digitacao.passo_campos import SEQUENCIAL

LINHAS: Final = "linha"
"""Asks for the form again, with an empty line at the end of each grid."""
_LINHA: Final = re.compile(r"(.+)\[(\d{1,4})\]", re.ASCII)


def e_de_linha(acao: str) -> bool:
    """Whether the button changes lines and saves nothing."""
    return acao.partition(":")[0] in {LINHAS, "tirar", "duplicar", "acrescentar"}


def aplicar(acao: str, valores: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """The values after the button, and the grids inside a line that get an empty line. Lines that are not there are
    left alone."""
    verbo, _, nome = acao.partition(":")
    if verbo == "tirar":
        return {caminho: texto for caminho, texto in valores.items() if not caminho.startswith(f"{nome}/")}, frozenset()
    if verbo == "duplicar":
        return _duplicar(nome, valores), frozenset()
    return dict(valores), frozenset({nome} if verbo == "acrescentar" else ())


def _duplicar(nome: str, valores: Mapping[str, str]) -> dict[str, str]:
    linha = _LINHA.fullmatch(nome)
    if linha is None:
        return dict(valores)
    inicio = f"{linha[1]}["
    posicoes = (caminho[len(inicio) :].partition("]")[0] for caminho in valores if caminho.startswith(inicio))
    nova = f"{inicio}{max((int(n) for n in posicoes if n.isdecimal()), default=0) + 1}]/"
    copia = {
        nova + caminho.removeprefix(f"{nome}/"): texto
        for caminho, texto in valores.items()
        if caminho.startswith(f"{nome}/") and not caminho.endswith(f"/{SEQUENCIAL}")
    }
    return {**valores, **copia}
