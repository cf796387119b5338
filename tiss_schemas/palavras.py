"""The words of findings: fields as the printed form names them, and texts of the file at a length that can be read."""

from __future__ import annotations

from typing import Final

from tiss_schemas import rotulos
from tiss_schemas.espacos import nome_local
from tiss_schemas.lembranca import lembrar

_MAIOR_CITACAO: Final = 60


@lembrar(4_096)
def legenda(trilha: tuple[str, ...]) -> str:
    """Number and label of an element, by its tags from the root down: `“46 Valor total”`."""
    passos = tuple(map(nome_local, trilha))
    texto = cortado(rotulos.rotulo(passos))
    numero = None
    for posicao, nome in enumerate(passos):
        if nome in rotulos.NUMEROS:
            numero = rotulos.numero(nome, "/".join(passos[posicao + 1 :]))
    return f"“{numero} {texto}”" if numero else f"“{texto}”"


@lembrar(4_096)
def nome(trilha: tuple[str, ...]) -> str:
    """The label with the name in the file behind it: `“46 Valor total” (valorTotal)`."""
    local = cortado(nome_local(trilha[-1]))
    escrita = legenda(trilha)
    return escrita if escrita == f"“{local}”" else f"{escrita} ({local})"


def cortado(texto: str, maximo: int = 120) -> str:
    """At most `maximo` characters of a text, the last an ellipsis where it has more."""
    return texto if len(texto) <= maximo else texto[: maximo - 1] + "…"


def citado(texto: str) -> str:
    """A text between quotes, cut behind 60 characters."""
    return f"“{texto if len(texto) <= _MAIOR_CITACAO else texto[:_MAIOR_CITACAO] + '…'}”"


def ou(nomes: list[str]) -> str:
    """One of several: "A, B ou C"."""
    return nomes[0] if len(nomes) == 1 else f"{', '.join(nomes[:-1])} ou {nomes[-1]}"
