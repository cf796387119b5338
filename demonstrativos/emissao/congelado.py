"""A statement's plain values as bytes that are kept, and back: the same values are always the same bytes."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from lotes.estados import SituacaoDoProtocolo
from tiss_schemas.demonstrativo.contas import Demonstrativo
from tiss_schemas.demonstrativo.valores import DemonstrativoDeAnalise, ProtocoloAnalisado

_CLASSES: Final[dict[str, Any]] = {classe.__name__: classe for classe in get_args(Demonstrativo)}
_SIMPLES: Final[dict[Any, Callable[[Any], Any]]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    time: time.fromisoformat,
}
_DIA_QUALQUER: Final = date(2000, 1, 1)
_P = SituacaoDoProtocolo
_FASES: Final[dict[int, int]] = {
    _P.ENVIADO: _P.EM_ANALISE,
    _P.AGUARDANDO_INFORMACAO: _P.EM_ANALISE,
    _P.FATURADO: _P.LIBERADO,
    _P.PAGO: _P.LIBERADO,
}
"""Situations in which the analysis is the same as in another one: not released yet, or released."""


class ValoresEstragados(ValueError):
    """Kept bytes are not what `congelar` writes."""


def congelar(demonstrativo: Demonstrativo) -> bytes:
    """The values as compressed JSON."""
    return gzip.compress(_texto(demonstrativo), compresslevel=6, mtime=0)


def descongelar(dados: bytes) -> Demonstrativo:
    """The values again. Raises `ValoresEstragados`."""
    try:
        nome, partes = json.loads(gzip.decompress(dados))
        lido: Demonstrativo = _leitor(_CLASSES[nome])(partes)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as erro:
        raise ValoresEstragados(str(erro)) from erro
    return lido


def chave(demonstrativo: Demonstrativo, *outros: bytes) -> str:
    """SHA-256 of what a statement says but its number and date; `outros` is what else stands on its paper.

    Of the situations of an analysis only the phase counts: that a released protocol was billed or paid meanwhile
    changes nothing that was analysed.
    """
    sem = replace(demonstrativo.cabecalho, numero=0, emitido_em=_DIA_QUALQUER)
    o_que_diz: Demonstrativo = replace(demonstrativo, cabecalho=sem)
    if isinstance(o_que_diz, DemonstrativoDeAnalise):
        o_que_diz = replace(o_que_diz, protocolos=tuple(map(_na_fase, o_que_diz.protocolos)))
    resumo = hashlib.sha256(_texto(o_que_diz))
    for outro in outros:
        resumo.update(hashlib.sha256(outro).digest())
    return resumo.hexdigest()


def _na_fase(protocolo: ProtocoloAnalisado) -> ProtocoloAnalisado:
    return replace(
        protocolo,
        situacao=_FASES.get(protocolo.situacao, protocolo.situacao),
        guias=tuple(replace(guia, situacao=_FASES.get(guia.situacao, guia.situacao)) for guia in protocolo.guias),
    )


def _texto(demonstrativo: Demonstrativo) -> bytes:
    partes = [type(demonstrativo).__name__, _plano(demonstrativo)]
    return json.dumps(partes, ensure_ascii=False, separators=(",", ":")).encode()


def _plano(valor: Any) -> Any:
    """A dataclass as the list of its fields, in their order."""
    if is_dataclass(valor):
        return [_plano(getattr(valor, campo.name)) for campo in fields(valor)]
    if isinstance(valor, tuple):
        return [_plano(parte) for parte in valor]
    if isinstance(valor, (Decimal, date, time)):
        return str(valor)
    return valor


@cache
def _leitor(tipo: Any) -> Callable[[Any], Any]:
    """What makes a value of that type of its plain form."""
    if is_dataclass(tipo) and isinstance(tipo, type):
        return _leitor_de_campos(tipo)
    if get_origin(tipo) is tuple:
        de_um = _leitor(get_args(tipo)[0])
        return lambda partes: tuple(de_um(parte) for parte in partes)
    if isinstance(tipo, UnionType):
        (outro,) = (argumento for argumento in get_args(tipo) if argumento is not NoneType)
        do_outro = _leitor(outro)
        return lambda parte: None if parte is None else do_outro(parte)
    if isinstance(tipo, type) and issubclass(tipo, StrEnum):
        return tipo
    return _SIMPLES.get(tipo, _como_veio)


def _leitor_de_campos(classe: type) -> Callable[[Any], Any]:
    """Fields that came later than what is read stand last and have defaults."""
    dicas = get_type_hints(classe)
    leitores = [(campo.name, _leitor(dicas[campo.name])) for campo in fields(classe)]

    def ler(partes: list[Any]) -> Any:
        if len(partes) > len(leitores):
            raise ValoresEstragados(f"{classe.__name__}: {len(partes)} de {len(leitores)}")
        return classe(**{nome: leitor(parte) for (nome, leitor), parte in zip(leitores, partes, strict=False)})

    return ler


def _como_veio(parte: Any) -> Any:
    return parte
