"""Fields and groups in the words of the printed form, with the name that they have in the file."""

from __future__ import annotations

from functools import lru_cache

from tiss_schemas import rotulos
from tiss_schemas.espacos import nome_local


@lru_cache(maxsize=4_096)
def legenda(trilha: tuple[str, ...]) -> str:
    """Number and label of an element, by its tags from the root down: `“46 Valor total”`."""
    passos = tuple(map(nome_local, trilha))
    texto = rotulos.rotulo(passos)
    numero = None
    for posicao, nome in enumerate(passos):
        if nome in rotulos.NUMEROS:
            numero = rotulos.numero(nome, "/".join(passos[posicao + 1 :]))
    return f"“{numero} {texto}”" if numero else f"“{texto}”"


@lru_cache(maxsize=4_096)
def nome(trilha: tuple[str, ...]) -> str:
    """The label with the name in the file behind it: `“46 Valor total” (valorTotal)`."""
    local = nome_local(trilha[-1])
    escrita = legenda(trilha)
    return escrita if escrita == f"“{local}”" else f"{escrita} ({local})"


def ou(nomes: list[str]) -> str:
    """One of several: "A, B ou C"."""
    return nomes[0] if len(nomes) == 1 else f"{', '.join(nomes[:-1])} ou {nomes[-1]}"
