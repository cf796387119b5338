"""What a form is made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tiss_schemas.campos import Campo

LARGURA: Final = 12
"""Columns of a block's grid."""
PAPEL: Final = "papel/"
"""How the key of a value begins that stands on paper only: it never reaches the XML."""
_DO_ANEXO: Final = "OD "


@dataclass(frozen=True, slots=True, kw_only=True)
class Celula:
    """One field. `caminho` counts from the guide, in a grid from its line, without the positions of lines; a field that
    may stand several times in a row is a cell for each, "…/diagnostico[2]".

    `campo` is None for what stands on paper only; its `caminho` begins with `PAPEL`. Where the XSD lets one of several
    elements be chosen, `opcoes` has a cell for each and `caminho` is that of the first. `largura` is in columns of the
    block, the cells of a row filling it; in a grid it is the share of its line. `linha` 2 stands under the others of
    its line. `calculada`: the portal works it out. `curto` is the label where there is little room.
    """

    caminho: str
    rotulo: str
    numero: str = ""
    campo: Campo | None = None
    largura: int = 3
    calculada: bool = False
    opcoes: tuple[Celula, ...] = ()
    curto: str = ""
    linha: int = 1

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
    def rotulo_curto(self) -> str:
        """The label for the head of a column."""
        return self.curto or self.rotulo

    @property
    def numero_impresso(self) -> str:
        """The number as its own form prints it, "6" for what the whole standard calls "OD 6"."""
        return self.numero.removeprefix(_DO_ANEXO)

    @property
    def so_no_papel(self) -> bool:
        """Whether it is no field of the XML."""
        return self.caminho.startswith(PAPEL)

    @property
    def _pai(self) -> str:
        return self.caminho[: self.caminho.rfind("/") + 1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """Lines of one shape. `caminho` is that of the element that repeats, from the guide, in a grid from its line.

    `grades` are lists inside a line, as the team of a procedure. `maximo` None: any number of lines. Columns
    `em_branco` stand on paper only, for a pen.
    """

    caminho: str
    titulo: str
    colunas: tuple[Celula, ...]
    grades: tuple[Grade, ...] = ()
    minimo: int = 0
    maximo: int | None = None
    em_branco: tuple[Celula, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bloco:
    """A titled part of the form.

    An `anexo` has a page of its own on paper, which shows the cells of `cabecalho` and `rodape` again. `recolhido`:
    rarely filled in and never required, so that a page may fold it away.
    """

    titulo: str
    celulas: tuple[Celula, ...] = ()
    grades: tuple[Grade, ...] = ()
    anexo: bool = False
    recolhido: bool = False
    cabecalho: tuple[Celula, ...] = ()
    rodape: tuple[Celula, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ficha:
    """The form of one guide type in one version. `tipo` is the element's name, `titulo` the short name of the type and
    `titulo_impresso` that of the form. `assinaturas` are boxes for a pen; `em_serie` are those of each session where
    procedures are done in series."""

    versao: str
    tipo: str
    titulo: str
    blocos: tuple[Bloco, ...]
    titulo_impresso: str = ""
    assinaturas: tuple[Celula, ...] = ()
    em_serie: tuple[Celula, ...] = ()

    def celulas(self) -> Iterator[Celula]:
        """The cells outside of grids, in order."""
        for bloco in self.blocos:
            yield from bloco.celulas

    def grades(self) -> Iterator[Grade]:
        """The outer grids, in order."""
        for bloco in self.blocos:
            yield from bloco.grades


def fileiras(celulas: Sequence[Celula]) -> list[list[Celula]]:
    """The cells in rows of `LARGURA` columns, each filled: what is missing leaves its room to the others."""
    fechadas: list[list[Celula]] = []
    aberta: list[Celula] = []
    for celula in celulas:
        if aberta and sum(posta.largura for posta in aberta) + celula.largura > LARGURA:
            fechadas.append(aberta)
            aberta = []
        aberta.append(celula)
    return [_esticar(fileira) for fileira in (*fechadas, aberta) if fileira]


def _esticar(fileira: list[Celula]) -> list[Celula]:
    sobra = LARGURA - sum(celula.largura for celula in fileira)
    cada, resto = divmod(sobra, len(fileira))
    largos = sorted(range(len(fileira)), key=lambda lugar: -fileira[lugar].largura)[:resto]
    return [
        replace(celula, largura=celula.largura + cada + (lugar in largos)) if sobra else celula
        for lugar, celula in enumerate(fileira)
    ]
