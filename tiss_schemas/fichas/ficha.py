"""What a form is made of, and how it is derived from the XSD of a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from tiss_schemas.campos import Campo, TipoDeCampo
from tiss_schemas.fragmento import descrever_guia, repete
from tiss_schemas.lote_lido import TIPOS_DE_GUIA

LARGURA: Final = 12
"""Columns of a block's grid."""
PAPEL: Final = "papel/"
"""How the key of a value begins that stands on paper only: it never reaches the XML."""
_SEM_LUGAR: Final = frozenset({"assinaturaDigitalGuia"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Celula:
    """One field. `caminho` counts from the guide, in a grid from its line, without positions.

    `campo` is None for what stands on paper only; its `caminho` begins with `PAPEL`. Where the XSD lets one of several
    elements be chosen, `opcoes` has a cell for each and `caminho` is that of the first.
    """

    caminho: str
    rotulo: str
    numero: str = ""
    campo: Campo | None = None
    largura: int = 3
    calculada: bool = False
    opcoes: tuple[Celula, ...] = ()

    @property
    def nome(self) -> str:
        """The name of its control: the path, or for a choice "…/*", beside "…/?" which says which one was chosen."""
        return f"{self._pai}*" if self.opcoes else self.caminho

    @property
    def nome_da_escolha(self) -> str:
        """The name of the control that says which element was chosen; its values are names of elements."""
        return f"{self._pai}?"

    @property
    def obrigatoria(self) -> bool:
        """Whether the XSD asks for it wherever its group is there. Of a choice, one is."""
        return self.campo is not None and (self.campo.obrigatorio or bool(self.opcoes))

    @property
    def repete(self) -> bool:
        """Whether it may stand several times in a row, as the CIDs of a stay."""
        return self.campo is not None and repete(self.campo)

    @property
    def _pai(self) -> str:
        return self.caminho[: self.caminho.rfind("/") + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Lines of one shape. `caminho` is that of the element that repeats, from the guide, in a grid from its line.

    `grades` are lists inside a line, as the team of a procedure. `maximo` None: any number of lines.
    """

    caminho: str
    titulo: str
    colunas: tuple[Celula, ...]
    grades: tuple[Grade, ...] = ()
    minimo: int = 0
    maximo: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloco:
    """A titled part of the form."""

    titulo: str
    celulas: tuple[Celula, ...] = ()
    grades: tuple[Grade, ...] = ()
    anexo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ficha:
    """The form of one guide type in one version. `tipo` is the element's name."""

    versao: str
    tipo: str
    titulo: str
    blocos: tuple[Bloco, ...]

    def celulas(self) -> Iterator[Celula]:
        """The cells outside of grids, in order."""
        for bloco in self.blocos:
            yield from bloco.celulas

    def grades(self) -> Iterator[Grade]:
        """The outer grids, in order."""
        for bloco in self.blocos:
            yield from bloco.grades


@lru_cache(maxsize=64)
def ficha_de(versao: str, tipo: str) -> Ficha:
    """The form of that guide type. ValueError for a type or a version that is not at hand."""
    guia = descrever_guia(versao, tipo)
    blocos = (_bloco(campo) for campo in guia.filhos if campo.nome_xml not in _SEM_LUGAR)
    return Ficha(versao=versao, tipo=tipo, titulo=TIPOS_DE_GUIA[tipo], blocos=tuple(blocos))


def _bloco(campo: Campo) -> Bloco:
    if campo.tipo is not TipoDeCampo.GRUPO:
        return Bloco(titulo=campo.rotulo, celulas=(_celula(campo, campo.nome_xml),))
    if repete(campo):
        return Bloco(titulo=campo.rotulo, grades=(_grade(campo, campo.nome_xml),))
    celulas, grades = _dentro(campo, f"{campo.nome_xml}/")
    return Bloco(titulo=campo.rotulo, celulas=tuple(celulas), grades=tuple(grades))


def _dentro(campo: Campo, prefixo: str) -> tuple[list[Celula], list[Grade]]:
    celulas: list[Celula] = []
    grades: list[Grade] = []
    escolhidos: set[str] = set()
    for filho in campo.filhos:
        caminho = f"{prefixo}{filho.nome_xml}"
        if filho.nome_xml in escolhidos:
            continue
        if filho.tipo is not TipoDeCampo.GRUPO:
            irmaos = [outro for outro in campo.filhos if outro.nome_xml in filho.alternativas]
            escolhidos.update(filho.alternativas)
            celulas.append(_escolha([filho, *irmaos], prefixo) if irmaos else _celula(filho, caminho))
        elif repete(filho):
            grades.append(_grade(filho, caminho))
        else:
            mais_celulas, mais_grades = _dentro(filho, f"{caminho}/")
            celulas += mais_celulas
            grades += mais_grades
    return celulas, grades


def _grade(campo: Campo, caminho: str) -> Grade:
    colunas, grades = _dentro(campo, "")
    return Grade(
        caminho=caminho,
        titulo=campo.rotulo,
        colunas=tuple(colunas),
        grades=tuple(grades),
        minimo=campo.ocorrencias_min,
        maximo=campo.ocorrencias_max,
    )


def _celula(campo: Campo, caminho: str) -> Celula:
    return Celula(caminho=caminho, rotulo=campo.rotulo, numero=campo.numero or "", campo=campo)


def _escolha(campos: list[Campo], prefixo: str) -> Celula:
    opcoes = tuple(_celula(campo, f"{prefixo}{campo.nome_xml}") for campo in campos)
    primeira = opcoes[0]
    return Celula(
        caminho=primeira.caminho,
        rotulo=primeira.rotulo,
        numero=primeira.numero,
        campo=primeira.campo,
        opcoes=opcoes,
    )
