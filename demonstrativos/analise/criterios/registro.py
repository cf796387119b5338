"""The catalogue of criteria of the automatic pass: what each looks for, with which code it refuses, and how much.

A criterion judges and never writes. They are asked in the order in which they are registered, which is the order of
precedence: what a whole guide is refused for comes before what one line is, quantities before prices.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from demonstrativos.analise.estados import AcaoDoCriterio
from tiss_schemas.itens_lidos import ItemLido
from tiss_schemas.lote_lido import GuiaLida

if TYPE_CHECKING:
    from demonstrativos.analise.criterios.caso import Caso

_PROPOE: Final = (
    AcaoDoCriterio.PROPOR,
    AcaoDoCriterio.GLOSAR,
    AcaoDoCriterio.OBSERVAR,
    AcaoDoCriterio.DESLIGADO,
)
_SO_OBSERVA: Final = (AcaoDoCriterio.OBSERVAR, AcaoDoCriterio.DESLIGADO)
_GRUPOS_TECNICOS: Final = frozenset({"18", "19", "25", "26"})
_ODONTOLOGICOS: Final = range(3000, 3096)
_ITEM_ASSISTENCIAL: Final = range(3181, 3218)
"""Codes by which an auditor refuses what was done, as those of the groups above."""
_SO_DESDE_4_03: Final = range(3169, 3313)
"""Codes that the XSD of earlier versions does not have, as those of `_DE_4_01` and `_DE_4_00` in theirs."""
_DE_4_01: Final = frozenset({3167, 3168})
_DE_4_00: Final = range(3160, 3167)


@dataclass(frozen=True, slots=True)
class Tudo:
    """All that is left of what was billed."""


@dataclass(frozen=True, slots=True)
class Excesso:
    """So much of the line's quantity."""

    quantidade: Decimal


@dataclass(frozen=True, slots=True)
class AlemDe:
    """What passes this amount, in reais, which the whole quantity of the line should have cost."""

    certo: Decimal


Quanto = Tudo | Excesso | AlemDe
TUDO: Final = Tudo()


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicio:
    """What a criterion says of a line, of a whole guide (`item` None), or of the whole protocol (`guia` None too).

    `motivo` is for the prestador: what is wrong with which values, without advice. `codigo`: of Tabela 38, where it is
    not the criterion's.
    """

    guia: GuiaLida | None
    item: ItemLido | None = None
    quanto: Quanto = TUDO
    motivo: str
    codigo: str = ""


Funcao = Callable[["Caso"], Iterator[Indicio]]


@dataclass(frozen=True, kw_only=True)
class Criterio:
    """One criterion. `codigos_ate` has the codes up to and including a version of the standard; `regras` are those of
    the verdict that look for the same when a file comes in. `so_observa`: it never refuses; `tolera`: an operadora may
    let a difference of some cents pass."""

    numero: int
    nome: str
    titulo: str
    frase: str
    codigo: str
    codigos_ate: Mapping[str, str] = field(default_factory=dict)
    acao: AcaoDoCriterio
    regras: tuple[str, ...] = ()
    so_observa: bool = False
    tolera: bool = False
    funcao: Funcao

    @property
    def acoes(self) -> tuple[AcaoDoCriterio, ...]:
        """What an operadora may let it do."""
        return _SO_OBSERVA if self.so_observa else _PROPOE

    def codigo_na(self, versao: str, escolhido: str = "") -> str:
        """The code for a lot of that version: what the operadora chose, where the version has it, else its own."""
        if escolhido and existe_na(escolhido, versao):
            return escolhido
        for ultima in sorted(self.codigos_ate):
            if numeros(versao) <= numeros(ultima):
                return self.codigos_ate[ultima]
        return self.codigo


CRITERIOS: Final[dict[str, Criterio]] = {}
"""Every criterion by its name, in order of precedence."""


def criterio(
    nome: str,
    *,
    titulo: str,
    codigo: str,
    antes: Mapping[str, str] | None = None,
    acao: AcaoDoCriterio = AcaoDoCriterio.PROPOR,
    regras: tuple[str, ...] = (),
    so_observa: bool = False,
    tolera: bool = False,
) -> Callable[[Funcao], Funcao]:
    """Register a criterion: a pure generator, its docstring the sentence of the catalogue."""

    def registrar(funcao: Funcao) -> Funcao:
        frase = " ".join((funcao.__doc__ or "").split())
        if not frase or nome in CRITERIOS:
            raise ValueError(f"o critério {nome} não diz o que confere, ou já está registrado")
        CRITERIOS[nome] = Criterio(
            numero=len(CRITERIOS) + 1,
            nome=nome,
            titulo=titulo,
            frase=frase,
            codigo=codigo,
            codigos_ate=antes or {},
            acao=AcaoDoCriterio.OBSERVAR if so_observa else acao,
            regras=regras,
            so_observa=so_observa,
            tolera=tolera,
            funcao=funcao,
        )
        return funcao

    return registrar


def regras_com_criterio() -> frozenset[str]:
    """The rules of the verdict whose findings a criterion looks for itself."""
    return frozenset(regra for criterio in CRITERIOS.values() for regra in criterio.regras)


def e_tecnico(codigo: str) -> bool:
    """Whether an auditor has to agree before something is refused by that code."""
    numero = int(codigo)
    return codigo[:2] in _GRUPOS_TECNICOS or numero in _ODONTOLOGICOS or numero in _ITEM_ASSISTENCIAL


def existe_na(codigo: str, versao: str) -> bool:
    """Whether messages of that version may carry the code."""
    numero, da_versao = int(codigo), numeros(versao)
    if numero in _SO_DESDE_4_03:
        return da_versao >= (4, 3)
    if numero in _DE_4_01:
        return da_versao >= (4, 1)
    return numero not in _DE_4_00 or da_versao >= (4,)


def numeros(versao: str) -> tuple[int, ...]:
    """A version as numbers that compare; of what is no version, the newest."""
    partes = versao.split(".")
    return tuple(map(int, partes)) if all(parte.isdecimal() for parte in partes) else (99,)
