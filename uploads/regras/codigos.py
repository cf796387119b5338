"""How codes of TUSS are written, and what one that is written otherwise may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tiss_schemas.lembranca import lembrar

_TAMANHOS: Final = {"18": (8,), "19": (8, 9), "20": (8,), "22": (8,)}
"""Digits of a code, by table. The other tables of the domain (00, 90, 98) belong to the operadora."""

_SEPARADORES: Final = re.compile(r"[\s.\-/]+")
_GUARDADOS: Final = 16_384

TABELAS_DA_TUSS: Final = frozenset(_TAMANHOS)
TABELAS_DA_OPERADORA: Final = frozenset({"00", "90", "98"})


@lembrar(_GUARDADOS)
def bem_escrito(tabela: str, codigo: str) -> bool:
    """Whether a code of that table of TUSS has its digits and nothing else. True for any code of another table."""
    tamanhos = _TAMANHOS.get(tabela)
    if tamanhos is None:
        return codigo == codigo.strip() != ""
    return len(codigo) in tamanhos and codigo.isascii() and codigo.isdecimal()


def sem_mascara(tabela: str, codigo: str) -> str:
    """The code without blanks around it and, in a table of TUSS, without points, hyphens and bars."""
    return _SEPARADORES.sub("", codigo) if tabela in TABELAS_DA_TUSS else codigo.strip()


def possiveis(tabela: str, codigo: str) -> Iterator[str]:
    """The well written codes that a badly written one may stand for: without mask, with its zeros or without them."""
    digitos = sem_mascara(tabela, codigo)
    sem_zeros = digitos.lstrip("0")
    for candidato in dict.fromkeys((digitos, sem_zeros, sem_zeros.zfill(8))):
        if candidato != codigo and bem_escrito(tabela, candidato):
            yield candidato
