"""Numbers as people and other systems write them, with a decimal point: only where there is no doubt.

"1.234" may be one and a bit or more than a thousand, so a single separator before exactly three digits says nothing.
"""

from __future__ import annotations

import re
from typing import Final

_MOEDA: Final = re.compile(r"(?:R\$|BRL|\$)", re.IGNORECASE)
_BRANCOS: Final = re.compile(r"[\s\u00a0\u202f']+")
_SEM_SEPARADOR: Final = re.compile(r"\d+", re.ASCII)
_UM_SEPARADOR: Final = re.compile(r"(\d*)([.,])(\d*)", re.ASCII)
_MILHARES_E_DECIMAIS: Final = re.compile(r"\d{1,3}(?:(\.)\d{3}(?:\.\d{3})*,\d*|(,)\d{3}(?:,\d{3})*\.\d*)", re.ASCII)
_SO_MILHARES: Final = re.compile(r"\d{1,3}(?:(?:\.\d{3}){2,}|(?:,\d{3}){2,})", re.ASCII)
_GRUPOS_COM_BRANCO: Final = re.compile(r"\d{1,3}(?:[\s\u00a0\u202f']\d{3})+(?:[.,]\d{1,2})?", re.ASCII)


def decimal_escrito(texto: str, decimais: int | None) -> str | None:
    """The number meant by `texto`, with a point and no zeros beyond `decimais` places; None where it is in doubt."""
    sinal, numero = _sem_moeda(texto)
    lido = _com_ponto(numero)
    return None if lido is None else sinal + _sem_zeros_a_mais(lido, decimais)


def inteiro_escrito(texto: str) -> str | None:
    """The whole number meant by `texto`: "2,00" is "2"; None where something follows the separator, or in doubt."""
    sinal, numero = _sem_moeda(texto)
    lido = _com_ponto(numero)
    if lido is None:
        return None
    inteiro, _, fracao = lido.partition(".")
    return sinal + inteiro if not fracao.strip("0") else None


def _sem_moeda(texto: str) -> tuple[str, str]:
    """The sign, and the digits with their separators."""
    limpo = _MOEDA.sub("", texto, count=1).strip()
    sinal = "-" if limpo.startswith("-") else ""
    limpo = limpo.removeprefix("-").removeprefix("+").strip()
    return sinal, _BRANCOS.sub("", limpo) if _GRUPOS_COM_BRANCO.fullmatch(limpo) else limpo


def _com_ponto(numero: str) -> str | None:
    if _SEM_SEPARADOR.fullmatch(numero):
        return numero
    if achado := _UM_SEPARADOR.fullmatch(numero):
        return _de_um_separador(*achado.groups())
    if achado := _MILHARES_E_DECIMAIS.fullmatch(numero):
        decimal = "," if achado[1] else "."
        inteiro, _, fracao = numero.rpartition(decimal)
        return _juntos(inteiro.replace(".", "").replace(",", ""), fracao)
    if _SO_MILHARES.fullmatch(numero):
        return numero.replace(".", "").replace(",", "")
    return None


def _de_um_separador(inteiro: str, _separador: str, fracao: str) -> str | None:
    duvidoso = len(fracao) == 3 and 1 <= len(inteiro) <= 3 and inteiro.strip("0")
    return None if duvidoso or not (inteiro or fracao) else _juntos(inteiro, fracao)


def _juntos(inteiro: str, fracao: str) -> str:
    return f"{inteiro or '0'}.{fracao}" if fracao else inteiro or "0"


def _sem_zeros_a_mais(numero: str, decimais: int | None) -> str:
    inteiro, ponto, fracao = numero.partition(".")
    if decimais is None or not ponto or fracao[decimais:].strip("0"):
        return numero
    return _juntos(inteiro, fracao[:decimais])
