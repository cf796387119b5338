"""The text that was meant, where only its writing is wrong: format decides, never clinical knowledge.

Each reading that the kind of field allows is tried, and offered only where the type of the XSD accepts it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

from tiss_schemas.datas_escritas import data_iso, hora_iso
from tiss_schemas.documentos import documento_valido
from tiss_schemas.modelo import Valor
from tiss_schemas.numeros_escritos import decimal_escrito, inteiro_escrito

Aceita = Callable[[str], bool]

_TAMANHO_DO_CODIGO: Final = {"[A-Z0-9]{12}[0-9]{2}": 14}
_SO_DIGITOS: Final = re.compile(r"\[0-9\]\{(\d+)\}")
_COM_DIGITO_VERIFICADOR: Final = frozenset({11, 14})
"""Lengths of CPF and CNPJ, whose check digits tell whether zeros are what is missing."""
_MASCARA: Final = re.compile(r"[\s./\-–()]")
_CODIGO_COM_MASCARA: Final = re.compile(r"[A-Za-z]?[\d\s./\-–()]+", re.ASCII)
_BRANCOS: Final = re.compile(r"\s+")
_VERDADEIROS: Final = frozenset({"s", "sim", "v", "verdadeiro", "true", "t", "y", "yes", "1"})
_FALSOS: Final = frozenset({"n", "nao", "f", "falso", "false", "no", "0"})
_SIM_OU_NAO: Final = frozenset({"S", "N"})
SIGLAS_DE_UF: Final = {
    "RO": "11", "AC": "12", "AM": "13", "RR": "14", "PA": "15", "AP": "16", "TO": "17",
    "MA": "21", "PI": "22", "CE": "23", "RN": "24", "PB": "25", "PE": "26", "AL": "27", "SE": "28", "BA": "29",
    "MG": "31", "ES": "32", "RJ": "33", "SP": "35",
    "PR": "41", "SC": "42", "RS": "43",
    "MS": "50", "MT": "51", "GO": "52", "DF": "53",
}  # fmt: skip
"""IBGE's code of each unit of the federation, as in table 59."""


def sugestao(texto: str, valor: Valor, aceita: Aceita) -> str | None:
    """The text to put instead of `texto`, which the XSD refuses; None where it is in doubt.

    `aceita` says whether the XSD accepts a text for this field.
    """
    limpo = texto.strip()
    if not limpo:
        return None
    for leitura in _leituras(limpo, valor):
        if leitura is not None and leitura != texto and aceita(leitura):
            return leitura
    return None


def _leituras(limpo: str, valor: Valor) -> Iterator[str | None]:
    """The readings of a text, the surest first."""
    match valor.primitivo:
        case "date":
            yield data_iso(limpo)
        case "time":
            yield hora_iso(limpo)
        case "decimal":
            yield decimal_escrito(limpo, valor.decimais)
        case "integer":
            yield inteiro_escrito(limpo)
        case "boolean":
            yield {True: "true", False: "false", None: None}[_sim_ou_nao(limpo)]
        case _ if valor.lista:
            yield from _da_lista(limpo, valor.lista)
        case _:
            yield limpo
            yield _BRANCOS.sub(" ", limpo)
            yield from _do_codigo(limpo, valor.padroes)


def _sim_ou_nao(texto: str) -> bool | None:
    simples = sem_acentos(texto).lower()
    return True if simples in _VERDADEIROS else False if simples in _FALSOS else None


def _da_lista(limpo: str, lista: tuple[str, ...]) -> Iterator[str | None]:
    yield limpo
    if set(lista) == _SIM_OU_NAO:
        yield {True: "S", False: "N", None: None}[_sim_ou_nao(limpo)]
    if set(SIGLAS_DE_UF.values()) <= set(lista):
        yield SIGLAS_DE_UF.get(limpo.upper())
    yield _unico(opcao for opcao in lista if opcao and essencia(opcao) == essencia(limpo))
    if limpo.isascii() and limpo.isdecimal():
        yield _unico(opcao for opcao in lista if opcao.isdecimal() and opcao.lstrip("0") == limpo.lstrip("0"))


def _do_codigo(limpo: str, padroes: tuple[str, ...]) -> Iterator[str | None]:
    """A code without its mask, in capitals, and with the zeros that a spreadsheet took away."""
    if not padroes:
        if _CODIGO_COM_MASCARA.fullmatch(limpo):
            yield _MASCARA.sub("", limpo).upper()
        return
    codigo = _MASCARA.sub("", limpo)
    yield codigo
    yield codigo.upper()
    for padrao in padroes:
        yield _com_zeros(codigo.upper(), padrao)


def _com_zeros(codigo: str, padrao: str) -> str | None:
    """The code filled up with zeros; a CPF or CNPJ only where its check digits then agree."""
    achado = _SO_DIGITOS.fullmatch(padrao)
    tamanho = int(achado[1]) if achado else _TAMANHO_DO_CODIGO.get(padrao, 0)
    completo = codigo.zfill(tamanho)
    if not codigo or not tamanho or (tamanho in _COM_DIGITO_VERIFICADOR and not documento_valido(completo)):
        return None
    return completo


def essencia(texto: str) -> str:
    """Letters and digits only, without accents, in lower case."""
    return "".join(letra for letra in sem_acentos(texto).lower() if letra.isalnum())


def sem_acentos(texto: str) -> str:
    """The text with its letters bare: "São" → "Sao"."""
    return "".join(letra for letra in unicodedata.normalize("NFKD", texto) if not unicodedata.combining(letra))


def _unico(opcoes: Iterator[str]) -> str | None:
    achadas = list(dict.fromkeys(opcoes))
    return achadas[0] if len(achadas) == 1 else None
