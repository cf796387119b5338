"""What pricing knows: the tables, lists and agreements as they were loaded, as pure values.

Money is in reais and not rounded; percentages are of 100; codes are compared as written first, then without the zeros
on their left.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Generic, NamedTuple, TypeVar

from convenios.precos.palavras import escrever
from convenios.regras import Regras


class Item(NamedTuple):
    """What is priced: a code of a TISS table, of one kind, on the day of the service, by one convênio.

    `natureza` is a value of `naturezas.Natureza`. `grau` is the grau de participação of the one professional whose
    honorários are asked, "" for the procedure as a whole.
    """

    convenio: int
    natureza: str
    tabela: str
    codigo: str
    dia: date
    grau: str = ""


class Fonte(StrEnum):
    """Where a price comes from, or why there is none; the value is how people read it."""

    TABELA = "tabela de preço"
    BRASINDICE = "Brasíndice"
    SIMPRO = "Simpro"
    CUSTO_MEDIO = "custo médio"
    NAO_CONTRATADO = "não contratado"
    """Tables are linked to this kind of item, and nothing has a price for the code."""
    SEM_PRECO = "sem preço"
    """No table is linked to this kind of item, and what else is agreed gives no price."""
    INDEFINIDA = "preço indefinido"
    """The code is contracted, or may be, but what is registered does not give one price."""


class Passo(NamedTuple):
    """One step of the account. `valor` is what it gives, not rounded; None: it only explains.

    The sentence is kept as what it is made of, and written when somebody reads it: most prices are never explained.
    """

    molde: str
    dados: tuple[object, ...] = ()
    valor: Decimal | None = None

    @property
    def texto(self) -> str:
        """The step in Portuguese: "PMC 0,00 → PFB 12,40 × 38 % = 4,712"."""
        return escrever(self.molde, self.dados)


class Resposta(NamedTuple):
    """What an item costs and why. `valor` in reais, rounded to cents; None where there is no price: `fonte` says why.

    `partes` are what adds up to the price, or the reason for its absence, and `antes` where they come from.
    """

    valor: Decimal | None
    fonte: Fonte
    antes: tuple[Passo, ...]
    partes: tuple[Passo, ...]

    @property
    def passos(self) -> tuple[Passo, ...]:
        """Every step of the account, in order; the last is the price or the reason for its absence."""
        if self.valor is None:
            return (*self.antes, *self.partes)
        total = sum((parte.valor or Decimal(0) for parte in self.partes), Decimal(0))
        soma = (Passo("Soma: {:n}", (total,), total),) if len(self.partes) > 1 else ()
        molde = "Valor unitário: {:r}"
        if total != self.valor:
            molde += ", arredondado ao centavo de {:n}"
        return (*self.antes, *self.partes, *soma, Passo(molde, (self.valor, total), self.valor))


class LinhaDePreco(NamedTuple):
    """A row of a price table; see `models.Preco`."""

    inicio: date
    fim: date | None = None
    valor: Decimal | None = None
    porte: str = ""
    fracao: Decimal = Decimal(1)
    custo_operacional: Decimal = Decimal(0)
    filme_m2: Decimal = Decimal(0)
    auxiliares: int | None = None
    porte_anestesico: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabela:
    """A price table; see `models.TabelaDePreco`. `portes` by name."""

    nome: str
    de_portes: bool
    inicio: date
    fim: date | None = None
    uco: Decimal | None = None
    portes: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vinculo:
    """That a table, by id, prices one kind of item; `do_contrato`: agreed with the one prestador."""

    tabela: int
    natureza: str
    inicio: date
    fim: date | None = None
    ordem: int = 1
    do_contrato: bool = False
    percentual: Decimal = Decimal(100)
    banda_porte: Decimal = Decimal(0)
    banda_uco: Decimal = Decimal(0)
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Edicao:
    """An edition of a licensed list, in force from `inicio` until the next one's."""

    id: int
    nome: str
    inicio: date


class ItemDaLista(NamedTuple):
    """A commercial item of an edition; see `models.ItemDeReferencia`."""

    codigo: str
    grupo: str
    pmc: Decimal
    pfb: Decimal
    unidades: Decimal = Decimal(1)
    tiss: str = ""
    tuss: str = ""


class ProdutoConhecido(NamedTuple):
    """A product of the prestador with its average cost; see `models.Produto`."""

    codigo: str
    descricao: str
    grupo: str
    custo_medio: Decimal
    tuss: str = ""
    brasindice: str = ""
    simpro: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acordo:
    """How a convênio prices with the prestador. `vinculos` in any order; `percentuais` of the average cost, by
    group."""

    regras: Regras = field(default_factory=Regras)
    vinculos: tuple[Vinculo, ...] = ()
    percentuais: Mapping[str, Decimal] = field(default_factory=dict)

    @property
    def precifica(self) -> bool:
        """Whether it gives a price to anything."""
        return bool(self.vinculos) or self.precifica_insumos

    @property
    def precifica_insumos(self) -> bool:
        """Whether lists or average costs price materials or medicines."""
        listas = {self.regras.referencia_medicamento, self.regras.referencia_material} - {"nenhuma"}
        return bool(listas) or self.paga_sobre_o_custo

    @property
    def paga_sobre_o_custo(self) -> bool:
        """Whether the average cost of what no list has gives a price."""
        gerais = (self.regras.percentual_material_sem_relacao, self.regras.percentual_medicamento_sem_relacao)
        return bool(self.percentuais) or any(percentual is not None for percentual in gerais)


T = TypeVar("T")


class Estante(Generic[T]):
    """Things found by code: those written exactly so, else those of the one code that differs only in zeros before it.

    Where several codes differ in nothing but zeros, each is found only as it is written.
    """

    __slots__ = ("_exatos", "_por_chave")

    def __init__(self, linhas: Iterable[tuple[Hashable, str, T]] = ()) -> None:
        """`linhas` are (where, code, thing): codes of different `where` (tables, editions) do not meet."""
        self._exatos: dict[tuple[Hashable, str], list[T]] = {}
        self._por_chave: dict[tuple[Hashable, str], list[str]] | None = None
        for onde, codigo, coisa in linhas:
            self._exatos.setdefault((onde, codigo), []).append(coisa)

    def achar(self, onde: Hashable, codigo: str) -> list[T]:
        """What has the code there; empty where nothing has."""
        exatos = self._exatos.get((onde, codigo))
        if exatos is not None:
            return exatos
        parecidos = self._sem_zeros().get((onde, chave_de(codigo)), [])
        return self._exatos[onde, parecidos[0]] if len(parecidos) == 1 else []

    def _sem_zeros(self) -> dict[tuple[Hashable, str], list[str]]:
        """The codes by where they are and how they read without zeros; worked out only where something is missed."""
        if self._por_chave is None:
            self._por_chave = {}
            for onde, codigo in self._exatos:
                self._por_chave.setdefault((onde, chave_de(codigo)), []).append(codigo)
        return self._por_chave


def chave_de(codigo: str) -> str:
    """A code without zeros on its left."""
    return codigo.lstrip("0")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Precos:
    """All that `quanto_custa` asks, loaded at once by `carga.carregar_precos`.

    `edicoes` by list, in any order. Items of lists are found by edition and code; products by code. Without
    `custos_conhecidos` nobody could see what the prestador pays: what depends on it has no price here.
    """

    acordos: Mapping[int, Acordo] = field(default_factory=dict)
    """By convênio."""
    tabelas: Mapping[int, Tabela] = field(default_factory=dict)
    linhas: Estante[LinhaDePreco] = field(default_factory=Estante)
    """By (id of the table, TISS table) and code."""
    edicoes: Mapping[str, tuple[Edicao, ...]] = field(default_factory=dict)
    itens_por_tuss: Estante[ItemDaLista] = field(default_factory=Estante)
    itens_por_codigo: Estante[ItemDaLista] = field(default_factory=Estante)
    itens_por_tiss: Estante[ItemDaLista] = field(default_factory=Estante)
    """Only of items that have no TUSS code."""
    produtos_por_tuss: Estante[ProdutoConhecido] = field(default_factory=Estante)
    produtos_por_codigo: Estante[ProdutoConhecido] = field(default_factory=Estante)
    custos_conhecidos: bool = True
    respostas: dict[Item, Resposta] = field(default_factory=dict)
    """What was answered already: each item is worked out once."""
    em_vigor: dict[tuple[int, str, date], tuple[tuple[Vinculo, Tabela], ...]] = field(default_factory=dict)
    """Which tables are asked, in order, by convênio, kind and day; worked out once too."""
