"""What a kind of file to import has to say of itself: its columns, how a row is read, and how rows are written.

An app registers its layouts in its module or package `layouts`, which is loaded when Django starts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar

from django import forms

from conecta.contas.models import Organizacao
from conecta.contas.papeis import Permissao
from conecta.copia import Mescladas
from conecta.importacao.celulas import ErroDaCelula

Parametros = ParamSpec("Parametros")
Lido = TypeVar("Lido")


@dataclass(frozen=True, slots=True, kw_only=True)
class Coluna:
    """A column of the file. `nome` is how `ler` knows it, `titulo` its heading, `sinonimos` other headings it may have.

    Headings are compared without accents, capitals and punctuation. A cell of an `obrigatoria` column is never empty
    when it reaches `ler`; other columns may be missing from the file, which reads as empty cells.
    """

    nome: str
    titulo: str
    obrigatoria: bool = False
    exemplo: str = ""
    ajuda: str = ""
    sinonimos: tuple[str, ...] = ()


class ErroDaLinha(Exception):
    """A row that cannot be imported. `frase` says why, `coluna` is the name of the column ("": the row as a whole).

    `outros` are further errors of the same row.
    """

    def __init__(self, frase: str, coluna: str = "", outros: Sequence[ErroDaLinha] = ()) -> None:
        super().__init__(frase)
        self.frase = frase
        self.coluna = coluna
        self.outros = tuple(outros)

    @property
    def todos(self) -> tuple[ErroDaLinha, ...]:
        """This error and the others of the row."""
        return (self, *self.outros)


class Celulas:
    """The cells of one row, read one after the other; every bad one is told at the end, not only the first.

    celulas = Celulas(valores)
    linha = (celulas.ler("codigo", texto, maximo=20), celulas.ler("inicio", data))
    celulas.conferir()
    return linha
    """

    def __init__(self, valores: Mapping[str, str]) -> None:
        self._valores = valores
        self._erros: list[ErroDaLinha] = []

    def ler(
        self,
        coluna: str,
        como: Callable[Concatenate[str, Parametros], Lido],
        *args: Parametros.args,
        **opcoes: Parametros.kwargs,
    ) -> Lido | None:
        """The cell read by `como` (see `celulas`), or None for an empty one, and for one that could not be read."""
        valor = self._valores[coluna]
        if not valor:
            return None
        try:
            return como(valor, *args, **opcoes)
        except ErroDaCelula as erro:
            self._erros.append(ErroDaLinha(erro.frase, coluna))
            return None

    def recusar(self, coluna: str, frase: str) -> None:
        """Say something else that is wrong with the row."""
        self._erros.append(ErroDaLinha(frase, coluna))

    def conferir(self) -> None:
        """Raise `ErroDaLinha` for all that was wrong."""
        if self._erros:
            primeiro, *outros = self._erros
            raise ErroDaLinha(primeiro.frase, primeiro.coluna, outros)


@dataclass(frozen=True, slots=True)
class Gravadas:
    """How many rows were new, changed what was there, and were there already."""

    novas: int = 0
    mudadas: int = 0
    iguais: int = 0

    def __add__(self, outras: Gravadas) -> Gravadas:
        return Gravadas(self.novas + outras.novas, self.mudadas + outras.mudadas, self.iguais + outras.iguais)

    @classmethod
    def de(cls, mescladas: Mescladas, linhas: Sequence[Any]) -> Gravadas:
        """What became of `linhas`, all of which were merged: those neither new nor changed were there already."""
        return cls(mescladas.novas, mescladas.mudadas, len(linhas) - mescladas.novas - mescladas.mudadas)


COLUNAS = "colunas_do_arquivo"
"""Key of the options that `gravar` gets: the names of the columns that the file has."""
QUEM = "quem_importa"
"""Key of the options that `gravar` gets: id and name of the person who brought the file."""


def fora_do_arquivo(opcoes: Mapping[str, Any], campos: Mapping[str, str]) -> list[str]:
    """Of `campos` (column of the layout → column of the table), the table's columns that the file says nothing of.

    For `mesclar(so_ao_criar=…)`: a list without a column must not empty what the register has in it.
    """
    presentes = opcoes[COLUNAS]
    return [campo for coluna, campo in campos.items() if coluna not in presentes]


class Layout(ABC):
    """A kind of file. `id` stands in addresses and in the database: letters, digits and hyphens; it never changes.

    `tipo` is the kind of organisation that imports it, `permissao` what a person must be allowed there. `opcoes`: a
    form class, made with `(dados, organizacao_id=…)`, of what is asked once for a whole file; its cleaned values are
    kept as JSON (a row as its id, Decimal and dates as text) and given back to the methods so.
    """

    id: ClassVar[str]
    titulo: ClassVar[str]
    ajuda: ClassVar[str] = ""
    colunas: ClassVar[tuple[Coluna, ...]]
    permissao: ClassVar[Permissao]
    tipo: ClassVar[Organizacao.Tipo] = Organizacao.Tipo.OPERADORA
    opcoes: ClassVar[type[forms.Form] | None] = None

    def preparar(self, organizacao_id: int, opcoes: Mapping[str, Any]) -> Any:
        """What `ler` looks things up in, read once for the whole file."""
        return None

    @abstractmethod
    def ler(self, valores: Mapping[str, str], preparado: Any) -> tuple[Any, ...]:
        """One row of typed values. `valores` has every column, without blanks around. Raises `ErroDaLinha`."""

    @abstractmethod
    def chave(self, linha: tuple[Any, ...]) -> Hashable:
        """What tells rows apart: a second row with the same key in one file is a bad line."""

    @abstractmethod
    def gravar(self, linhas: Sequence[tuple[Any, ...]], organizacao_id: int, opcoes: Mapping[str, Any]) -> Gravadas:
        """Write rows that `ler` gave, in the caller's transaction and scope; the same rows again change nothing.

        `opcoes` has the options of the file, under `COLUNAS` the names of the columns that it has, under `QUEM` who
        brought it.
        Called once for every few thousand rows: works set by set (`conecta.copia.mesclar`), never row by row. Raises
        `ErroDeNegocio` when the whole import cannot be.
        """


_layouts: dict[str, Layout] = {}


def registrar(layout: Layout) -> Layout:
    """Make a layout known; each id once."""
    if _layouts.setdefault(layout.id, layout) is not layout:
        raise ValueError(f"layout registered twice: {layout.id}")
    return layout


def layout_de(id: str) -> Layout:
    """The layout of that id. Raises KeyError for one that nobody registered."""
    return _layouts[id]


def layouts_para(tipo: str, pode: Callable[[str], bool]) -> list[Layout]:
    """The layouts that a member of that kind of organisation may import, by title."""
    meus = (layout for layout in _layouts.values() if layout.tipo == tipo and pode(layout.permissao))
    return sorted(meus, key=lambda layout: layout.titulo)
