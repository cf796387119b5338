"""What the XSD of a version says of an element and of all that may stand below it, ready for writing and reading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tiss_schemas.campos import Campo, TipoDeCampo, descrever
from tiss_schemas.espacos import TAG_ANS

OPERADORA_PARA_PRESTADOR: Final = "operadoraParaPrestador"
PRESTADOR_PARA_OPERADORA: Final = "prestadorParaOperadora"


class VersaoIndisponivel(LookupError):
    """The schema of a version is not at hand; `frase` says so in Portuguese."""

    def __init__(self, versao: str) -> None:
        self.versao = versao
        self.frase = (
            f"Os esquemas da versão {versao or '(sem número)'} do padrão TISS não estão instalados. Use uma versão "
            "instalada ou peça ao suporte que instale os arquivos desta."
        )
        super().__init__(self.frase)


@dataclass(frozen=True, slots=True)
class Molde:
    """An element in a version: how often it may stand (`maximo` None: any number), and what is in it.

    A group has `filhos`, in the order of the XSD, and `escolhas`, sets of names of which exactly one may stand there.
    A leaf has neither, but a `tipo`, the longest text, the digits in all and after the point, the codes and the
    expression that it takes, each where there is such a limit.
    """

    versao: str
    nome: str
    tag: str
    rotulo: str
    tipo: TipoDeCampo
    minimo: int
    maximo: int | None
    filhos: tuple[Molde, ...] = ()
    escolhas: tuple[frozenset[str], ...] = ()
    tamanho: int | None = None
    digitos: int | None = None
    decimais: int | None = None
    codigos: frozenset[str] = frozenset()
    padrao: re.Pattern[str] | None = None
    por_tag: Mapping[str, Molde] = field(default_factory=dict, repr=False)
    """The same `filhos`, by tag."""

    @property
    def grupo(self) -> bool:
        """Whether it holds elements and no text."""
        return self.tipo is TipoDeCampo.GRUPO

    @property
    def repete(self) -> bool:
        """Whether it may stand more than once."""
        return self.maximo is None or self.maximo > 1


@lru_cache(maxsize=64)
def molde(versao: str, *passos: str) -> Molde:
    """The element at `passos`, names below mensagemTISS. VersaoIndisponivel where the version is not at hand."""
    campo = descrever(versao, "".join(f"/ans:{passo}" for passo in ("mensagemTISS", *passos)))
    if campo is None:
        raise VersaoIndisponivel(versao)
    return _molde(campo)


def _molde(campo: Campo) -> Molde:
    filhos = tuple(_molde(filho) for filho in campo.filhos)
    return Molde(
        versao=campo.versao,
        nome=campo.nome_xml,
        tag=TAG_ANS + campo.nome_xml,
        rotulo=campo.rotulo,
        tipo=campo.tipo,
        minimo=campo.ocorrencias_min,
        maximo=campo.ocorrencias_max,
        filhos=filhos,
        escolhas=_escolhas(campo.filhos),
        por_tag={filho.tag: filho for filho in filhos},
        tamanho=campo.tamanho_max,
        digitos=campo.digitos,
        decimais=campo.decimais,
        codigos=frozenset(codigo for codigo, _ in campo.opcoes),
        padrao=re.compile(campo.padrao, re.ASCII) if campo.padrao else None,
    )


def _escolhas(filhos: tuple[Campo, ...]) -> tuple[frozenset[str], ...]:
    return tuple(dict.fromkeys(frozenset({f.nome_xml, *f.alternativas}) for f in filhos if f.alternativas))
