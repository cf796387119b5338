"""What a page is made of: rows of numbered boxes, lines of tables, and the rules around them.

Across, all measures are characters of a value; down, lines: from the top left corner of the piece.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, cached_property
from itertools import accumulate, pairwise, zip_longest
from typing import Final

from .medidas import COLUNAS, PASSO, cortar, dividir, em_rotulo, escrito

LADO: Final = 24
"""Width of the box that names a group, left of its fields."""
_MARGEM: Final = 1
"""Blank at either side of a text in its box."""
_LINHAS_JUNTAS: Final = 20
"""Lines of one item that are not torn apart."""


class Corpo(Enum):
    """How large a line is set."""

    VALOR = "valor"
    ROTULO = "rotulo"
    TITULO = "titulo"


@dataclass(frozen=True, slots=True)
class Linha:
    """A line of text over the whole width, its columns apart by blanks."""

    corpo: Corpo
    texto: str


@dataclass(frozen=True, slots=True)
class Risco:
    """A rule from one point of the grid to another; `leve` is a hairline."""

    x: int
    y: int
    ate_x: int
    ate_y: int
    leve: bool = False


@dataclass(frozen=True, slots=True)
class Fundo:
    """A shaded box."""

    x: int
    y: int
    largura: int
    altura: int


@dataclass(frozen=True, slots=True)
class Peca:
    """A piece of a page that is never torn, over its whole width."""

    linhas: tuple[Linha, ...]
    riscos: tuple[Risco, ...] = ()
    fundos: tuple[Fundo, ...] = ()

    @property
    def altura(self) -> int:
        """How many lines it takes."""
        return len(self.linhas)


@dataclass(frozen=True, slots=True)
class Campo:
    """A field of the form: its key among the values, its printed number (empty where it has none), label and share of
    the width that it has with the others of its row."""

    chave: str
    numero: str
    rotulo: str
    parte: int
    direita: bool = False

    @property
    def cabeca(self) -> str:
        """Number and label, as the form has them."""
        return f"{self.numero} - {self.rotulo}" if self.numero else self.rotulo

    def celula(self, texto: str, largura: int) -> str:
        """A line of the value in a column of that width."""
        dentro = largura - 2 * _MARGEM
        posto = texto.rjust(dentro) if self.direita else texto.ljust(dentro)
        return f" {posto} "


@dataclass(frozen=True)
class Fileira:
    """A row of boxes; `titulo` names their group in a shaded box on the left."""

    campos: tuple[Campo, ...]
    titulo: str = ""
    ao_lado: bool = False
    """Whether room is left for the title of the row above."""

    @cached_property
    def lados(self) -> tuple[int, ...]:
        """Where each box begins, and where the last one ends."""
        return _lados(self.campos, LADO if self.titulo or self.ao_lado else 0)

    @cached_property
    def rotulos(self) -> Linha:
        """The labels of the row."""
        lado = [(0, self.titulo)] if self.lados[0] else []
        return _rotulos([*lado, *((x, campo.cabeca) for campo, x in zip(self.campos, self.lados, strict=False))])

    def peca(self, valores: Mapping[str, str]) -> Peca:
        """The row with its values, in as many lines as the longest takes: nothing is cut."""
        larguras = _larguras(self.lados)
        caixas = [
            dividir(escrito(valores.get(campo.chave, "")), largura - 2 * _MARGEM)
            for campo, largura in zip(self.campos, larguras, strict=True)
        ]
        linhas = (self.rotulos, *_linhas(self.campos, larguras, caixas, self.lados[0]))
        fundos = (Fundo(0, 0, LADO, len(linhas)),) if self.lados[0] else ()
        return Peca(linhas, _moldura(self.lados, len(linhas), de=self.lados[0] if self.ao_lado else 0), fundos)


@dataclass(frozen=True)
class Tabela:
    """Columns of which each item is one line or more."""

    campos: tuple[Campo, ...]

    @cached_property
    def lados(self) -> tuple[int, ...]:
        """Where each column begins, and where the last one ends."""
        return _lados(self.campos, 0)

    @cached_property
    def cabeca(self) -> Peca:
        """Numbers and labels of the columns."""
        colunas = [
            dividir(campo.cabeca.replace(" - ", "-", 1), em_rotulo(largura) - 2)
            for campo, largura in zip(self.campos, _larguras(self.lados), strict=True)
        ]
        linhas = tuple(
            _rotulos(list(zip(self.lados, textos, strict=False))) for textos in zip_longest(*colunas, fillvalue="")
        )
        return Peca(linhas, _moldura(self.lados, len(linhas)), (Fundo(0, 0, COLUNAS, len(linhas)),))

    def item(self, *linhas: Mapping[str, str]) -> list[Peca]:
        """An item: its first line, and what else of it stands below. A text that is too long goes on below.

        One piece, unless it is so long that a page may not hold it.
        """
        larguras = _larguras(self.lados)
        colunas = [
            self._coluna(campo, largura - 2 * _MARGEM, linhas)
            for campo, largura in zip(self.campos, larguras, strict=True)
        ]
        escritas = _linhas(self.campos, larguras, colunas, 0)
        partes = [escritas[de : de + _LINHAS_JUNTAS] for de in range(0, len(escritas), _LINHAS_JUNTAS)]
        return [Peca(parte, _moldura(self.lados, len(parte), leve=True)) for parte in partes]

    def _coluna(self, campo: Campo, dentro: int, linhas: Sequence[Mapping[str, str]]) -> list[str]:
        if len(linhas) > 1 and campo.chave in linhas[-1]:
            return [linha[campo.chave] for linha in linhas]
        texto = escrito(linhas[0].get(campo.chave, ""))
        return [texto] if len(texto) <= dentro else dividir(texto, dentro)


def titulo(texto: str) -> Peca:
    """A line that names what follows."""
    linha = Linha(Corpo.TITULO, f" {cortar(escrito(texto), COLUNAS - 2 * _MARGEM)}")
    return Peca((linha,), _moldura((0, COLUNAS), 1), (Fundo(0, 0, COLUNAS, 1),))


def paragrafo(rotulo: str, texto: str) -> list[Peca]:
    """A label and a text over the whole width, a line a piece; nothing when there is no text."""
    if not texto:
        return []
    linhas = dividir(escrito(f"{rotulo}: {texto}"), COLUNAS - 2 * _MARGEM)
    return [Peca((Linha(Corpo.VALOR, f" {linha}"),)) for linha in linhas]


def espaco() -> Peca:
    """The blank between two groups."""
    return Peca((Linha(Corpo.VALOR, ""),))


def _rotulos(postos: Sequence[tuple[int, str]]) -> Linha:
    """Labels, each from where its box begins: of one that is too long for it the end is left out."""
    linha = ""
    for indice, (x, texto) in enumerate(postos):
        ate = em_rotulo(postos[indice + 1][0] if indice + 1 < len(postos) else COLUNAS)
        linha = f"{linha.ljust(em_rotulo(x))} {cortar(texto, ate - em_rotulo(x) - 2)}"
    return Linha(Corpo.ROTULO, linha)


def _linhas(
    campos: Sequence[Campo], larguras: Sequence[int], colunas: Sequence[Sequence[str]], lado: int
) -> tuple[Linha, ...]:
    return tuple(
        Linha(
            Corpo.VALOR,
            (
                " " * lado
                + "".join(
                    [
                        campo.celula(texto, largura)
                        for campo, largura, texto in zip(campos, larguras, textos, strict=True)
                    ]
                )
            ).rstrip(),
        )
        for textos in zip_longest(*colunas, fillvalue="")
    )


def _lados(campos: Sequence[Campo], de: int) -> tuple[int, ...]:
    """Where each field begins on the grid, by its share, and the end of the line."""
    todas = sum(campo.parte for campo in campos)
    somas: Iterable[int] = accumulate((campo.parte for campo in campos), initial=0)
    return tuple(de + PASSO * round((COLUNAS - de) * soma / todas / PASSO) for soma in somas)


def _larguras(lados: Sequence[int]) -> list[int]:
    return [ate - de for de, ate in pairwise(lados)]


@cache
def _moldura(lados: tuple[int, ...], altura: int, *, de: int = 0, leve: bool = False) -> tuple[Risco, ...]:
    """Rules around a row and between its boxes; the one above it begins at `de`."""
    verticais = [Risco(x, 0, x, altura) for x in sorted({0, COLUNAS, *lados})]
    return (*verticais, Risco(de, 0, COLUNAS, 0, leve), Risco(0, altura, COLUNAS, altura, leve))
