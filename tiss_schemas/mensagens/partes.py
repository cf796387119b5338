"""A prestador in the header of a message and in its body: three names of its code, two spellings of each."""

from __future__ import annotations

from typing import Final

from tiss_schemas.demonstrativo.valores import TipoDeCodigo
from tiss_schemas.mensagens.cabecalho import Parte, TipoDeParte

_PARTE: Final = {
    TipoDeCodigo.CODIGO: TipoDeParte.CODIGO,
    TipoDeCodigo.CPF: TipoDeParte.CPF,
    TipoDeCodigo.CNPJ: TipoDeParte.CNPJ,
}
_TIPO: Final = {parte: tipo for tipo, parte in _PARTE.items()}


def parte_do_contratado(codigo: str, tipo: TipoDeCodigo) -> Parte:
    """The prestador as the origem or destino of a message."""
    return Parte(tipo=_PARTE[tipo], valor=codigo)


def parte_da_operadora(registro_ans: str) -> Parte:
    """The operadora as the origem or destino of a message."""
    return Parte(tipo=TipoDeParte.REGISTRO_ANS, valor=registro_ans)


def tipo_de_codigo(codigo: str, parte: Parte | None) -> TipoDeCodigo:
    """What a code is that the body does not say: what the header says of the same one, else the operadora's own."""
    if parte is None or parte.valor != codigo:
        return TipoDeCodigo.CODIGO
    return _TIPO.get(parte.tipo, TipoDeCodigo.CODIGO)
