"""Whether the schema takes a text for a field, from what the field asks: a hundred times faster than its types say it.

A file may have 20,000 wrong values, each with a reading to try. The answers are those of the XSD's own types, and for
the kinds of value that are not known here theirs is asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from tiss_schemas.modelo import Modelo, Trilha, Valor
from tiss_schemas.valores import data_de, hora_de

_NUMERO: Final = re.compile(r"[+-]?(\d*)(?:\.(\d*))?", re.ASCII)
_BOOLEANOS: Final = frozenset({"true", "false", "1", "0"})


def aceita(modelo: Modelo, trilha: Trilha, texto: str) -> bool:
    """Whether the element at `trilha` may have `texto`. False where the schema knows no such element."""
    valor = modelo.valor(trilha)
    if valor is None:
        return False
    conhecido = _POR_PRIMITIVO.get(valor.primitivo)
    return modelo.aceita(trilha, texto) if conhecido is None else conhecido(texto, valor)


def _decimal(texto: str, valor: Valor) -> bool:
    """The digits that count are those without zeros at either end."""
    achado = _NUMERO.fullmatch(texto.strip())
    if achado is None or not (achado[1] or achado[2]):
        return False
    decimais = len((achado[2] or "").rstrip("0"))
    digitos = len(achado[1].lstrip("0")) + decimais
    return (valor.decimais is None or decimais <= valor.decimais) and (
        valor.digitos is None or digitos <= valor.digitos
    )


def _inteiro(texto: str, valor: Valor) -> bool:
    return "." not in texto and _decimal(texto, valor)


def _texto(texto: str, valor: Valor) -> bool:
    if valor.lista and texto not in valor.lista:
        return False
    if (valor.minimo is not None and len(texto) < valor.minimo) or (
        valor.maximo is not None and len(texto) > valor.maximo
    ):
        return False
    return not valor.padroes or any(_padrao(padrao).fullmatch(texto) for padrao in valor.padroes)


@lru_cache(maxsize=256)
def _padrao(padrao: str) -> re.Pattern[str]:
    return re.compile(padrao, re.ASCII)


_POR_PRIMITIVO: Final[dict[str, Callable[[str, Valor], bool]]] = {
    "date": lambda texto, _: data_de(texto) is not None,
    "time": lambda texto, _: hora_de(texto) is not None,
    "boolean": lambda texto, _: texto.strip() in _BOOLEANOS,
    "decimal": _decimal,
    "integer": _inteiro,
    "string": _texto,
}
