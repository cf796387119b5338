"""The words that the layout tables of the guides are written in: what stands where on paper, and nothing of the XSD.

A path counts from the guide's element, inside `Linhas` from the line. Fields that a version does not have vanish; those
that it has and no table names are placed by `colocacao`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Lugar:
    """Where a field stands. `largura` is in columns of the block (12), inside `Linhas` a share of the line.

    `rotulo` and `numero` replace those of `tiss_schemas.rotulos`. `papel` is the name of the value that stands in for
    a field that the version does not have, on paper only; with no `caminho` it never was one of the XSD.
    """

    caminho: str = ""
    largura: int = 3
    rotulo: str = ""
    curto: str = ""
    numero: str = ""
    calculada: bool = False
    linha: int = 1
    papel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linhas:
    """A grid: `caminho` is that of the element that repeats. Columns `em_branco` are left for a pen."""

    caminho: str
    titulo: str
    lugares: tuple[Lugar, ...]
    linhas: tuple[Linhas, ...] = ()
    em_branco: tuple[Lugar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quadro:
    """A titled block of the form.

    An `anexo` has a page of its own on paper, on which the fields of `cabecalho` and `rodape` stand again.
    `recolhido`: what is rarely filled in, and may be folded away.
    """

    titulo: str
    lugares: tuple[Lugar, ...] = ()
    linhas: tuple[Linhas, ...] = ()
    anexo: bool = False
    recolhido: bool = False
    cabecalho: tuple[Lugar, ...] = ()
    rodape: tuple[Lugar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Modelo:
    """The printed form of a guide. `assinaturas` are left blank for a pen, and so is `em_serie`, for each session."""

    titulo: str
    quadros: tuple[Quadro, ...]
    assinaturas: tuple[Lugar, ...] = ()
    em_serie: tuple[Lugar, ...] = ()


def c(caminho: str, largura: int, rotulo: str = "", *, curto: str = "", numero: str = "", linha: int = 1) -> Lugar:
    """A field that is typed."""
    return Lugar(caminho=caminho, largura=largura, rotulo=rotulo, curto=curto, numero=numero, linha=linha)


def conta(caminho: str, largura: int, rotulo: str = "", *, curto: str = "", numero: str = "") -> Lugar:
    """A field that the portal works out."""
    return Lugar(caminho=caminho, largura=largura, rotulo=rotulo, curto=curto, numero=numero, calculada=True)


def papel(nome: str, numero: str, rotulo: str, largura: int, *, caminho: str = "") -> Lugar:
    """What stands on paper only; `caminho` where versions before 4.00.00 had it in the XML."""
    return Lugar(caminho=caminho, papel=nome, numero=numero, rotulo=rotulo, largura=largura)
