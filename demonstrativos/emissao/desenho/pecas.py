"""What a page is made of: rows of numbered boxes, lines of tables, and the rules around them.

All measures are CSS pixels, from the top left corner of the piece.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, zip_longest
from typing import Final

from .medidas import Fonte, escrito

LARGURA: Final = 1054
"""Of a lying A4 sheet within its margins."""
LADO: Final = 112
"""Width of the box that names a group, left of its fields."""
ROTULO: Final = Fonte(7.2)
VALOR: Final = Fonte(9)
TITULO: Final = Fonte(8.4, negrito=True)
_LINHA_DO_ROTULO: Final = 9
_LINHA_DO_VALOR: Final = 11
_BASE_DO_ROTULO: Final = 7.5
_BASE_DO_VALOR: Final = 8.5
_FOLGA: Final = 2
"""Below the last line of a box."""
_LINHA_DO_TITULO: Final = 14
_ESPACO: Final = 6
_MARGEM: Final = 4
_LINHAS_JUNTAS: Final = 20
"""Lines of one item that are not torn apart."""


@dataclass(frozen=True, slots=True)
class Texto:
    """A text on its base line."""

    x: float
    y: float
    texto: str
    fonte: Fonte


Bloco = tuple[Texto, ...]
"""Texts that are read together: a label and its value, the cells of an item."""


@dataclass(frozen=True, slots=True)
class Risco:
    """A rule from one point to another; `leve` is a hairline."""

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
    """A piece of a page that is never torn, over its whole width. `blocos` in the order in which they are read."""

    altura: int
    blocos: tuple[Bloco, ...] = ()
    riscos: tuple[Risco, ...] = ()
    fundos: tuple[Fundo, ...] = ()


@dataclass(frozen=True, slots=True)
class Campo:
    """A field of the form: its key among the values, its printed number (empty where it has none), label and width."""

    chave: str
    numero: str
    rotulo: str
    largura: int
    direita: bool = False

    @property
    def cabeca(self) -> str:
        """Number and label, as the form has them."""
        return f"{self.numero} - {self.rotulo}" if self.numero else self.rotulo

    @property
    def dentro(self) -> int:
        """Width that is left for a text."""
        return self.largura - 2 * _MARGEM

    def texto(self, x: int, y: float, texto: str) -> Texto:
        """A line of the value in this field, which begins at `x`."""
        if self.direita:
            return Texto(x + self.largura - _MARGEM - VALOR.largura(texto), y, texto, VALOR)
        return Texto(x + _MARGEM, y, texto, VALOR)


@dataclass(frozen=True, slots=True)
class Fileira:
    """A row of boxes; `titulo` names their group in a shaded box on the left."""

    campos: tuple[Campo, ...]
    titulo: str = ""
    ao_lado: bool = False
    """Whether room is left for the title of the row above."""

    def peca(self, valores: Mapping[str, str]) -> Peca:
        """The row with its values, in as many lines as the longest takes: nothing is cut."""
        lado = LADO if self.titulo or self.ao_lado else 0
        xs = _lados(self.campos, lado)
        caixas = [
            VALOR.dividir(escrito(valores.get(campo.chave, "")), max(campo.dentro, _MARGEM)) for campo in self.campos
        ]
        altura = _LINHA_DO_ROTULO + _LINHA_DO_VALOR * max(map(len, caixas)) + _FOLGA
        nome = [(Texto(_MARGEM, _BASE_DO_ROTULO, self.titulo, ROTULO),)] if self.titulo else []
        blocos = [_caixa(campo, x, linhas) for campo, x, linhas in zip(self.campos, xs, caixas, strict=True)]
        return Peca(
            altura,
            (*nome, *blocos),
            _moldura(xs, altura, de=0 if not self.ao_lado else lado),
            (Fundo(0, 0, LADO, altura),) if lado else (),
        )


@dataclass(frozen=True)
class Tabela:
    """Columns of which each item is one line or more."""

    campos: tuple[Campo, ...]

    @cached_property
    def xs(self) -> tuple[int, ...]:
        """Where each column begins."""
        return _lados(self.campos, 0)

    @cached_property
    def cabeca(self) -> Peca:
        """Numbers and labels of the columns."""
        colunas = [ROTULO.dividir(campo.cabeca.replace(" - ", "-", 1), campo.dentro) for campo in self.campos]
        altura = _LINHA_DO_ROTULO * max(map(len, colunas)) + _FOLGA
        blocos = tuple(
            _linhas(x + _MARGEM, _BASE_DO_ROTULO, _LINHA_DO_ROTULO, linhas, ROTULO)
            for x, linhas in zip(self.xs, colunas, strict=True)
        )
        return Peca(altura, blocos, _moldura(self.xs, altura), (Fundo(0, 0, LARGURA, altura),))

    def item(self, *linhas: Mapping[str, str]) -> list[Peca]:
        """An item: its first line, and what else of it stands below. A text that is too long goes on below.

        One piece, unless it is so long that a page may not hold it.
        """
        colunas = [self._coluna(campo, linhas) for campo in self.campos]
        textos = list(zip_longest(*colunas, fillvalue=""))
        partes = [textos[de : de + _LINHAS_JUNTAS] for de in range(0, len(textos), _LINHAS_JUNTAS)]
        return [self._peca(parte) for parte in partes]

    def _coluna(self, campo: Campo, linhas: Sequence[Mapping[str, str]]) -> list[str]:
        if len(linhas) > 1 and campo.chave in linhas[-1]:
            return [linha[campo.chave] for linha in linhas]
        return VALOR.dividir(escrito(linhas[0].get(campo.chave, "")), campo.dentro)

    def _peca(self, linhas: Sequence[Sequence[str]]) -> Peca:
        altura = _LINHA_DO_VALOR * len(linhas)
        bloco = tuple(
            campo.texto(x, _BASE_DO_VALOR + _LINHA_DO_VALOR * indice, texto)
            for indice, textos in enumerate(linhas)
            for campo, x, texto in zip(self.campos, self.xs, textos, strict=True)
            if texto
        )
        return Peca(altura, (bloco,), _moldura(self.xs, altura, leve=True))


def titulo(texto: str) -> Peca:
    """A line that names what follows."""
    cortado = TITULO.cortar(escrito(texto), LARGURA - 2 * _MARGEM)
    bloco = (Texto(_MARGEM, _LINHA_DO_TITULO - 4, cortado, TITULO),)
    return Peca(_LINHA_DO_TITULO, (bloco,), _moldura((), _LINHA_DO_TITULO), (Fundo(0, 0, LARGURA, _LINHA_DO_TITULO),))


def paragrafo(rotulo: str, texto: str) -> list[Peca]:
    """A label and a text over the whole width, a line a piece; nothing when there is no text."""
    if not texto:
        return []
    linhas = VALOR.dividir(escrito(f"{rotulo}: {texto}"), LARGURA - 2 * _MARGEM)
    altura = _LINHA_DO_VALOR + _FOLGA
    return [Peca(altura, ((Texto(_MARGEM, _BASE_DO_VALOR + _FOLGA, linha, VALOR),),)) for linha in linhas]


def espaco() -> Peca:
    """The blank between two groups."""
    return Peca(_ESPACO)


def _caixa(campo: Campo, x: int, linhas: Sequence[str]) -> Bloco:
    valor = (
        campo.texto(x, _LINHA_DO_ROTULO + _BASE_DO_VALOR + _LINHA_DO_VALOR * indice, linha)
        for indice, linha in enumerate(linhas)
        if linha
    )
    return (Texto(x + _MARGEM, _BASE_DO_ROTULO, campo.cabeca, ROTULO), *valor)


def _linhas(x: float, base: float, altura: int, linhas: Sequence[str], fonte: Fonte) -> Bloco:
    return tuple(Texto(x, base + altura * indice, linha, fonte) for indice, linha in enumerate(linhas))


def _lados(campos: Sequence[Campo], de: int) -> tuple[int, ...]:
    return tuple(accumulate((campo.largura for campo in campos[:-1]), initial=de))


@cache
def _moldura(xs: tuple[int, ...], altura: int, *, de: int = 0, leve: bool = False) -> tuple[Risco, ...]:
    """Rules around a row and between its boxes; the one above it begins at `de`."""
    verticais = [Risco(x, 0, x, altura) for x in sorted({0, LARGURA, *xs})]
    return (*verticais, Risco(de, 0, LARGURA, 0, leve), Risco(0, altura, LARGURA, altura, leve))
