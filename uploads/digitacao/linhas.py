"""The lines of a typed guide that charge something, whatever its type: their fields by name, and what they say.

Nothing here knows a guide: a line is where the form has a code of a procedure. The names of the fields are those of the
standard, which calls the same thing by up to three names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from tiss_schemas.fichas import Grade, ficha_de
from tiss_schemas.valores import data_de, decimal_de

CODIGO: Final = "codigoProcedimento"
DESCRICAO: Final = "descricaoProcedimento"
TABELA: Final = "codigoTabela"
DESPESA: Final = "codigoDespesa"
FATOR: Final = "reducaoAcrescimo"
UNITARIO: Final = "valorUnitario"
_DATAS: Final = ("dataExecucao", "dataRealizacao", "dataAtendimento")
_QUANTIDADES: Final = ("quantidadeExecutada", "qtdProc")
_GRAUS: Final = ("grauPart", "grauParticipacao")
_TOTAIS: Final = ("valorProc", "valorProcedimento")
_POSICAO: Final = re.compile(r"\[\d+\]")
QUE_PRECIFICAM: Final = frozenset({CODIGO, TABELA, DESPESA, *_DATAS, *_GRAUS})
"""Fields of which the price depends."""
DE_PRECO: Final = frozenset({UNITARIO, *_TOTAIS})
"""Fields that carry a price."""


@dataclass(frozen=True, slots=True)
class Linha:
    """A line. `nome` is its path with its position, "" where the guide has one and no grid; `campos` the paths of its
    fields, as keys of the guide's values, by the name of the element; `graus` those of the people on it."""

    nome: str
    campos: Mapping[str, str]
    valores: Mapping[str, str]
    graus: tuple[str, ...] = ()

    def texto(self, *nomes: str) -> str:
        """The first of these fields that is filled in; "" where none is."""
        return next((texto for nome in nomes if (texto := self.valores.get(self.campos.get(nome, ""), ""))), "")

    def caminho(self, *nomes: str) -> str | None:
        """The path of the first of these fields that such a line has."""
        return next((self.campos[nome] for nome in nomes if nome in self.campos), None)

    @property
    def dia(self) -> date | None:
        """When it was done."""
        return data_de(self.texto(*_DATAS))

    @property
    def quantidade(self) -> Decimal:
        """How many; one where it says none."""
        return decimal_de(self.texto(*_QUANTIDADES)) or Decimal(1)

    @property
    def grau(self) -> str:
        """The grau de participação of the one person on the line; "" of none or several."""
        return self.graus[0] if len(self.graus) == 1 else ""

    @property
    def do_preco(self) -> str | None:
        """The path of the field that carries the price: of one, or, where the form has no such field, of all."""
        return self.caminho(UNITARIO, *_TOTAIS)

    @property
    def preco_e_de_todos(self) -> bool:
        """Whether the field of the price holds that of the whole line, as in a GTO."""
        return UNITARIO not in self.campos and "qtdProc" in self.campos


def linhas_de(versao: str, tipo: str, valores: Mapping[str, str]) -> list[Linha]:
    """The lines that have a code, in the order of the form."""
    soltos, grades = _formas(versao, tipo)
    linhas = []
    if soltos and valores.get(soltos[CODIGO]):
        linhas.append(Linha("", soltos, valores))
    for grade in grades:
        linhas += [linha for linha in _da_grade(grade, valores) if linha.texto(CODIGO)]
    return linhas


def tocadas(linhas: Iterable[Linha], mudou: Iterable[str]) -> list[Linha]:
    """The lines whose price depends on one of the fields of these paths; of those of a grid, on that line's only."""
    mudados = set(mudou)
    return [linha for linha in linhas if any(_depende(linha, caminho) for caminho in mudados)]


def _depende(linha: Linha, caminho: str) -> bool:
    nome = caminho.rpartition("/")[2]
    if nome not in QUE_PRECIFICAM and not (nome == "qtdProc" and linha.preco_e_de_todos):
        return False
    return caminho.startswith(f"{linha.nome}/") if linha.nome else caminho in linha.campos.values()


def _da_grade(grade: Grade, valores: Mapping[str, str]) -> Iterable[Linha]:
    inicio = f"{grade.caminho}["
    graus: dict[int, list[str]] = {}
    for caminho, texto in valores.items():
        if caminho.startswith(inicio) and (achada := _POSICAO.match(caminho, len(grade.caminho))):
            dela = graus.setdefault(int(achada[0][1:-1]), [])
            if caminho.rpartition("/")[2] in _GRAUS:
                dela.append(texto)
    relativos = {coluna.caminho.rpartition("/")[2]: coluna.caminho for coluna in grade.colunas}
    for posicao in sorted(graus):
        nome = f"{grade.caminho}[{posicao}]"
        campos = {folha: f"{nome}/{relativo}" for folha, relativo in relativos.items()}
        yield Linha(nome, campos, valores, tuple(graus[posicao]))


@lru_cache(maxsize=64)
def _formas(versao: str, tipo: str) -> tuple[dict[str, str], tuple[Grade, ...]]:
    """The fields outside of grids, by name, where the guide's one procedure is among them, and the grids of lines."""
    ficha = ficha_de(versao, tipo)
    soltos = {celula.caminho.rpartition("/")[2]: celula.caminho for celula in ficha.celulas()}
    grades = tuple(
        grade for grade in ficha.grades() if any(coluna.caminho.endswith(CODIGO) for coluna in grade.colunas)
    )
    return (soltos if CODIGO in soltos else {}), grades
