"""The track of a lot: two sides, one thread, the delivery between them. Drawn by componentes/fio.html."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from conecta.interface.situacoes import LOTE, PROTOCOLO


@dataclass(frozen=True, slots=True)
class Parada:
    """One stop. `estado`: "feito", "atual", "falhou" or "" (still to come). `quando` is drawn as dd/mm hh:mm."""

    nome: str
    estado: str = ""
    tom: str = ""
    quando: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lado:
    """One side of the delivery, with its stops."""

    titulo: str
    icone: str
    paradas: tuple[Parada, ...]


_ANTES = ("aberto", "fechado")
_CAMINHO = ("1", "2", "5", "3", "6")
_NOMES = {"aberto": "Aberto", "fechado": "Fechado", "1": "Enviado", "2": "Em análise"}
_MAUS_FINS = ("4", "9", "10")


def fio_do_lote(
    situacao: str,
    codigo: str | int | None = None,
    protocolo: str = "",
    quando: Mapping[str, datetime] | None = None,
    *,
    para_a_operadora: bool = False,
) -> list[Lado]:
    """The two sides of a lot's track.

    `situacao` is the lot's state, `codigo` the ANS code of its protocol's, `protocolo` its number; `quando` maps states
    ("aberto", "fechado", "1", "2", …) to the instant they were reached. `para_a_operadora` names the sides as
    its people see them.
    """
    momentos = quando or {}
    estado = str(codigo) if codigo else situacao
    adiante = _na_operadora(estado, momentos)
    com_voce = _marcadas(_ANTES, situacao if situacao in _ANTES else "", passou=bool(codigo))
    na_operadora = _marcadas(adiante, estado if codigo else "", passou=False)
    aqui, la = ("No prestador", "Com você") if para_a_operadora else ("Com você", "Na operadora")
    titulo = f"{la}, protocolo {protocolo}" if protocolo else la
    return [
        Lado(aqui, "predio", _com_momentos(_ANTES, com_voce, momentos)),
        Lado(titulo, "enviar", _com_momentos(adiante, na_operadora, momentos)),
    ]


def _na_operadora(estado: str, momentos: Mapping[str, datetime]) -> tuple[str, ...]:
    """The stops on the operadora's side: the straight way, or the way really gone to where it ended."""
    if estado in _MAUS_FINS:
        return ("1", *(codigo for codigo in ("2", "5", "3") if codigo in momentos), estado)
    return ("1", "2", "8", "5", "3", "6") if estado == "8" else _CAMINHO


def _marcadas(chaves: tuple[str, ...], atual: str, *, passou: bool) -> tuple[Parada, ...]:
    ate = chaves.index(atual) if atual in chaves else (len(chaves) if passou else -1)
    return tuple(_parada(chave, indice, ate) for indice, chave in enumerate(chaves))


def _parada(chave: str, indice: int, ate: int) -> Parada:
    aparencia = LOTE[chave] if chave in LOTE else PROTOCOLO[chave]
    nome = _NOMES.get(chave, aparencia.texto)
    if indice == ate:
        return Parada(
            aparencia.texto if chave == "fechado" else nome, "falhou" if chave in _MAUS_FINS else "atual", aparencia.tom
        )
    return Parada(nome, "feito" if indice < ate else "")


def _com_momentos(
    chaves: tuple[str, ...], paradas: tuple[Parada, ...], momentos: Mapping[str, datetime]
) -> tuple[Parada, ...]:
    return tuple(
        replace(parada, quando=momentos.get(chave)) if parada.estado else parada
        for chave, parada in zip(chaves, paradas, strict=True)
    )
